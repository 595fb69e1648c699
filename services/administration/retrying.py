"""Tries again what the quarantine holds, and writes down who did."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from infra.people import admin_changes
from infra.stream import quarantine
from services.intake.subscriber import resend


async def retry(session: AsyncSession, row_id: int, by: UUID | None) -> bool:
    """Let a message be tried again; False if there is nothing left to try."""
    if not await quarantine.retry(session, row_id, resend=resend):
        return False
    before = {"waiting": True}
    await admin_changes.record(session, by, "quarantine.retried", row_id, before, {})
    return True
