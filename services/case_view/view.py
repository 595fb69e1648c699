"""Builds the view of a case from its facts, the vault and the names of those who acted."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

import events as e
from events import Envelope, Role, opened
from infra import store
from infra.people import access_log
from infra.people.access_log import Reading
from infra.people.accounts import display_names
from infra.people.identity import Actor
from infra.people.units import unit_of
from infra.vault import words as vault
from services.case_view import gathered
from services.case_view.gathered import Told
from services.case_view.parts import (
    CauseView,
    ComplaintView,
    GateView,
    IvoView,
    LexSarahView,
    MeasureView,
    MessageView,
    Moment,
    NoteView,
    PassedView,
    RunningClock,
    Said,
)
from services.case_view.sentences import sentence
from services.give import Forbidden, role_in
from services.may_read import may_read
from workflows import CASE_TYPES, CaseState, UnknownCase, fold
from workflows.access import COMMANDS
from workflows.rules.gates import missing
from workflows.rules.secrecy import hides_actor, hides_reporter
from workflows.rules.urgency import flags
from workflows.terms.labels import PHASES

_SUGGESTED = e.ClassificationSuggested
_NOT_TOLD = frozenset({"possible_duplicates"})
"""Told in `suggestion`, of what the reader may know; never in the timeline."""


class CaseView(BaseModel):
    """The whole case. `sequence` is what `If-Match` takes; `commands` what may be given now."""

    case_id: UUID
    number: str
    registry_number: str | None
    kind: str
    kind_says: str
    law: str
    owner_type: str
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
    came_from: UUID | None
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
    notes: list[NoteView]
    messages: list[MessageView]
    passed_on: list[PassedView]
    complaint: ComplaintView | None
    lex_sarah: LexSarahView | None
    ivo: IvoView | None
    causes: list[CauseView]
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
    role = role_in(actor, "read-case", state)
    await access_log.record(
        session, Reading(actor.account_id, "case.read", trace, case_id, state.unit)
    )
    refs = {n: _refs(fact) for n, fact in enumerate(facts)}
    words = await vault.read(
        session, case_id, [ref for it in refs.values() for ref in it.values()]
    )
    known = await display_names(session, _people(history, state))
    names = {str(key): name for key, name in known.items()}
    said = [{name: words.get(ref) for name, ref in refs[n].items()} for n in range(len(facts))]
    told = list(zip(history, facts, said, strict=True))
    first = said[0]
    reporter = None if hides_reporter(state, role) else state.reporter
    unit = await unit_of(session, state.unit)
    return CaseView(
        case_id=case_id,
        number=state.number,
        registry_number=state.registry_number,
        kind=state.case_type,
        kind_says=CASE_TYPES[state.case_type].label,
        law=state.law,
        owner_type=state.owner_type,
        unit=state.unit,
        reported_by_unit=state.reported_by_unit,
        phase=state.phase,
        phase_says=PHASES[state.phase],
        received_at=state.received_at,
        occurred_at=state.occurred_at,
        harm=state.harm,
        text=first.get("story"),
        about=first.get("about"),
        reporter=reporter,
        reporter_name=names.get(str(reporter)),
        came_from=state.came_from,
        on_call_phone=unit.on_call_phone if unit else None,
        owner=state.owner,
        owner_name=names.get(str(state.owner)),
        category=state.category,
        subtype=state.subtype,
        suggestion=await _readable(session, actor, state.suggestion),
        consequence=state.consequence,
        likelihood=state.likelihood,
        value=state.value,
        outcomes=list(state.outcomes),
        sas_position=state.sas_position,
        flags=flags(state),
        notes=gathered.notes(told, names),
        messages=gathered.messages(told),
        passed_on=gathered.passed_on(state),
        complaint=gathered.complaint(state, first),
        lex_sarah=gathered.lex_sarah(state, told),
        ivo=gathered.ivo(state),
        causes=gathered.causes(state, told),
        measures=gathered.measures(state, told, names),
        deadlines=gathered.clocks(state, told),
        gates=[GateView(code=it.code, says=it.says) for it in missing(state)],
        commands=_commands(actor, state),
        links=sorted(state.links),
        twin_of=state.twin_of,
        sequence=state.sequence,
        timeline=_timeline(told, state, role, names),
    )


async def _readable(
    session: AsyncSession, actor: Actor, said: _SUGGESTED | None
) -> _SUGGESTED | None:
    """Leave out the possible doubles that the reader may not know of."""
    if said is None or not said.possible_duplicates:
        return said
    doubles = said.possible_duplicates
    allowed = await may_read(session, actor, [it.case_id for it in doubles])
    kept = tuple(it for it in doubles if it.case_id in allowed)
    return said.model_copy(update={"possible_duplicates": kept})


def _refs(fact: e.Event) -> dict[str, UUID]:
    refs = {name: getattr(fact, name) for name in fact.vault_fields()}
    return {name: ref for name, ref in refs.items() if ref is not None}


def _people(history: Sequence[Envelope], state: CaseState) -> set[UUID]:
    acted = {UUID(it.by) for it in history if not it.by.startswith("system:")}
    promised = {it.owner for it in state.measures.values()}
    return acted | promised | {it for it in (state.reporter, state.owner) if it}


def _commands(actor: Actor, state: CaseState) -> list[str]:
    flow = CASE_TYPES[state.case_type].flow[state.phase]
    possible = []
    for name, command in COMMANDS.items():
        if command not in flow:
            continue
        # Who answers for a measure may say that it is done, whatever else they may.
        about = [None, *state.measures] if name == "complete-measure" else [None]
        if any(_may(actor, name, state, it) for it in about):
            possible.append(name)
    return possible


def _may(actor: Actor, action: str, state: CaseState, measure: UUID | None) -> bool:
    try:
        role_in(actor, action, state, measure)
    except Forbidden:
        return False
    return True


def _timeline(told: Told, state: CaseState, role: Role, names: dict[str, str]) -> list[Moment]:
    hidden = str(state.reporter) if hides_reporter(state, role) else None
    reported_at = told[0][0].at

    def unnamed(envelope: Envelope, fact: e.Event) -> bool:
        # What the reporter did as reporter; another act in the case tells nothing of that.
        reporting = envelope.at == reported_at or isinstance(fact, e.AttachmentAdded)
        return hides_actor(fact, role) or (envelope.by == hidden and reporting)

    def kept(fact: e.Event) -> set[str]:
        # Who acted and who reported may be two: SAS opens a case that somebody else told of.
        return {"reporter"} if hidden or hides_actor(fact, role) else set()

    return [
        _moment(envelope, fact, said, None if unnamed(envelope, fact) else names, kept(fact))
        for envelope, fact, said in told
    ]


def _moment(
    envelope: Envelope,
    fact: e.Event,
    said: Said,
    names: dict[str, str] | None,
    apart: set[str],
) -> Moment:
    """Tell a fact but the fields `apart`; without names who it was is not shown."""
    return Moment(
        sequence=envelope.sequence,
        at=envelope.at,
        by=envelope.by if names is not None else None,
        by_name=names.get(envelope.by) if names is not None else None,
        type=envelope.type,
        says=sentence(fact),
        fact=fact.model_dump(mode="json", exclude=apart | _NOT_TOLD | set(fact.vault_fields())),
        words=said,
    )
