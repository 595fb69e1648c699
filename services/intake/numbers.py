"""The numbers that cases are called by: letters of their kind, year, running number."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from infra import driver
from infra.tables import CASE_NUMBERS
from workflows import CASE_TYPES
from workflows.rules.calendar import local_day

_NEXT: Final = "SELECT nextval($1::regclass) FROM generate_series(1, $2)"


async def numbers(session: AsyncSession, kind: str, at: datetime, count: int = 1) -> list[str]:
    """Take the next numbers of a kind of case; a number taken and not used stays unused."""
    rows = await driver.fetch(session, _NEXT, CASE_NUMBERS[kind].name, count)
    start = f"{CASE_TYPES[kind].prefix}-{local_day(at).year}"
    return [f"{start}-{row[0]:05d}" for row in rows]
