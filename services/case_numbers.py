"""Finds a case by the number that people say and write."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.projections.case_index import CaseRow


async def case_of_number(session: AsyncSession, number: str) -> UUID | None:
    """Return the case with a number, whatever its capitals and spaces; None for none."""
    clean = "".join(number.split()).upper()
    found: UUID | None = await session.scalar(
        select(CaseRow.case_id).where(CaseRow.number == clean).limit(1)
    )
    return found
