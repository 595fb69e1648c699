"""Says no in time: when more waits than the handlers can take, the sender keeps the report."""

import asyncio
from typing import Final

import structlog

from infra.db import transaction
from infra.link import Link
from infra.outage import Outage
from infra.settings import settings
from infra.stream import lag
from infra.stream.lag import Backlog
from infra.stream.streams import Consumer
from services.intake.group import Full

log = structlog.get_logger()

_LOOK_EVERY: Final = 0.5
_REOPEN_AT: Final = 0.8
"""Let in again when the backlog is this share of the limit, lest the door flutter."""


class Admission:
    """Watches what waits for the stream and for the handlers, and closes the door at the limit.

    While the stream is away reports are still taken in, up to the limit: they are safe in the
    database, and the relay sends them when it is back.
    """

    def __init__(self, link: Link, consumers: tuple[Consumer, ...]) -> None:
        self.closed = False
        self.seen: Backlog | None = None
        self._link = link
        self._consumers = consumers
        self._task: asyncio.Task[None] | None = None
        self._stopped = False

    def start(self) -> None:
        """Begin to watch."""
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """End the watch. Asked twice: `wait_for` of Python 3.11 may swallow a cancellation."""
        self._stopped = True
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def check(self) -> None:
        """Raise `Full` while the door is closed."""
        if self.closed:
            raise Full

    async def look(self) -> None:
        """Count what waits, and open or close the door."""
        async with transaction() as session:
            unsent = await lag.unsent(session, most=settings().backlog_limit * 2)
        lags: tuple[lag.Lag, ...] = ()
        if client := self._link.client:
            lags = await lag.lags(client.jetstream(), self._consumers)
        self.seen = Backlog(unsent, lags)
        limit = settings().backlog_limit
        was = self.closed
        self.closed = self.seen.size >= (limit * _REOPEN_AT if was else limit)
        if self.closed is not was:
            event = "admission.closed" if self.closed else "admission.opened"
            log.warning(event, waiting=self.seen.size)

    async def _watch(self) -> None:
        outage = Outage("admission")
        while not self._stopped:
            try:
                await self.look()
                outage.over()
                await asyncio.sleep(_LOOK_EVERY)
            except Exception as error:  # noqa: BLE001 - a server is away: look again later
                await asyncio.sleep(outage.failed(error))
