"""How each fact changes a case: told by its events and by nothing else."""

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from uuid import UUID

import events as e
from events import Event
from workflows.applied import APPLY
from workflows.state import CaseState, Clock, Complaint, Measure


def fold(history: Iterable[Event], state: CaseState | None = None) -> CaseState:
    """Play a history from the beginning, or onward from `state`."""
    return reduce(evolve, history, state or CaseState())


def evolve(state: CaseState, event: Event) -> CaseState:
    """Return the case once `event` has happened. Never refuses, never looks outside."""
    state = replace(state, sequence=state.sequence + 1, phase=event.enters or state.phase)
    match event:
        case e.DeadlineSet() | e.DeadlineMet() | e.DeadlineLapsed():
            return _clocks(state, event)
        case e.DeadlineReminded() | e.DeadlineMissed() | e.LadderClimbed():
            return _clock(state, event)
        case e.DeadlinePaused():
            return _clock(state, event)
        case e.MeasureAdded() | e.MeasureCompleted():
            return _measures(state, event)
        case e.MeasureFollowedUp() | e.MeasureWithdrawn():
            return _measures(state, event)
        case _:
            return _case(state, event)


def _case(state: CaseState, event: Event) -> CaseState:  # noqa: C901, PLR0912 - one arm a fact
    match event:
        case e.ReportReceived():
            return _received(state, event)
        case e.ReportCorrected():
            return replace(
                state,
                unit=event.unit or state.unit,
                occurred_at=event.occurred_at or state.occurred_at,
                harm=event.harm or state.harm,
                urgent=state.urgent or event.harm is e.Harm.SERIOUS,
                law=event.law or state.law,
                owner_type=event.owner_type or state.owner_type,
            )
        case e.HistoryImported():
            return _imported(state, event)
        case e.ClassificationSuggested():
            return replace(state, suggestion=event)
        case e.ClassificationConfirmed():
            return replace(state, category=event.category, subtype=event.subtype)
        case e.SeverityAssessed():
            return _assessed(state, event)
        case e.CaseEscalated():
            return replace(state, escalated=state.escalated | {event.rule})
        case e.SasPositionTaken():
            return replace(state, sas_position=event.lex_sarah)
        case e.CaseAssigned():
            return _led(replace(state, owner=event.owner, unreached=False))
        case e.CaseHandedOver():
            recused = state.recused | {str(event.recused)}
            state = _not_approved_by(state, event.recused)
            return _led(replace(state, owner=event.owner, recused=recused))
        case e.InvestigationStarted():
            return _led(state)
        case e.PersonRecused():
            owner = None if state.owner == event.recused else state.owner
            state = _not_approved_by(state, event.recused)
            return replace(state, owner=owner, recused=state.recused | {str(event.recused)})
        case e.InvestigationConcluded():
            return replace(state, investigated=True)
        case e.NoteAdded():
            return _noted(state, event)
        case e.AttachmentAdded():
            return replace(state, attachments=state.attachments | {event.attachment_id})
        case e.CauseAdded():
            return replace(state, causes=state.causes | {event.cause_id})
        case e.CauseWithdrawn():
            return replace(
                state,
                causes=state.causes - {event.cause_id},
                withdrawn_causes=state.withdrawn_causes | {event.cause_id},
            )
        case e.ReporterAnswered():
            return replace(state, reporter_told=True)
        case e.ComplainantAnswered():
            return replace(state, complainant_told=True)
        case e.AnswerWaived(whose="reporter"):
            return replace(state, reporter_told=True)
        case e.AnswerWaived():
            return replace(state, complainant_told=True)
        case e.NotificationReopened():
            return replace(state, ivo=replace(state.ivo, decided=False))
        case e.CaseReopened():
            return _reopened(state)
        case e.NoticeUndeliverable():
            return replace(state, unreached=state.unreached or event.to is not e.Role.STAFF)
        case e.WordsErased():
            return replace(state, erased=True)
        case e.CaseLinked():
            return replace(state, links=state.links | {event.other})
        case _:
            apply = APPLY.get(type(event))
            return apply(state, event) if apply else state


def _not_approved_by(state: CaseState, partial: UUID) -> CaseState:
    """Let the approval of somebody partial count for nothing: another must approve instead."""
    if partial not in state.ivo.approvers:
        return state
    undone = state.phase is e.Phase.APPROVED
    return replace(
        state,
        phase=e.Phase.DRAFTED if undone else state.phase,
        ivo=replace(state.ivo, approvers=state.ivo.approvers - {partial}),
    )


def _noted(state: CaseState, event: e.NoteAdded) -> CaseState:
    lex = state.lex_sarah
    if event.point is not None:
        lex = replace(lex, points=lex.points | {event.point})
    return replace(state, notes=state.notes | {event.note_id}, lex_sarah=lex)


