"""What lies on the stream, compared with the log."""

from collections import Counter
from typing import Final

from nats.aio.client import Client
from nats.js.api import AckPolicy, ConsumerConfig, Header
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from infra.stream.streams import CASES
from infra.tables import Recorded

_BATCH: Final = 500


async def missing(session: AsyncSession, stream: Client) -> tuple[int, int]:
    """Return how many facts are not on the stream, and how many are there more than once."""
    jetstream = stream.jetstream(timeout=10)
    reader = await jetstream.pull_subscribe(
        "case.>",
        stream=CASES.name,
        config=ConsumerConfig(ack_policy=AckPolicy.NONE, headers_only=True, mem_storage=True),
    )
    left = (await jetstream.stream_info(CASES.name)).state.messages
    seen: Counter[str] = Counter()
    while left > 0:
        for message in await reader.fetch(min(_BATCH, left), timeout=10):
            seen[(message.headers or {}).get(Header.MSG_ID.value, "")] += 1
            left -= 1
    await reader.unsubscribe()
    logged = {str(it) for it in await session.scalars(select(Recorded.event_id))}
    return len(logged - seen.keys()), sum(1 for times in seen.values() if times > 1)
