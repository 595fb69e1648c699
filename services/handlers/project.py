"""Keeps the statistics up to date."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from events import CATALOGUE, Envelope
from infra import store
from infra.stream.handler import Handler
from services.projections import statistics


async def project(session: AsyncSession, envelopes: Sequence[Envelope]) -> None:
    """Write the statistics of every case that these facts are about."""
    # Locked: of two workers the one who read less must not write last.
    cases = {envelope.case_id for envelope in envelopes}
    histories = await store.load(session, cases, to_write=True)
    await statistics.write(session, histories.values())


HANDLER: Final = Handler(
    "project",
    (
        "case.report_corrected",
        "case.passed_on",
        "case.ivo_progressed",
        "case.complaint_kind_set",
        "case.complainant_answered",
        "case.history_imported",
        "case.classification_confirmed",
        "case.severity_assessed",
        "case.reporter_answered",
        # Statistics tell the phase: whatever enters one is followed.
        *(name for name, fact in CATALOGUE.items() if fact.enters is not None),
    ),
    200,
    project,
)
