"""A connection to the stream for who can work without one: made and kept in the background."""

import asyncio

from nats.aio.client import Client
from nats.errors import Error as NatsError

from infra.outage import Outage
from infra.stream.broker import Broker


class Link:
    """Connects as soon as the server answers, be it hours after the start."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._client: Client | None = None
        self._closing = False
        self._task = asyncio.create_task(self._connect())

    @property
    def client(self) -> Client | None:
        """Return the connection, or nothing while there is none."""
        return self._client if self._client and self._client.is_connected else None

    async def close(self) -> None:
        """End the connection, or the wait for it.

        Asked twice: `wait_for` of Python 3.11 may swallow a cancellation.
        """
        self._closing = True
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._broker.stop()

    async def _connect(self) -> None:
        outage = Outage("stream")
        while self._client is None and not self._closing:
            try:
                self._client = await self._broker.connect()
            except (OSError, NatsError) as error:
                await asyncio.sleep(outage.failed(error))
        outage.over()
