"""Process: what the log holds and the stream does not, goes onto the stream, in order.

One relay sends at a time; others stand by and take over when its database session ends.
Lives through the death of either server: nothing is marked as sent before it is stored.
"""

import asyncio
from contextlib import suppress
from typing import Any, Final

import asyncpg
import orjson
import structlog
from nats.aio.client import Client
from nats.js.errors import NoStreamResponseError

from events.cloudevent import pack, subject_of
from infra.db import address
from infra.faults import CannotStart
from infra.outage import Outage
from infra.store import OUTBOX
from infra.stream.broker import make_broker
from infra.stream.publish import Letter, NotSent, send
from infra.stream.streams import ensure
from services.processes import unless

log = structlog.get_logger()

CHANNEL: Final = OUTBOX
"""A NOTIFY here has facts sent at once; one per transaction, since it serialises commits."""
LOCK: Final = 0x617676696B01
"""Held by the session of the relay that sends."""
BATCH: Final = 500
POLL: Final = 1.0
"""The net below NOTIFY; also how soon a stand-by sees that it is needed."""

# Plain asyncpg, on the very session that holds the lock: whoever has lost the lock cannot mark
# anything as sent. The body stays the text PostgreSQL gives.
UNSENT: Final = """
    SELECT position, event_id, case_id, case_type, sequence, type, version, at, "by", trace,
           body::text AS body, encode(chain, 'hex') AS chain
    FROM event WHERE sent_at IS NULL ORDER BY position LIMIT $1
"""
MARK: Final = "UPDATE event SET sent_at = now() WHERE position = ANY($1::bigint[])"


class Relay:
    """Sends what is unsent until told to stop. `sent` counts, `leading` tells which one."""

    def __init__(self, connection: Client, *, batches: bool, batch: int = BATCH) -> None:
        self.sent = 0
        self.leading = False
        self._stream = connection
        self._batches = batches
        self._batch = batch
        self._news = asyncio.Event()
        self._database = Outage("database")
        self._away = Outage("stream")

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop`; a server that is away is waited for."""
        while not stop.is_set():
            try:
                await self._session(stop)
            except CannotStart:
                raise
            except Exception as error:  # noqa: BLE001 - asyncpg's list of errors has no end
                await _sleep(self._database.failed(error), stop)
            finally:
                self.leading = False

    async def _session(self, stop: asyncio.Event) -> None:
        """Wait for the lock, then send, for as long as this database session lives."""
        database = await _connect()
        try:
            await database.add_listener(CHANNEL, lambda *_: self._news.set())
            while not stop.is_set():
                self._news.clear()
                if not self.leading:
                    self.leading = await database.fetchval(
                        "SELECT pg_try_advisory_lock($1)", LOCK
                    )
                    self._database.over()
                    if self.leading:
                        log.info("relay.leading")
                if not (self.leading and await self._pump(database, stop)):
                    await self._rest(stop)
        finally:
            # terminate, not close: a server that is gone would not answer a goodbye.
            database.terminate()

    async def _pump(self, database: Any, stop: asyncio.Event) -> bool:
        """Send one batch. True if there may be more to send at once."""
        rows = await database.fetch(UNSENT, self._batch)
        if not rows:
            return False
        left: BaseException | None = None
        try:
            sent = await send(
                self._stream, [_letter(row) for row in rows], batches=self._batches
            )
        except NotSent as error:
            sent, left = error.sent, error.__cause__
        except Exception as error:  # noqa: BLE001 - the stream is away, for whatever reason
            sent, left = [], error
        if sent:
            await database.execute(MARK, sent)
            self.sent += len(sent)
        if left is None:
            self._away.over()
            return len(rows) == self._batch
        if isinstance(left, NoStreamResponseError):
            await self._restore()
        await _sleep(self._away.failed(left), stop)
        return True

    async def _restore(self) -> None:
        """Make the streams again if somebody deleted them; the log refills them."""
        with suppress(Exception):
            await ensure(self._stream)

    async def _rest(self, stop: asyncio.Event) -> None:
        """Wait for news, for the poll, or for the end."""
        waits = [asyncio.ensure_future(event.wait()) for event in (self._news, stop)]
        await asyncio.wait(waits, timeout=POLL, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()


async def run(stop: asyncio.Event) -> None:
    """Run a relay of its own until `stop`. Raises `CannotStart` when it never can."""
    broker = make_broker("relay")
    try:
        connection = await unless(stop, broker.connect())
        if connection is not None:
            able = await ensure(connection)
            await Relay(connection, batches=able.batches).run(stop)
    finally:
        await broker.stop()


def _letter(row: Any) -> Letter:
    """Write a row of the log as a fact for the stream."""
    fields = dict(row)
    position = fields.pop("position")
    fields["body"] = orjson.Fragment(fields["body"])
    return Letter(
        position=position,
        event_id=fields["event_id"],
        case_id=fields["case_id"],
        subject=subject_of(fields["case_type"], fields["case_id"], fields["type"]),
        payload=pack(**fields),
    )


async def _connect() -> Any:
    return await asyncpg.connect(
        address(),
        timeout=10,
        command_timeout=30,
        server_settings={
            "application_name": "avvik-relay",
            # This session writes marks only. One that a power cut takes is no loss: the fact is
            # sent again, which the stream or the inboxes notice. So nobody waits for its flush.
            "synchronous_commit": "off",
            # A leader whose machine is gone must lose the lock in seconds, not in two hours.
            "tcp_keepalives_idle": "10",
            "tcp_keepalives_interval": "5",
            "tcp_keepalives_count": "3",
        },
    )


async def _sleep(seconds: float, stop: asyncio.Event) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
