"""Hears facts as they pass by, for who needs no more than to be prompt."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from events import Envelope
from events.cloudevent import Unreadable, decode
from infra.link import Link

log = structlog.get_logger()

_LOOK_EVERY: Final = 0.5


class Overheard:
    """Calls `hear` with each fact on these subjects, from when the stream is there.

    No consumer, no memory: what passes while the stream is away is not told later, and what is
    sent twice is told twice. The client subscribes anew by itself after every absence.
    """

    def __init__(
        self, link: Link, subjects: Sequence[str], hear: Callable[[Envelope], None]
    ) -> None:
        self._link = link
        self._subjects = subjects
        self._hear = hear
        self._task: asyncio.Task[None] | None = None
        self._stopped = False
        self.hears = False
        """Whether every subject has been subscribed to."""

    def start(self) -> None:
        """Begin to listen as soon as there is something to listen to."""
        self._task = asyncio.create_task(self._begin())

    async def stop(self) -> None:
        """Give up waiting for the stream; the subscriptions end with the connection."""
        self._stopped = True
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _begin(self) -> None:
        left = list(self._subjects)
        while left and not self._stopped:
            client = self._link.client
            if client is None or not await self._subscribed(client, left[0]):
                await asyncio.sleep(_LOOK_EVERY)
                continue
            del left[0]
        self.hears = not left

    async def _subscribed(self, client: Client, subject: str) -> bool:
        try:
            await client.subscribe(subject, cb=self._passed)
        except (OSError, NatsError):  # it went away just now: the link says so in the log
            return False
        return True

    async def _passed(self, message: Msg) -> None:
        if self._stopped:
            return
        try:
            self._hear(decode(message.data))
        except Unreadable:
            log.warning("stream.unreadable_fact")
