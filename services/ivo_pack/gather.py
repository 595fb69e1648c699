"""Gathers from a lex Sarah case, and what was filled in, all that the documents say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

import events as e
from events import Envelope, opened
from infra import store
from infra.people.accounts import display_names, title_of
from infra.people.units import unit_of
from infra.vault import words as vault
from services.documents import (
    Cause,
    Citation,
    Contact,
    Content,
    Decision,
    Event,
    Measure,
    NotePoint,
    Numbers,
    Operation,
    Person,
    Position,
    Protection,
    Questions,
    Sender,
)
from services.ivo_pack.details import PackDetails, SenderDetails
from workflows import CaseState, fold
from workflows.law import law_on
from workflows.rules.calendar import ZONE, local_day


@dataclass(frozen=True, slots=True)
class Told:
    """A lex Sarah case with its words opened and the people who worked with it named.

    The reporter is among nobody here: `names` has authors only.
    """

    case_id: UUID
    state: CaseState
    facts: Sequence[tuple[Envelope, e.Event]]
    words: Mapping[UUID, str | None]
    names: Mapping[str, str]
    titles: Mapping[str, str]

    def of(self, *kinds: type[e.Event]) -> list[tuple[Envelope, e.Event]]:
        """List the facts of these kinds."""
        return [(envelope, fact) for envelope, fact in self.facts if isinstance(fact, kinds)]

    def said(self, ref: UUID | None) -> str:
        """Return what was written under a key; empty where there is nothing."""
        return (self.words.get(ref) if ref else None) or ""

    def person(self, account: str, title: UUID | None = None) -> Person:
        """Return an author with the title of then, or else of today."""
        return Person(
            self.names.get(account, ""), self.said(title) or self.titles.get(account, "")
        )


async def told_of(session: AsyncSession, case_id: UUID) -> Told:
    """Open a lex Sarah case for its documents."""
    history = (await store.load(session, [case_id]))[case_id]
    facts = [(envelope, opened(envelope)) for envelope in history]
    refs = [
        ref
        for _, fact in facts
        if not isinstance(fact, e.ReportReceived)
        for name in fact.vault_fields()
        if (ref := getattr(fact, name)) is not None
    ]
    authors = {envelope.by for envelope, fact in facts if isinstance(fact, _AUTHORED)}
    owners = {str(fact.owner) for _, fact in facts if isinstance(fact, e.MeasureAdded)}
    ids = [UUID(it) for it in authors | owners if not it.startswith("system:")]
    return Told(
        case_id=case_id,
        state=fold(fact for _, fact in facts),
        facts=facts,
        words=await vault.read(session, case_id, refs),
        names={str(key): name for key, name in (await display_names(session, ids)).items()},
        titles={str(it): await title_of(session, it) for it in ids},
    )


_AUTHORED = (e.NoteAdded, e.PositionTaken, e.LexSarahDecided)


async def content_of(
    session: AsyncSession,
    told: Told,
    details: PackDetails,
    numbers: Numbers,
    version: int,
    at: datetime,
) -> Content:
    """Put together what the documents say of a case; `at` is when they are made."""
    state = told.state
    unit = await unit_of(session, state.unit)
    notes = tuple(_notes(told))
    place = details.operation
    position, decision = _position(told), _decision(told)
    outcome = state.lex_sarah.decision or state.lex_sarah.position
    return Content(
        made=local_day(at),
        version=version,
        numbers=numbers,
        case=Numbers(ours=state.number, registry=state.registry_number),
        sender=_sender(
            details.sender or SenderDetails(), state, unit.provider if unit else None
        ),
        operation=Operation(
            name=unit.name if unit else state.unit,
            address=place.address if place else None,
            municipality=place.municipality if place else None,
            kind=place.kind if place else None,
            law=state.law,
            owner=state.owner_type,
        ),
        event=Event(
            began=_local(details.began or state.occurred_at),
            ended=_local(details.ended),
            description=details.description or _point(notes, "event_and_consequences"),
            consequences=details.consequences or _point(notes, "event_and_consequences"),
        ),
        questions=_questions(told),
        ground=outcome if outcome and outcome.serious else details.ground,
        reported=local_day(state.received_at) if state.received_at else None,
        started=_day(told.of(e.InvestigationStarted)),
        concluded=_day(told.of(e.PositionTaken)) if state.lex_sarah.position else None,
        notes=notes,
        causes=tuple(_causes(told)),
        measures=tuple(_measures(told)),
        protections=tuple(
            Protection(text=told.said(fact.protection), at=_local(envelope.at))
            for envelope, fact in told.facts
            if isinstance(fact, e.LexSarahReceived)
        ),
        position=position,
        decision=decision,
        signer=_signer(details, decision),
        citations=tuple(_citations(state, at)),
    )


def _sender(given: SenderDetails, state: CaseState, provider: str | None) -> Sender:
    its = given.contact
    return Sender(
        owner=state.owner_type,
        name=given.name or (provider if state.private else None),
        municipality=given.municipality,
        org_number=given.org_number,
        address=given.address,
        postal_code=given.postal_code,
        town=given.town,
        contact=Contact(name=its.name, title=its.title, phone=its.phone, email=its.email),
    )


def _notes(told: Told) -> Iterable[NotePoint]:
    """List the notes of the nine points; one that was corrected is told by its correction."""
    replaced = {fact.corrects for _, fact in told.facts if isinstance(fact, e.NoteAdded)}
    for envelope, fact in told.facts:
        if not isinstance(fact, e.NoteAdded) or fact.point is None:
            continue
        if fact.note_id in replaced:
            continue
        yield NotePoint(
            point=fact.point,
            at=envelope.at.astimezone(ZONE),
            source=told.said(fact.source),
            nature=fact.nature,
            text=told.said(fact.words),
            author=told.person(envelope.by, fact.author_title),
        )


def _point(notes: Sequence[NotePoint], point: str) -> str | None:
    said = [note.text for note in notes if note.point == point]
    return "\n\n".join(said) or None


def _causes(told: Told) -> Iterable[Cause]:
    for _, fact in told.facts:
        if isinstance(fact, e.CauseAdded) and fact.cause_id in told.state.causes:
            yield Cause(key=str(fact.cause_id), text=told.said(fact.words), area=fact.area)


def _measures(told: Told) -> Iterable[Measure]:
    done = {
        fact.measure_id: local_day(envelope.at)
        for envelope, fact in told.facts
        if isinstance(fact, e.MeasureCompleted)
    }
    effects = {
        fact.measure_id: told.said(fact.words)
        for _, fact in told.facts
        if isinstance(fact, e.MeasureFollowedUp)
    }
    for _, fact in told.facts:
        if isinstance(fact, e.MeasureAdded) and fact.measure_id in told.state.measures:
            yield Measure(
                text=told.said(fact.words),
                causes=tuple(str(it) for it in fact.causes if it in told.state.causes),
                owner_title=told.titles.get(str(fact.owner)) or None,
                due=fact.due_on,
                done=done.get(fact.measure_id),
                effect=effects.get(fact.measure_id),
            )


def _questions(told: Told) -> Questions:
    answers = {
        fact.question: fact for _, fact in told.facts if isinstance(fact, e.QuestionAnswered)
    }

    def yes(question: e.Question) -> bool | None:
        return answers[question].yes if question in answers else None

    informed = answers.get(e.Question.INDIVIDUAL_INFORMED)
    return Questions(
        individual_informed=yes(e.Question.INDIVIDUAL_INFORMED),
        individual_informed_why=told.said(informed.reason) if informed else None,
        representative_informed=yes(e.Question.REPRESENTATIVE_INFORMED),
        in_personal_file=yes(e.Question.NOTED_IN_FILE),
        police_report=yes(e.Question.POLICE_REPORT),
    )


def _position(told: Told) -> Position | None:
    if told.state.lex_sarah.position is None:
        return None
    envelope, fact = told.of(e.PositionTaken)[-1]
    assert isinstance(fact, e.PositionTaken)  # noqa: S101 - asked for just now
    return Position(
        outcome=fact.outcome,
        reasons=told.said(fact.reason),
        by=told.person(envelope.by, fact.author_title),
        at=envelope.at.astimezone(ZONE),
    )


def _decision(told: Told) -> Decision | None:
    if told.state.lex_sarah.decision is None or not told.of(e.LexSarahDecided):
        return None
    envelope, fact = told.of(e.LexSarahDecided)[-1]
    assert isinstance(fact, e.LexSarahDecided)  # noqa: S101 - asked for just now
    return Decision(
        outcome=fact.outcome,
        reasons=told.said(fact.reason),
        by=told.person(envelope.by, fact.author_title),
        at=envelope.at.astimezone(ZONE),
        delegation=told.said(fact.delegation) or None,
        notify_ivo=told.state.lex_sarah.ivo_required or fact.outcome.serious,
    )


def _signer(details: PackDetails, decision: Decision | None) -> Person | None:
    if details.signer_name:
        return Person(details.signer_name, details.signer_title or "")
    return decision.by if decision else None


def _citations(state: CaseState, at: datetime) -> Iterable[Citation]:
    for rule in ("R05", "R06"):
        row = law_on(rule, local_day(at), state.law, state.owner_type)
        word = f" ({row.word})" if row.word else ""
        yield Citation(f"{row.basis}{word}: {row.asks}.", verified=not row.confidence.warning)


def _day(facts: Sequence[tuple[Envelope, e.Event]]) -> date | None:
    return local_day(facts[-1][0].at) if facts else None


def _local(at: datetime | None) -> datetime | None:
    try:
        return at.astimezone(ZONE) if at else None
    except OverflowError:  # a phone without a clock said year 1: to be filled in by hand
        return None
