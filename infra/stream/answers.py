"""What we say to the server about a message: still in work, done, later, never."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from nats.aio.msg import Msg
from nats.errors import Error as NatsError

HOLD = 10.0
"""How often the server hears that a batch is still in work; a third of the ack wait."""


@asynccontextmanager
async def held(messages: Sequence[Msg]) -> AsyncIterator[None]:
    """Keep the server from delivering the messages again while they are in work."""

    async def hold() -> None:
        while True:
            await asyncio.sleep(HOLD)
            for message in messages:
                if not message.is_acked:
                    await answer(message.in_progress)

    task = asyncio.create_task(hold())
    try:
        yield
    finally:
        task.cancel()


async def answer(say: Callable[[], Awaitable[None]]) -> None:
    """Answer a message. Lost answers are harmless: it comes again and is found done."""
    with suppress(NatsError):
        await say()


async def flush(messages: Sequence[Msg]) -> None:
    """See the answers off before the next batch, so that a restart repeats little."""
    with suppress(NatsError, OSError):
        await messages[0]._client.flush(timeout=2)  # noqa: SLF001 - the message knows its connection
