"""Owning, noting, finding causes, promising measures, and looking whether they helped."""

from collections.abc import Iterable
from uuid import UUID

from events import (
    ActingResumed,
    AllMeasuresCompleted,
    AttachmentAdded,
    CaseAssigned,
    CaseHandedOver,
    CauseAdded,
    CauseWithdrawn,
    Event,
    InvestigationConcluded,
    InvestigationStarted,
    MeasureAdded,
    MeasureCompleted,
    MeasureFollowedUp,
    MeasureWithdrawn,
    NoteAdded,
    PersonRecused,
    Phase,
    Role,
)
from workflows.commands import (
    AddAttachment,
    AddCause,
    AddMeasure,
    AddNote,
    Assign,
    CompleteMeasure,
    ConcludeInvestigation,
    FollowUpMeasure,
    HandOver,
    Recuse,
    StartInvestigation,
    WithdrawCause,
    WithdrawMeasure,
)
from workflows.refusals import Incomplete, NotYours, Unknown
from workflows.rules.calendar import local_day
from workflows.state import CaseState, Measure
from workflows.terms.codes import CAUSE_AREAS, MEASURE_KINDS
from workflows.terms.kinds import MISCONDUCT
from workflows.terms.points import TO_INVESTIGATE


def assigned(state: CaseState, command: Assign) -> list[Event]:
    """Give the case an owner; not somebody who stepped aside from it, or is too near."""
    if str(command.owner) in state.recused:
        raise NotYours("Personen är jävig i ärendet.")
    _independent(state, of_unit=command.of_unit)
    return [] if state.owner == command.owner else [CaseAssigned(owner=command.owner)]


def handed_over(state: CaseState, command: HandOver) -> list[Event]:
    """Let the one who asks step aside for good, and name who goes on."""
    if str(command.owner) in state.recused | {command.by}:
        raise Unknown("Lämna över till någon annan än den som är jävig.", field="owner")
    _independent(state, of_unit=command.of_unit)
    return [
        CaseHandedOver(recused=UUID(command.by), owner=command.owner, reason=command.reason)
    ]


def recused(state: CaseState, command: Recuse) -> list[Event]:
    """Shut out somebody who is in the event and did not step aside."""
    if str(command.person) in state.recused:
        return []
    if str(command.person) == command.by:
        raise Unknown("Lämna över ärendet i stället.", field="person")
    return [PersonRecused(recused=command.person, reason=command.reason)]


def _independent(state: CaseState, *, of_unit: bool) -> None:
    """Refuse an investigator of misconduct who works in the unit it is about."""
    if of_unit and state.case_type in MISCONDUCT:
        raise NotYours("Den som utreder lex Sarah ska inte höra till enheten.")


def started(state: CaseState, command: StartInvestigation) -> list[Event]:
    """Begin; whoever begins an unowned case owns it."""
    if not state.owner:
        _independent(state, of_unit=command.of_unit)
    taken = [] if state.owner else [CaseAssigned(owner=UUID(command.by))]
    return [*taken, InvestigationStarted()]


def concluded(state: CaseState, command: ConcludeInvestigation) -> list[Event]:
    """End the investigation; a grave enough one must have found a cause."""
    if not state.causes and any(it.measures for it in state.outcomes):
        raise Incomplete("Ange minst en orsak innan utredningen slutförs.", missing=["cause"])
    facts: list[Event] = [InvestigationConcluded(summary=command.summary)]
    return [*facts, *_all_completed(state.measures.values())]


def noted(state: CaseState, command: AddNote) -> list[Event]:
    """Write a note once; a correction must point at a note of the case."""
    if command.note_id in state.notes:
        return []
    if command.corrects is not None and command.corrects not in state.notes:
        raise Unknown("Anteckningen som ska rättas finns inte.", field="corrects")
    if command.point is not None and state.case_type != "lex_sarah":
        raise Unknown("Bara en lex Sarah-utredning har de nio punkterna.", field="point")
    if command.point is not None and command.point not in TO_INVESTIGATE:
        raise Unknown("Punkten finns inte.", field="point", choices=list(TO_INVESTIGATE))
    return [
        NoteAdded(
            note_id=command.note_id,
            nature=command.nature,
            words=command.words,
            source=command.source,
            author_role=command.role or Role.STAFF,
            author_title=command.author_title,
            point=command.point,
            corrects=command.corrects,
        )
    ]


def attached(state: CaseState, command: AddAttachment) -> list[Event]:
    """Tell of a file once."""
    if command.attachment_id in state.attachments:
        return []
    return [AttachmentAdded(attachment_id=command.attachment_id)]


