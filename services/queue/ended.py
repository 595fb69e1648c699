"""The cases that ended: so that one can be found again, and opened."""

from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from services.queue.page import COLUMNS, QueueItem, item
from services.queue.wanted import Wanted

_MOST: Final = 200
_ONE_UNIT_AT_A_TIME: Final = """
    SELECT {columns} FROM unnest(:units) AS asked (code) CROSS JOIN LATERAL (
        SELECT * FROM read.case_index WHERE unit = asked.code AND NOT open {wanted}
        ORDER BY received_at DESC LIMIT :limit
    ) AS found
    ORDER BY received_at DESC LIMIT :limit
"""
_EVERY_UNIT: Final = """
    SELECT {columns} FROM read.case_index WHERE NOT open {wanted}
    ORDER BY received_at DESC LIMIT :limit
"""


async def last_ended(session: AsyncSession, wanted: Wanted) -> list[QueueItem]:
    """List ended cases, those that came in last first; at most 200."""
    query = _EVERY_UNIT if wanted.units is None else _ONE_UNIT_AT_A_TIME
    statement, values = wanted.statement(
        query.format(columns=COLUMNS, wanted=wanted.conjunction), limit=_MOST
    )
    return [item(row) for row in await session.execute(statement, values)]