def _led(state: CaseState) -> CaseState:
    """Remember who leads an investigation of misconduct: that one never decides in it."""
    if state.phase is not e.Phase.INVESTIGATING or state.owner is None:
        return state
    who = state.lex_sarah.investigators | {state.owner}
    return replace(state, lex_sarah=replace(state.lex_sarah, investigators=who))


def _reopened(state: CaseState) -> CaseState:
    """Owe a new answer, a new investigation, and what rests on one."""
    state = _led(state)
    return replace(
        state,
        reporter_told=False,
        complainant_told=False,
        investigated=False,
        escalated=frozenset(),
        lex_sarah=replace(state.lex_sarah, position=None, decision=None, verified=False),
    )


def _assessed(state: CaseState, event: e.SeverityAssessed) -> CaseState:
    asking = frozenset(it.rule for it in event.outcomes if it.sas_position)
    graver = event.value > (state.value or 0) or event.consequence > (state.consequence or 0)
    if asking and graver and state.assessed and state.sas_position is False:
        # SAS's no was about something less grave: SAS is told and asked again.
        state = replace(
            state,
            sas_position=None,
            escalated=state.escalated - asking,
            spent=state.spent - {("sas_position", None)},
        )
    return replace(
        state,
        consequence=event.consequence,
        likelihood=event.likelihood,
        tracks=event.tracks,
        outcomes=event.outcomes,
        sas_required=state.sas_required or bool(asking),
    )


def _received(state: CaseState, event: e.ReportReceived) -> CaseState:
    return replace(
        state,
        case_type=event.case_type,
        report_id=event.report_id,
        number=event.number,
        unit=event.unit,
        reported_by_unit=event.reported_by_unit,
        received_at=event.received_at,
        occurred_at=event.occurred_at,
        harm=event.harm,
        hint=event.hint,
        urgent=event.urgent,
        reporter=event.reporter,
        has_complainant=event.complainant is not None,
        twin_of=event.twin_of,
        came_from=event.came_from,
        recused=frozenset(map(str, event.recused)),
        law=event.law,
        owner_type=event.owner_type,
        complaint=Complaint(relation=event.relation, answer_way=event.answer_way),
        links=frozenset({event.came_from} if event.came_from else ()),
    )


def _imported(state: CaseState, event: e.HistoryImported) -> CaseState:
    lex = state.lex_sarah
    if state.case_type == "lex_sarah" and event.outcome in tuple(e.LexSarahOutcome):
        lex = replace(lex, decision=e.LexSarahOutcome(event.outcome))
    if event.ivo_notified:
        # What another system had notified, it had supplied too.
        lex = replace(lex, ivo_notified=True, ivo_supplied=True)
    return replace(
        state,
        phase=e.Phase.CLOSED if event.closed_at else state.phase,
        imported=True,
        lex_sarah=lex,
        # Its answer was the other system's to give, until somebody opens the case again here.
        reporter_told=True,
        category=event.category,
        consequence=event.consequence,
        likelihood=event.likelihood,
    )


def _measures(state: CaseState, event: Event) -> CaseState:
    measures = dict(state.measures)
    withdrawn = state.withdrawn_measures
    match event:
        case e.MeasureAdded():
            state = replace(state, lex_sarah=replace(state.lex_sarah, verified=False))
            measures[event.measure_id] = Measure(
                causes=event.causes,
                owner=event.owner,
                due_on=event.due_on,
                follow_up_on=event.follow_up_on,
            )
        case e.MeasureCompleted():
            measures[event.measure_id] = replace(measures[event.measure_id], completed=True)
        case e.MeasureFollowedUp():
            measures[event.measure_id] = replace(
                measures[event.measure_id],
                effect=event.effect,
                together_with=event.together_with,
            )
        case e.MeasureWithdrawn():
            del measures[event.measure_id]
            withdrawn |= {event.measure_id}
        case _:
            pass
    return replace(state, measures=measures, withdrawn_measures=withdrawn)


def _clocks(
    state: CaseState, event: e.DeadlineSet | e.DeadlineMet | e.DeadlineLapsed
) -> CaseState:
    key = (event.code, event.about)
    clocks = {name: clock for name, clock in state.clocks.items() if name != key}
    if isinstance(event, e.DeadlineSet):
        clocks[key] = Clock(event.due_at, event.remind_at)
    return replace(state, clocks=clocks, spent=state.spent | {key})


def _clock(
    state: CaseState,
    event: e.DeadlineReminded | e.DeadlineMissed | e.LadderClimbed | e.DeadlinePaused,
) -> CaseState:
    key = (event.code, event.about)
    clock = state.clocks[key]
    match event:
        case e.DeadlineReminded():
            clock = replace(clock, reminded=True)
        case e.DeadlineMissed():
            clock = replace(clock, missed=True)
        case e.LadderClimbed():
            clock = replace(clock, rung=event.rung)
        case e.DeadlinePaused():
            clock = replace(
                clock,
                due_at=event.due_at,
                remind_at=event.remind_at,
                paused_until=event.until,
            )
    return replace(state, clocks={**state.clocks, key: clock})
