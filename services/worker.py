"""Process: everything that follows the stream, each handler its own durable consumer."""

import asyncio
import gc
from collections.abc import Awaitable, Callable

from faststream import FastStream

from infra.settings import settings
from infra.stream import advisories
from infra.stream.broker import Broker, make_broker
from infra.stream.follow import follow
from infra.stream.streams import INTAKE, ensure
from services.classifier.shipped import shipped
from services.handlers import HANDLERS
from services.intake import subscriber
from services.notify import deliver
from services.processes import unless


def make_app(broker: Broker) -> FastStream:
    """Put the handlers, the intake and the listener for lost messages on a broker."""
    follow(broker, HANDLERS, seal=subscriber.seal)
    subscriber.listen(broker)
    advisories.listen(broker, rescue={INTAKE.name: subscriber.rescue})
    return FastStream(broker, on_startup=[_preparation(broker)], logger=None)


def _preparation(broker: Broker) -> Callable[[], Awaitable[None]]:
    async def prepare() -> None:
        rows = [*(it.consumer() for it in HANDLERS), advisories.CONSUMER, subscriber.CONSUMER]
        await ensure(await broker.connect(), rows)

    return prepare


async def run(stop: asyncio.Event) -> None:
    """Follow until `stop`, and send the notices that wait."""
    shipped()  # read before the first report comes
    # The model's hundred thousand rows live as long as the process: no use in looking through
    # them for garbage again and again.
    gc.freeze()
    app = make_app(make_broker("worker"))
    try:
        # Not `app.run()`: it puts its own signal handlers in the place of ours.
        await unless(stop, app.start())
        async with asyncio.TaskGroup() as group:
            if settings().smtp_url:
                group.create_task(deliver.run(stop))
            await stop.wait()
    finally:
        await app.stop()
