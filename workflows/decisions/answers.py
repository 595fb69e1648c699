"""Telling back those who told us."""

from typing import Final

from events import (
    AnswerWaived,
    AnswerWay,
    ComplainantAnswered,
    ComplaintAcknowledged,
    ComplaintAnswered,
    ComplaintKindSet,
    Event,
    MessageReceived,
    MessageSent,
    Phase,
    Relation,
    ReporterAnswered,
)
from workflows.commands import (
    Acknowledge,
    AnswerComplainant,
    AnswerReporter,
    ReceiveMessage,
    RecordMessage,
    SendMessage,
    SetComplaintKind,
    WaiveAnswer,
)
from workflows.refusals import Incomplete, Unknown
from workflows.state import CaseState
from workflows.terms.codes import ANSWER_SECRECY, ANSWER_WAYS, WAIVER_GROUNDS

_WHOSE: Final = ("reporter", "complainant")
_UNANSWERED: Final = frozenset({Phase.RECEIVED, Phase.ACKNOWLEDGED, Phase.INVESTIGATING})


def reporter_answered(state: CaseState, command: AnswerReporter) -> list[Event]:
    """Answer a reporter we can reach; otherwise the reason why not is recorded."""
    if not state.answer_owed:
        raise Unknown("Rapporten är anonym. Skriv i stället varför det inte går att svara.")
    return [ReporterAnswered(words=command.words)]


def complainant_answered(state: CaseState, command: AnswerComplainant) -> list[Event]:
    """Record what the one who complained was told, after the check of secrecy."""
    if not _complains(state):
        raise Unknown("Rapporten har ingen som klagat.")
    if command.way not in ANSWER_WAYS:
        raise Unknown("Sättet finns inte på listan.", field="way", choices=list(ANSWER_WAYS))
    if command.secrecy is not None and command.secrecy not in ANSWER_SECRECY:
        raise Unknown(
            "Svaret på sekretessfrågan finns inte på listan.",
            field="secrecy",
            choices=list(ANSWER_SECRECY),
        )
    if state.complaint.relation not in (None, Relation.INDIVIDUAL) and not command.secrecy:
        raise Incomplete(
            "Får vi svara om den enskilde? Ange samtycke, ombud, eller bara ett allmänt svar.",
            missing=["secrecy"],
        )
    fact = ComplainantAnswered(words=command.words, way=command.way, secrecy=command.secrecy)
    return [fact, *_answered(state)]


def waived(state: CaseState, command: WaiveAnswer) -> list[Event]:
    """Record why there is no answer; `anonymous` is no ground where we can reach them."""
    if command.whose not in _WHOSE:
        raise Unknown("Ange vem som inte får svar.", field="whose", choices=list(_WHOSE))
    if command.whose == "complainant" and not _complains(state):
        raise Unknown("Rapporten har ingen som klagat.", field="whose")
    if command.ground not in WAIVER_GROUNDS:
        raise Unknown(
            "Skälet finns inte på listan.", field="ground", choices=list(WAIVER_GROUNDS)
        )
    way = state.complaint.answer_way
    reachable = way not in (None, AnswerWay.NONE)
    if command.whose == "reporter":
        reachable = state.answer_owed
    if command.ground == "anonymous" and reachable:
        raise Unknown("Personen går att nå och ska få svar.", field="ground")
    fact = AnswerWaived(whose=command.whose, ground=command.ground, reason=command.reason)
    return [fact, *(_answered(state) if command.whose == "complainant" else [])]


def acknowledged(state: CaseState, command: Acknowledge) -> list[Event]:
    """Tell the sender that it has come; under the code only where there is one."""
    _can_be_read(state, command.way)
    return [ComplaintAcknowledged(words=command.words, way=command.way)]


def kind_set(state: CaseState, command: SetComplaintKind) -> list[Event]:
    """Say what it is; saying it again changes nothing."""
    return [] if state.complaint.kind is command.kind else [ComplaintKindSet(kind=command.kind)]


def sent(state: CaseState, command: SendMessage) -> list[Event]:
    """Write to somebody, once; under the code only where there is one."""
    if command.message_id in state.complaint.messages:
        return []
    if command.way is AnswerWay.NONE:
        raise Unknown("Ange hur meddelandet gick fram.", field="way")
    _can_be_read(state, command.way)
    return [MessageSent(message_id=command.message_id, words=command.words, way=command.way)]


def received(state: CaseState, command: ReceiveMessage | RecordMessage) -> list[Event]:
    """Take in what somebody wrote or said, once."""
    if command.message_id in state.complaint.messages:
        return []
    way = AnswerWay.CODE if isinstance(command, ReceiveMessage) else command.way
    return [MessageReceived(message_id=command.message_id, words=command.words, way=way)]


def _can_be_read(state: CaseState, way: AnswerWay) -> None:
    if way is AnswerWay.CODE and not state.has_code:
        raise Unknown("Den som hört av sig har ingen kod att läsa under.", field="way")


def _complains(state: CaseState) -> bool:
    return state.has_complainant or state.case_type == "complaint"


def _answered(state: CaseState) -> list[Event]:
    """Say that a complaint is answered, where it was open and not answered before."""
    moves = state.case_type == "complaint" and state.phase in _UNANSWERED
    return [ComplaintAnswered()] if moves else []
