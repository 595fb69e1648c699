"""The cases that ended: so that one can be found again, and opened."""

from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from services.queue.page import COLUMNS, QueueItem, item
from services.queue.wanted import Wanted

_MOST: Final = 200
_ENDED: Final = """
    SELECT {columns} FROM {near} CROSS JOIN LATERAL (
        SELECT * FROM read.case_index WHERE unit = asked.code AND NOT open {wanted}
        ORDER BY received_at DESC LIMIT :limit
    ) AS found
    ORDER BY received_at DESC LIMIT :limit
"""


async def last_ended(session: AsyncSession, wanted: Wanted) -> list[QueueItem]:
    """List ended cases, those that came in last first; at most 200.

    Asks unit by unit, so that one index gives each its newest.
    """
    query = _ENDED.format(columns=COLUMNS, near=wanted.near, wanted=wanted.conjunction)
    statement, values = wanted.statement(query, limit=_MOST)
    return [item(row) for row in await session.execute(statement, values)]
