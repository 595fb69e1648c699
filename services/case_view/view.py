"""Builds the view of a case from its facts, the vault and the names of those who acted."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

import events as e
from events import Envelope, opened
from infra import store
from infra.people import access_log
from infra.people.access_log import Reading
from infra.people.accounts import display_names
from infra.people.identity import Actor
from infra.people.units import unit_of
from infra.vault import words as vault
from services.case_view.sentences import sentence
from services.give import Forbidden, role_in
from workflows import CASE_TYPES, CaseState, UnknownCase, fold
from workflows.access import COMMANDS
from workflows.rules.gates import missing
from workflows.rules.urgency import flags
from workflows.terms.labels import PHASES

_SUGGESTED = e.ClassificationSuggested
Said = dict[str, str | None]


class Moment(BaseModel):
    """One fact: when, who, what in a sentence, its fields, and what was written."""

    sequence: int
    at: datetime
    by: str
    by_name: str | None
    type: str
    says: str
    fact: dict[str, Any]
    words: Said


class RunningClock(BaseModel):
    """A deadline that runs: `explains` says in a sentence how it came about."""

    code: str
    about: UUID | None
    due_at: datetime
    overdue: bool
    legal_word: str | None
    basis: str
    source: str
    confidence: str
    explains: str


class MeasureView(BaseModel):
    """A promise and how far it has come."""

    measure_id: UUID
    causes: list[UUID]
    owner: UUID
    due_on: date
    follow_up_on: date
    completed: bool
    effect: bool | None


class GateView(BaseModel):
    """Something that remains before the case may close."""

    code: str
    says: str


class CaseView(BaseModel):
    """The whole case. `sequence` is what `If-Match` takes; `commands` what may be given now."""

    case_id: UUID
    number: str
    kind: str
    unit: str
    reported_by_unit: str | None
    phase: str
    phase_says: str
    received_at: datetime | None
    occurred_at: datetime | None
    harm: str
    text: str | None
    about: str | None
    reporter: UUID | None
    reporter_name: str | None
    on_call_phone: str | None
    owner: UUID | None
    owner_name: str | None
    category: str | None
    subtype: str | None
    suggestion: _SUGGESTED | None
    consequence: int | None
    likelihood: int | None
    value: int | None
    outcomes: list[e.Outcome]
    sas_position: bool | None
    flags: list[str]
    measures: list[MeasureView]
    deadlines: list[RunningClock]
    gates: list[GateView]
    commands: list[str]
    links: list[UUID]
    twin_of: UUID | None
    sequence: int
    timeline: list[Moment]


async def case_view(session: AsyncSession, case_id: UUID, actor: Actor, trace: str) -> CaseView:
    """Return a case to somebody who may read it, and write down that they did.

    Raises `UnknownCase` or `Forbidden`.
    """
    history = (await store.load(session, [case_id])).get(case_id)
    if not history:
        raise UnknownCase
    facts = [opened(envelope) for envelope in history]
    state = fold(facts)
    role_in(actor, "read-case", state)
    await access_log.record(
        session, Reading(actor.account_id, "case.read", trace, case_id, state.unit)
    )
    refs = {n: _refs(fact) for n, fact in enumerate(facts)}
    words = await vault.read(
        session, case_id, [ref for it in refs.values() for ref in it.values()]
    )
    names = await display_names(session, _people(history, state))
    said = [{name: words.get(ref) for name, ref in refs[n].items()} for n in range(len(facts))]
    first = said[0]
    unit = await unit_of(session, state.unit)
    return CaseView(
        case_id=case_id,
        number=state.number,
        kind=state.case_type,
        unit=state.unit,
        reported_by_unit=state.reported_by_unit,
        phase=state.phase,
        phase_says=PHASES[state.phase],
        received_at=state.received_at,
        occurred_at=state.occurred_at,
        harm=state.harm,
        text=first.get("story"),
        about=first.get("about"),
        reporter=state.reporter,
        reporter_name=names.get(state.reporter) if state.reporter else None,
        on_call_phone=unit.on_call_phone if unit else None,
        owner=state.owner,
        owner_name=names.get(state.owner) if state.owner else None,
        category=state.category,
        subtype=state.subtype,
        suggestion=state.suggestion,
        consequence=state.consequence,
        likelihood=state.likelihood,
        value=state.value,
        outcomes=list(state.outcomes),
        sas_position=state.sas_position,
        flags=flags(state),
        measures=_measures(state),
        deadlines=_clocks(state, facts),
        gates=[GateView(code=it.code, says=it.says) for it in missing(state)],
        commands=_commands(actor, state),
        links=sorted(state.links),
        twin_of=state.twin_of,
        sequence=state.sequence,
        timeline=_timeline(history, facts, said, names),
    )


def _refs(fact: e.Event) -> dict[str, UUID]:
    refs = {name: getattr(fact, name) for name in fact.vault_fields()}
    return {name: ref for name, ref in refs.items() if ref is not None}


def _people(history: Sequence[Envelope], state: CaseState) -> set[UUID]:
    acted = {UUID(it.by) for it in history if not it.by.startswith("system:")}
    return acted | {it for it in (state.reporter, state.owner) if it}


def _measures(state: CaseState) -> list[MeasureView]:
    return [
        MeasureView(
            measure_id=key,
            causes=list(it.causes),
            owner=it.owner,
            due_on=it.due_on,
            follow_up_on=it.follow_up_on,
            completed=it.completed,
            effect=it.effect,
        )
        for key, it in state.measures.items()
    ]


def _clocks(state: CaseState, facts: Sequence[e.Event]) -> list[RunningClock]:
    told = {(it.code, it.about): it for it in facts if isinstance(it, e.DeadlineSet)}
    return [
        RunningClock(
            code=key[0],
            about=key[1],
            due_at=clock.due_at,
            overdue=clock.missed,
            legal_word=told[key].legal_word,
            basis=told[key].basis,
            source=told[key].source,
            confidence=told[key].confidence,
            explains=told[key].explains,
        )
        for key, clock in sorted(state.clocks.items(), key=lambda it: it[1].due_at)
    ]


def _commands(actor: Actor, state: CaseState) -> list[str]:
    flow = CASE_TYPES[state.case_type].flow[state.phase]
    possible = []
    for name, command in COMMANDS.items():
        if command not in flow:
            continue
        try:
            role_in(actor, name, state)
        except Forbidden:
            continue
        possible.append(name)
    return possible


def _timeline(
    history: Sequence[Envelope],
    facts: Sequence[e.Event],
    said: Sequence[Said],
    names: dict[UUID, str],
) -> list[Moment]:
    return [
        Moment(
            sequence=envelope.sequence,
            at=envelope.at,
            by=envelope.by,
            by_name=None if envelope.by.startswith("system:") else names.get(UUID(envelope.by)),
            type=envelope.type,
            says=sentence(fact),
            fact=fact.model_dump(mode="json", exclude=set(fact.vault_fields())),
            words=words,
        )
        for envelope, fact, words in zip(history, facts, said, strict=True)
    ]
