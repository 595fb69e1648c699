"""How far behind the stream and its readers are: for readiness, metrics and admission."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from nats.js import JetStreamContext
from nats.js.api import ConsumerInfo
from nats.js.errors import NotFoundError
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from infra.clock import now
from infra.stream.streams import CASES, Consumer

ALIVE: Final = timedelta(seconds=60)
"""A worker that neither waits nor was given anything for so long is not there."""

_UNSENT = text("""
    SELECT count(*) FROM (SELECT 1 FROM event WHERE sent_at IS NULL LIMIT :most) AS unsent
""")


@dataclass(frozen=True, slots=True)
class Lag:
    """One consumer: what waits for it, what it has in hand, and whether anybody is there."""

    consumer: str
    waiting: int
    in_hand: int
    listeners: int
    healthy: bool

    @property
    def behind(self) -> int:
        """Return how many facts this consumer has not finished with."""
        return self.waiting + self.in_hand


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is accepted but not yet handled everywhere."""

    unsent: int
    lags: tuple[Lag, ...]

    @property
    def size(self) -> int:
        """Return what the slowest way still has before it; compare with `backlog_limit`."""
        return self.unsent + max((lag.behind for lag in self.lags), default=0)

    @property
    def healthy(self) -> bool:
        """Tell whether every consumer exists and somebody reads it."""
        return all(lag.healthy for lag in self.lags)


async def unsent(session: AsyncSession, *, most: int = 20_000) -> int:
    """Count what waits for the relay; beyond `most` it does not matter how much more."""
    return await session.scalar(_UNSENT, {"most": most}) or 0


async def lags(jetstream: JetStreamContext, consumers: Iterable[Consumer]) -> tuple[Lag, ...]:
    """Ask the server about the consumers. One that is missing is unhealthy, not an error.

    A ping of the broker says nothing here: it succeeds while a deleted consumer gets nothing.
    """
    return tuple([await _lag(jetstream, consumer) for consumer in consumers])


async def backlog(
    session: AsyncSession, jetstream: JetStreamContext, consumers: Iterable[Consumer]
) -> Backlog:
    """Return all that waits, before the stream and after it."""
    return Backlog(await unsent(session), await lags(jetstream, consumers))


async def settled(jetstream: JetStreamContext, consumer: str) -> datetime:
    """Return a moment: all that was stored on CASES before it, this consumer has answered.

    What it only has to wait for is thus never taken for lost.
    """
    never = datetime.min.replace(tzinfo=UTC)
    try:
        asked = now()
        info = await jetstream.consumer_info(CASES.name, consumer)
        if not info.num_pending and not info.num_ack_pending:
            return asked
        if info.ack_floor is None or not info.ack_floor.stream_seq:
            return never
        last = await jetstream.get_msg(CASES.name, info.ack_floor.stream_seq)
    except NotFoundError:
        return never
    return last.time or never


async def _lag(jetstream: JetStreamContext, consumer: Consumer) -> Lag:
    try:
        info = await jetstream.consumer_info(consumer.stream, consumer.name)
    except NotFoundError:
        return Lag(consumer.name, 0, 0, 0, healthy=False)
    return Lag(
        consumer=consumer.name,
        waiting=info.num_pending or 0,
        in_hand=info.num_ack_pending or 0,
        listeners=info.num_waiting or 0,
        healthy=_healthy(info),
    )


def _healthy(info: ConsumerInfo) -> bool:
    """Tell whether somebody waits for messages, or was given some just now and is at work."""
    if info.num_waiting:
        return True
    last = info.delivered.last_active if info.delivered else None
    return last is not None and now() - last < ALIVE
