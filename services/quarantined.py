"""What waits in the quarantine, with the number of its case: where, why, and nothing of it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from infra.stream import quarantine
from services.projections.case_index import CaseRow

_MOST: Final = 500


class Held(BaseModel):
    """A message that waits for a person: where, why, and the number of its case."""

    id: int
    consumer: str
    event_id: UUID | None
    case_id: UUID | None
    number: str | None
    reason: str
    tries: int
    at: datetime


async def held(session: AsyncSession) -> list[Held]:
    """List what handlers gave up on and what the intake refused, the oldest first."""
    rows = await quarantine.list_open(session, limit=_MOST)
    numbers: dict[UUID, str] = {
        row.case_id: row.number
        for row in await session.execute(
            select(CaseRow.case_id, CaseRow.number).where(
                CaseRow.case_id.in_([row.case_id for row in rows if row.case_id])
            )
        )
    }
    return [
        Held(
            id=row.id,
            consumer=row.consumer,
            event_id=row.event_id,
            case_id=row.case_id,
            number=numbers.get(row.case_id) if row.case_id else None,
            reason=row.reason,
            tries=row.tries,
            at=row.at,
        )
        for row in rows
    ]
