"""What a consumer has already acted on: the reason why twice delivered is once done."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from infra import driver

# Sorted, so that two workers that claim the same events wait for each other instead of
# locking each other out. Whoever waits sees the other's claim, or takes over if it rolls back.
_CLAIM = """
    INSERT INTO inbox (consumer, event_id)
    SELECT $1, e FROM unnest($2::uuid[]) AS e ORDER BY e
    ON CONFLICT DO NOTHING RETURNING event_id
"""
_FORGET = text("DELETE FROM inbox WHERE consumer = :consumer AND event_id = :event")


async def claim(session: AsyncSession, consumer: str, events: Iterable[UUID]) -> set[UUID]:
    """Return those of the events that this consumer has not acted on, and note that it has now.

    Holds if the transaction commits; the effect and the claim belong in the same one.
    """
    return {row[0] for row in await driver.fetch(session, _CLAIM, consumer, list(events))}


async def forget(session: AsyncSession, consumer: str, event_id: UUID) -> None:
    """Let the consumer act on the event once more."""
    await session.execute(_FORGET, {"consumer": consumer, "event": event_id})
