"""Reads new reports and puts a suggestion beside them, with the places it built on."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from events import Envelope, ReportReceived, opened
from infra import clock
from infra.stream.handler import Handler
from infra.vault import words as vault
from services.execute import Given, execute_many
from workflows.classify import MODEL, Suggestion, suggest
from workflows.commands import SuggestClassification

BY: Final = "system:classify"


async def classify(session: AsyncSession, envelopes: Sequence[Envelope]) -> None:
    """Suggest for each report; an erased one gets no suggestion, which is also an answer."""
    reports = [(it, fact) for it in envelopes if isinstance(fact := opened(it), ReportReceived)]
    words = await vault.read_many(session, [(it.case_id, fact.story) for it, fact in reports])
    await execute_many(
        session,
        [
            Given(
                it.case_id,
                _command(suggest(words.get(fact.story) or "", fact.hint)),
                it.trace,
            )
            for it, fact in reports
        ],
    )


def _command(suggestion: Suggestion) -> SuggestClassification:
    return SuggestClassification(
        at=clock.now(),
        by=BY,
        model=MODEL,
        category=suggestion.category,
        subtype=suggestion.subtype,
        suggested_route=suggestion.route,
        confidence=suggestion.confidence,
        evidence=suggestion.evidence,
        immediate_danger=suggestion.immediate_danger,
        possible_lex_sarah=suggestion.possible_lex_sarah,
    )


HANDLER: Final = Handler(
    "classify", ("case.report_received", "case.lex_sarah_reported"), 100, classify
)
