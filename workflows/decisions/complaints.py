"""What only a complaint is asked: to be acknowledged, and to be called what it is."""

from events import AnswerWay, ComplaintAcknowledged, ComplaintKindSet, Event
from workflows.commands import Acknowledge, SetComplaintKind
from workflows.refusals import Unknown
from workflows.state import CaseState


def acknowledged(state: CaseState, command: Acknowledge) -> list[Event]:
    """Tell the sender that it has come; under the code only where there is one."""
    if command.way is AnswerWay.CODE and not state.has_code:
        raise Unknown("Den som hört av sig har ingen kod att läsa under.", field="way")
    return [ComplaintAcknowledged(words=command.words, way=command.way)]


def kind_set(state: CaseState, command: SetComplaintKind) -> list[Event]:
    """Say what it is; saying it again changes nothing."""
    return [] if state.complaint.kind is command.kind else [ComplaintKindSet(kind=command.kind)]
