"""The alarm that nobody could be reached: which cases, and since when. Never what they say."""

from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_ALARMED: Final = "open AND 'nobody_reached' = ANY(flags)"
_MOST: Final = 500

# Since the case last got somebody who answers for it: an older alarm is over.
_CASES: Final = text(f"""
    SELECT c.case_id, c.number, c.unit, f.at AS since, f.notice, f.role
    FROM read.case_index AS c CROSS JOIN LATERAL (
        SELECT e.at, e.body->>'notice' AS notice, e.body->>'to' AS role FROM event AS e
        WHERE e.case_id = c.case_id AND e.type = 'case.notice_undeliverable'
        AND e.body->>'to' <> 'staff' AND e.sequence > (
            SELECT COALESCE(max(a.sequence), 0) FROM event AS a
            WHERE a.case_id = c.case_id AND a.type = 'case.assigned')
        ORDER BY e.sequence LIMIT 1
    ) AS f
    WHERE {_ALARMED} ORDER BY f.at LIMIT {_MOST}
""")  # noqa: S608 - names of our own
_COUNT: Final = text(f"SELECT count(*) FROM read.case_index WHERE {_ALARMED}")  # noqa: S608


class Unreached(BaseModel):
    """A case that nobody knows of: who was to be told what, and since when nobody could be."""

    case_id: UUID
    number: str
    unit: str
    since: datetime
    notice: str
    role: str


async def unreached(session: AsyncSession) -> list[Unreached]:
    """List open cases where nobody could be reached, the oldest alarm first."""
    rows = (await session.execute(_CASES)).mappings()
    return [Unreached.model_validate(dict(row)) for row in rows]


async def count(session: AsyncSession) -> int:
    """Count open cases where nobody could be reached."""
    return int(await session.scalar(_COUNT) or 0)
