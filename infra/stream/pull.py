"""A durable pull consumer on FastStream that answers at once and outlives its own deletion."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

from faststream import AckPolicy
from faststream.message import StreamMessage
from faststream.nats import JStream, NatsBroker, PullSub
from faststream.nats.subscriber.usecases import BatchPullStreamSubscriber
from nats.aio.msg import Msg
from nats.js.api import ConsumerConfig
from typing_extensions import override

from infra.outage import Outage
from infra.stream.streams import Consumer, ensure_consumer

FETCH: float = 5.0
"""How long an idle consumer waits for a message before it asks again."""

Take = Callable[[list[Msg]], Awaitable[None]]


class PromptSubscriber(BatchPullStreamSubscriber):
    """FastStream's batch subscriber with another loop; all around it is FastStream's own.

    Its loop fills the batch until the timeout, so at a trickle each message waits the whole
    of it. And it asks again at once when the consumer or the connection is gone, which takes
    a core and, after a close, the event loop with it. nats-py's own `fetch` returns as soon
    as something is there.
    """

    row: Consumer

    @override
    async def _consume_pull(self) -> None:
        outage = Outage(f"consumer {self.row.name}")
        while self.running and self.subscription:
            messages: list[Msg] = []
            try:
                messages = await self.subscription.fetch(
                    self.pull_sub.batch_size, timeout=FETCH
                )
            except TimeoutError:
                continue
            except Exception as error:  # noqa: BLE001 - whatever it is, the consumer goes on
                await asyncio.sleep(outage.failed(error))
                await self._restore(outage)
            if messages:
                await self.consume(messages)

    async def _restore(self, outage: Outage) -> None:
        """Make the consumer again if it was deleted; otherwise there is nothing to mend."""
        try:
            await ensure_consumer(self.jetstream, self.row)
            outage.over()
        except Exception as error:  # noqa: BLE001 - the next round tries again
            outage.failed(error)


async def _raw(message: StreamMessage[list[Msg]]) -> list[Msg]:
    """Hand over the messages themselves: each is answered on its own and decoded by us."""
    return message.raw_message


def attach(broker: NatsBroker, row: Consumer, take: Take, *, batch: int, about: str) -> None:
    """Let `take` have this consumer's messages, up to `batch` at a time, in stream order.

    `take` answers each message (ack, nak, term) and does not raise. One batch at a time.
    """
    subscriber = broker.subscriber(
        stream=JStream(row.stream, declare=False),  # declared, it would overwrite the stream
        durable=row.name,
        config=ConsumerConfig(**row.wanted()),
        pull_sub=PullSub(batch_size=batch, batch=True),
        # MANUAL: the default terminates a message at the first exception.
        ack_policy=AckPolicy.MANUAL,
        decoder=_raw,
        title=row.name,
        description=about,
    )
    # The one place where FastStream lets no class of ours in: `subscriber()` chooses it.
    subscriber.__class__ = PromptSubscriber
    cast("PromptSubscriber", subscriber).row = row

    @subscriber
    async def handle(messages: Any) -> None:
        await take(messages)
