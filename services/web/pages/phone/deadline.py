"""When the manager has read a report at the latest, as the receipt says it."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from infra import clock
from infra.db import transaction
from services.projections.case_index import CaseRow
from workflows.rules.calendar import local_day


async def read_by(case_id: UUID) -> date | None:
    """Return the day of the first clock that runs; None where none does, or it has passed."""
    async with transaction() as session:
        query = select(CaseRow.due_at).where(CaseRow.case_id == case_id, CaseRow.open)
        due_at = await session.scalar(query)
    return local_day(due_at) if due_at and clock.now() < due_at else None
