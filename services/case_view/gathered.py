"""Gathers the parts of a view from a case's state and facts, and the opened words."""

from collections.abc import Sequence

import events as e
from events import Envelope
from services.case_view.parts import (
    CauseView,
    ComplaintView,
    IvoView,
    LexSarahView,
    MeasureView,
    MessageView,
    NoteView,
    PassedView,
    RunningClock,
    Said,
)
from workflows import CaseState
from workflows.terms.codes import CAUSE_AREAS, MEASURE_KINDS
from workflows.terms.labels import COMPLAINT_KINDS, DEADLINES, OUTCOMES, ROUTES
from workflows.terms.points import DECISION, POINTS

Told = Sequence[tuple[Envelope, e.Event, Said]]
"""Every fact of a case with its envelope and its opened words, in order."""


def causes(state: CaseState, told: Told) -> list[CauseView]:
    """List the causes that stand, in the order they were found."""
    return [
        CauseView(
            cause_id=fact.cause_id,
            area=fact.area,
            area_says=CAUSE_AREAS.get(fact.area, fact.area),
            text=said.get("words"),
        )
        for _, fact, said in told
        if isinstance(fact, e.CauseAdded) and fact.cause_id in state.causes
    ]


def measures(state: CaseState, told: Told, names: dict[str, str]) -> list[MeasureView]:
    """List the promises that stand; `names` are of account ids."""
    outcomes = {
        fact.measure_id: said.get("words")
        for _, fact, said in told
        if isinstance(fact, e.MeasureFollowedUp)
    }
    return [
        MeasureView(
            measure_id=fact.measure_id,
            causes=list(fact.causes),
            kind=fact.kind,
            kind_says=MEASURE_KINDS.get(fact.kind, fact.kind),
            text=said.get("words"),
            expected_effect=said.get("expected_effect"),
            owner=fact.owner,
            owner_name=names.get(str(fact.owner)),
            due_on=fact.due_on,
            follow_up_on=fact.follow_up_on,
            completed=state.measures[fact.measure_id].completed,
            effect=state.measures[fact.measure_id].effect,
            outcome=outcomes.get(fact.measure_id),
        )
        for _, fact, said in told
        if isinstance(fact, e.MeasureAdded) and fact.measure_id in state.measures
    ]


def clocks(state: CaseState, told: Told) -> list[RunningClock]:
    """List the clocks that run, the next one due first; a pause tells its own reason."""
    facts = [fact for _, fact, _ in told]
    begun = {(it.code, it.about): it for it in facts if isinstance(it, e.DeadlineSet)}
    why = {
        (it.code, it.about): it.explains
        for it in facts
        if isinstance(it, e.DeadlineSet | e.DeadlinePaused)
    }
    return [
        RunningClock(
            code=key[0],
            says=DEADLINES.get(key[0], key[0]),
            about=key[1],
            due_at=clock.due_at,
            overdue=clock.missed,
            rule=begun[key].rule,
            legal_word=begun[key].legal_word,
            statutory=begun[key].statutory,
            responsible=begun[key].responsible,
            basis=begun[key].basis,
            source=begun[key].source,
            confidence=begun[key].confidence,
            explains=why[key],
        )
        for key, clock in sorted(state.clocks.items(), key=lambda it: it[1].due_at)
    ]


def notes(told: Told, names: dict[str, str]) -> list[NoteView]:
    """List the notes in the order they were written; `names` are of account ids."""
    return [
        NoteView(
            note_id=fact.note_id,
            at=envelope.at,
            author_name=names.get(envelope.by),
            author_title=said.get("author_title"),
            nature=fact.nature,
            point=fact.point,
            source=said.get("source"),
            text=said.get("words"),
            corrects=fact.corrects,
        )
        for envelope, fact, said in told
        if isinstance(fact, e.NoteAdded)
    ]


def messages(told: Told) -> list[MessageView]:
    """List what was written to and by the one who complained."""
    return [
        MessageView(
            message_id=fact.message_id,
            at=envelope.at,
            from_us=isinstance(fact, e.MessageSent),
            way=fact.way,
            text=said.get("words"),
        )
        for envelope, fact, said in told
        if isinstance(fact, e.MessageSent | e.MessageReceived)
    ]


def passed_on(state: CaseState) -> list[PassedView]:
    """List who else was told."""
    return [
        PassedView(route_id=key, route=it.route, says=ROUTES[it.route], awaited=it.awaited)
        for key, it in state.passed_on.items()
    ]


def complaint(state: CaseState, first: Said) -> ComplaintView | None:
    """Return what only a complaint has."""
    if state.case_type != "complaint":
        return None
    its = state.complaint
    return ComplaintView(
        kind=its.kind,
        kind_says=COMPLAINT_KINDS[its.kind] if its.kind else None,
        relation=its.relation,
        answer_way=its.answer_way,
        complainant=first.get("complainant"),
        contact=first.get("contact"),
        wish=first.get("wish"),
    )


def lex_sarah(state: CaseState, told: Told) -> LexSarahView | None:
    """Return what only a lex Sarah case has."""
    if state.case_type != "lex_sarah":
        return None
    its = state.lex_sarah
    done = its.points | ({DECISION} if its.position else set())
    return LexSarahView(
        protected=its.protected,
        points={code: code in done for code in POINTS},
        position=its.position,
        decision=its.decision,
        decision_says=OUTCOMES[its.decision] if its.decision else None,
        finding=its.decision.finding if its.decision else None,
        serious=its.decision.serious if its.decision else None,
        questions={
            fact.question: fact.yes
            for _, fact, _ in told
            if isinstance(fact, e.QuestionAnswered)
        },
        measures_verified=its.verified,
        board_told=sorted(its.board_told),
        ivo_required=its.ivo_required,
        ivo_notified=its.ivo_notified,
        ivo_supplied=its.ivo_supplied,
        ivo_decided=its.ivo_decided,
    )


def ivo(state: CaseState) -> IvoView | None:
    """Return what only a notification to IVO has."""
    if state.case_type != "ivo_notification":
        return None
    its = state.ivo
    return IvoView(
        version_number=its.version_number,
        missing=list(its.missing),
        with_investigation=its.with_investigation,
        approvals=len(its.approvers),
        submitted_at=its.submitted_at,
        ivo_number=its.ivo_number,
        supplied=its.supplied,
        requests=sorted(its.requests),
    )
