"""Reads new reports and puts a suggestion beside them, with the places it built on."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from events import (
    Alternative,
    Envelope,
    PossibleDuplicate,
    ReportReceived,
    Route,
    Source,
    opened,
)
from infra import clock, marks
from infra.stream.handler import Handler
from infra.vault import words as vault
from services.classifier import duplicates
from services.classifier.active import active
from services.classifier.duplicates import Told
from services.execute import Given, execute_many
from services.intake import units
from workflows.classify import Circumstances, Guess, Suggestion, read_by, suggest
from workflows.commands import SuggestClassification
from workflows.terms.kinds import LEX_SARAH, OUTSIDE

BY: Final = "system:classify"
_ALTERNATIVES: Final = 3


async def classify(session: AsyncSession, envelopes: Sequence[Envelope]) -> None:
    """Suggest for each report; an erased one gets no suggestion, which is also an answer."""
    reports = [(it, fact) for it in envelopes if isinstance(fact := opened(it), ReportReceived)]
    words = await vault.read_many(
        session,
        [
            (it.case_id, item)
            for it, fact in reports
            for item in (fact.story, fact.about)
            if item is not None
        ],
    )
    model = await active(session)
    places = await units.every(session)
    stories = {it.case_id: read_by(model, words.get(fact.story) or "") for it, fact in reports}
    made = await duplicates.marked(
        model,
        [
            Told(
                case_id=it.case_id,
                at=fact.occurred_at or fact.received_at,
                unit=fact.unit,
                reported_by_unit=fact.reported_by_unit,
                about=(words.get(fact.about) if fact.about else None) or "",
                story=stories[it.case_id],
            )
            for it, fact in reports
            if words.get(fact.story) and fact.source is not Source.IMPORT
        ],
    )
    # Before any of them looks for others. Who reported misconduct is known to few: such a
    # report finds others and is found by none.
    secret = {it.case_id for it, fact in reports if fact.case_type in LEX_SARAH}
    await marks.keep(session, [it for it in made if it.case_id not in secret])
    found = await duplicates.possible(session, made)
    given = []
    for it, fact in reports:
        unit = places.get(fact.unit)
        known = Circumstances(fact.hint, fact.harm, unit.kind if unit else None)
        if not words.get(fact.story):
            known = Circumstances()
        said = suggest(model, stories[it.case_id], known)
        command = _command(fact, said, found.get(it.case_id, ()))
        given.append(Given(it.case_id, command, it.trace))
    await execute_many(session, given)


def _command(
    fact: ReportReceived, said: Suggestion, others: tuple[PossibleDuplicate, ...]
) -> SuggestClassification:
    kind = said.kind if fact.case_type in OUTSIDE else None
    return SuggestClassification(
        at=clock.now(),
        by=BY,
        model=said.model,
        category=said.category,
        subtype=_code(said.subtype),
        suggested_route=Route(said.route.code) if said.route else None,
        confidence=said.confidence,
        evidence=said.evidence,
        immediate_danger=said.immediate_danger,
        possible_lex_sarah=said.possible_lex_sarah,
        kind=_code(kind),
        alternatives=tuple(
            Alternative(label=it.code, confidence=it.confidence)
            for it in said.ranked[:_ALTERNATIVES]
        ),
        subtype_confidence=_sure(said.subtype),
        route_confidence=_sure(said.route),
        kind_confidence=_sure(kind),
        lex_sarah_confidence=said.lex_sarah,
        possible_duplicates=others,
    )


def _code(guess: Guess | None) -> str | None:
    return guess.code if guess else None


def _sure(guess: Guess | None) -> float:
    return guess.confidence if guess else 0.0


HANDLER: Final = Handler(
    "classify", ("case.report_received", "case.lex_sarah_reported"), 100, classify
)
"""Only suggests: a person says what it is."""
