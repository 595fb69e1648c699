"""When a case is done, asked of the database: what others could see at that moment.

Done means, all of it committed: the case lies open in its unit's queue with the classifier's
answer (a category, a route, or the flag that there is neither), and escalate has in its inbox
both facts it must judge, the report and the suggestion; what it then writes is committed with
that row. The moment is when a look first found it so: at most one pause (`PAUSE`) and one query
late, never early. The looks cost PostgreSQL some CPU, which counts as the product's. `calm`
looks less often, for when nothing but the last moment matters.
"""

import asyncio
from time import perf_counter
from typing import Any, Final
from uuid import UUID

import asyncpg

PAUSE: Final = 0.01
CALM_PAUSE: Final = 0.03
_AT_ONCE: Final = 50
_PATIENCE: Final = 180.0

# The innermost is a scalar, so that no plan can turn it into a join over a whole table: the
# database is minutes old, and its planner guesses.
_DONE: Final = """
    SELECT c.case_id FROM read.case_index c
    WHERE c.case_id = ANY($1::uuid[]) AND c.open
      AND (c.suggested_category IS NOT NULL OR c.suggested_route IS NOT NULL
           OR 'unclassified' = ANY(c.flags))
      AND (SELECT count(*) FROM event e
           WHERE e.case_id = c.case_id
             AND e.type IN ('case.report_received', 'case.classification_suggested')
             AND (SELECT true FROM inbox i
                  WHERE i.consumer = 'escalate' AND i.event_id = e.event_id)) = 2
"""


class Watch:
    """Looks at the cases that are not done yet, the oldest first."""

    def __init__(self, database: Any) -> None:
        self._database = database
        self._waiting: dict[UUID, float] = {}
        self.waits: list[float] = []
        self.last = 0.0

    @classmethod
    async def open(cls, database_url: str) -> "Watch":
        """Connect, for looks by index only."""
        address = database_url.replace("+asyncpg", "")
        return cls(await asyncpg.connect(address, server_settings={"enable_seqscan": "off"}))

    def add(self, case_id: UUID, accepted: float) -> None:
        """Wait for a case that was accepted at this moment."""
        self._waiting[case_id] = accepted

    async def until_done(self, filing: asyncio.Event, *, calm: bool) -> None:
        """Look until filing has ended and every case is done."""
        end = perf_counter() + _PATIENCE
        while self._waiting or not filing.is_set():
            if perf_counter() > end:
                raise TimeoutError(f"{len(self._waiting)} cases were never done")
            if not await self._look():
                await asyncio.sleep(CALM_PAUSE if calm else PAUSE)

    async def _look(self) -> bool:
        asked = list(self._waiting)[:_AT_ONCE]
        if not asked:
            return False
        found = await self._database.fetch(_DONE, asked)
        now = perf_counter()
        for row in found:
            self.waits.append(max(0.0, now - self._waiting.pop(UUID(bytes=row[0].bytes))))
            self.last = now
        return len(found) == len(asked)

    async def close(self) -> None:
        """Hang up."""
        await self._database.close()
