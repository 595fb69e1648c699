"""Keeps the statistics up to date."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from events import Envelope
from infra import store
from infra.handler import Handler
from services.projections import statistics


async def project(session: AsyncSession, envelopes: Sequence[Envelope]) -> None:
    """Write the statistics of every case that these facts are about."""
    histories = await store.load(session, {envelope.case_id for envelope in envelopes})
    await statistics.write(session, histories.values())


HANDLER: Final = Handler(
    "project",
    (
        "case.report_received",
        "case.report_corrected",
        "case.history_imported",
        "case.classification_confirmed",
        "case.severity_assessed",
        "case.triaged",
        "case.reporter_answered",
        "case.closed",
        "case.reopened",
        "case.rerouted",
        "case.merged",
    ),
    200,
    project,
)