def cause_added(state: CaseState, command: AddCause) -> list[Event]:
    """Add a cause once, in an area on the list; one taken back does not return by itself."""
    if command.cause_id in state.causes | state.withdrawn_causes:
        return []
    if command.area not in CAUSE_AREAS:
        raise Unknown(
            "Orsaksområdet finns inte på listan.", field="area", choices=list(CAUSE_AREAS)
        )
    return [CauseAdded(cause_id=command.cause_id, area=command.area, words=command.words)]


def cause_withdrawn(state: CaseState, command: WithdrawCause) -> list[Event]:
    """Take a cause back; not the last one of a measure that stays because it was judged."""
    if command.cause_id in state.withdrawn_causes:
        return []
    if command.cause_id not in state.causes:
        raise Unknown("Orsaken finns inte i ärendet.", field="cause_id")
    judged = [set(it.causes) for it in state.measures.values() if it.effect is not None]
    if any(causes & state.causes == {command.cause_id} for causes in judged):
        raise Unknown("Orsaken har en uppföljd åtgärd och ligger kvar.", field="cause_id")
    return [CauseWithdrawn(cause_id=command.cause_id, reason=command.reason)]


def measure_added(state: CaseState, command: AddMeasure) -> list[Event]:
    """Promise something against causes of the case, with days that lie in order."""
    if command.measure_id in state.measures.keys() | state.withdrawn_measures:
        return []
    if str(command.owner) in state.recused:
        raise NotYours("Personen är jävig i ärendet.")
    if command.kind not in MEASURE_KINDS:
        raise Unknown(
            "Åtgärdstypen finns inte på listan.", field="kind", choices=list(MEASURE_KINDS)
        )
    if not command.causes or not set(command.causes) <= state.causes:
        raise Unknown("Koppla åtgärden till minst en orsak i ärendet.", field="causes")
    if command.due_on < local_day(command.at):
        raise Unknown("Åtgärden kan inte vara klar en dag som har varit.", field="due_on")
    if command.follow_up_on < command.due_on:
        raise Unknown(
            "Uppföljningsdagen kan inte ligga före dagen då åtgärden ska vara klar.",
            field="follow_up_on",
        )
    added = MeasureAdded(
        measure_id=command.measure_id,
        causes=command.causes,
        kind=command.kind,
        words=command.words,
        expected_effect=command.expected_effect,
        owner=command.owner,
        due_on=command.due_on,
        follow_up_on=command.follow_up_on,
    )
    return [added, *([ActingResumed()] if state.phase is Phase.FOLLOWING_UP else [])]


def measure_completed(state: CaseState, command: CompleteMeasure) -> list[Event]:
    """Record a promise kept; saying it twice is harmless."""
    measure = _measure(state, command.measure_id)
    if measure.completed:
        return []
    last = state.open_measures == {command.measure_id}
    done: list[Event] = [MeasureCompleted(measure_id=command.measure_id)]
    return [*done, AllMeasuresCompleted()] if last and state.phase is Phase.ACTING else done


def measure_withdrawn(state: CaseState, command: WithdrawMeasure) -> list[Event]:
    """Take a promise back; one already judged stays."""
    if command.measure_id in state.withdrawn_measures:
        return []
    if _measure(state, command.measure_id).effect is not None:
        raise Unknown("Åtgärden är redan uppföljd och ligger kvar.", field="measure_id")
    withdrawn = MeasureWithdrawn(measure_id=command.measure_id, reason=command.reason)
    rest = [it for key, it in state.measures.items() if key != command.measure_id]
    return [withdrawn, *(_all_completed(rest) if state.phase is Phase.ACTING else [])]


def measure_followed_up(state: CaseState, command: FollowUpMeasure) -> list[Event]:
    """Record whether a kept promise helped; an operations manager's own look is a joint one."""
    measure = _measure(state, command.measure_id)
    if not measure.completed:
        raise Incomplete("Åtgärden är inte genomförd än.", missing=["complete-measure"])
    if not set(measure.causes) & state.causes:
        raise Unknown("Åtgärden har ingen orsak kvar. Ta tillbaka den.", field="measure_id")
    joint = command.together_with
    if command.role is Role.OPERATIONS_MANAGER:
        joint = Role.OPERATIONS_MANAGER
    return [
        MeasureFollowedUp(
            measure_id=command.measure_id,
            effect=command.effect,
            words=command.words,
            together_with=joint,
        )
    ]


def _measure(state: CaseState, measure_id: UUID) -> Measure:
    measure = state.measures.get(measure_id)
    if measure is None:
        raise Unknown("Åtgärden finns inte i ärendet.", field="measure_id")
    return measure


def _all_completed(measures: Iterable[Measure]) -> list[Event]:
    kept = list(measures)
    return [AllMeasuresCompleted()] if kept and all(it.completed for it in kept) else []
