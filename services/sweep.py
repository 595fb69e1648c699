"""Facts that were sent yet never handled are sent again: the stream may forget, we do not."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

import structlog
from nats.js import JetStreamContext
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from infra.clock import now
from infra.db import transaction
from infra.stream.handler import Handler
from infra.stream.lag import settled

log = structlog.get_logger()

OLD: Final = timedelta(minutes=5)
"""Older than the stream's duplicate window, or the repeat would be taken for a duplicate."""
WINDOW: Final = 5000
"""Facts looked at per handler and sweep."""

# A handler that is new in an old installation has what the stream still holds, not all years.
_START = text("""
    INSERT INTO swept (consumer, position)
    SELECT c, CASE WHEN EXISTS (SELECT 1 FROM swept)
                   THEN COALESCE((SELECT max(position) FROM event), 0) ELSE 0 END
    FROM unnest(CAST(:consumers AS text[])) AS c
    ON CONFLICT DO NOTHING
""")

# Looks no further than the first fact that is unsent, too young or lost: positions are given
# before commits, so a younger transaction may still fill a gap behind us.
_SWEEP = text("""
    WITH seen AS (
        SELECT e.position,
               e.sent_at IS NULL OR e.sent_at >= :before AS open,
               (CAST(:types AS text[]) IS NULL OR e.type = ANY(CAST(:types AS text[])))
               AND NOT EXISTS (SELECT 1 FROM inbox i
                               WHERE i.consumer = :consumer AND i.event_id = e.event_id)
               AND NOT EXISTS (SELECT 1 FROM quarantine q
                               WHERE q.consumer = :consumer AND q.event_id = e.event_id
                               AND q.resolved_at IS NULL) AS missing
        FROM event e
        WHERE e.position > (SELECT position FROM swept WHERE consumer = :consumer)
        ORDER BY e.position LIMIT :window
    ), again AS (
        UPDATE event SET sent_at = NULL FROM seen
        WHERE event.position = seen.position AND seen.missing AND NOT seen.open
        RETURNING event.position
    ), advanced AS (
        UPDATE swept SET position = reached.position
        FROM (SELECT COALESCE(min(position) FILTER (WHERE open OR missing) - 1,
                              max(position)) AS position FROM seen) AS reached
        WHERE consumer = :consumer AND reached.position > swept.position
        RETURNING swept.position
    )
    SELECT count(*) FROM again
""")


async def sweep(jetstream: JetStreamContext, handlers: Iterable[Handler]) -> int:
    """Send again what some handler has lost, and return how many facts that was.

    A fact counts as lost when the handler's consumer has nothing of its age left to answer,
    and there is neither a claim in the inbox nor an open row in quarantine.
    """
    followed = list(handlers)
    async with transaction() as session:
        await session.execute(_START, {"consumers": [handler.name for handler in followed]})
    total = 0
    for handler in followed:
        before = min(now() - OLD, await settled(jetstream, handler.name))
        async with transaction() as session:
            lost = await sweep_one(session, handler, before)
        if lost:
            log.warning("sweep.sent_again", handler=handler.name, facts=lost)
        total += lost
    return total


async def sweep_one(session: AsyncSession, handler: Handler, before: datetime) -> int:
    """Look through one handler's next window of facts that were sent before a moment.

    Its row in `swept` must exist.
    """
    found = await session.scalar(
        _SWEEP,
        {
            "consumer": handler.name,
            "types": list(handler.event_types) if handler.event_types is not None else None,
            "before": before,
            "window": WINDOW,
        },
    )
    return found or 0
