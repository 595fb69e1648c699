"""Two verbs for the stream's tests: write facts into the log, wait until something is so."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from unittest.mock import patch
from uuid import UUID, uuid4

import orjson
import structlog
from sqlalchemy import text

from events.base import Envelope
from infra.db import transaction
from infra.stream.broker import make_broker
from infra.stream.follow import follow
from infra.stream.handler import Handler
from infra.stream.streams import ensure
from services.relay import Relay

# Tracebacks in colour, locals and all, would take most of the tests' time.
structlog.configure(processors=[lambda *_: str(_[2].get("event"))])

INSERT = text("""
    INSERT INTO event (event_id, case_id, case_type, sequence, type, version, at, "by", trace,
                       body, chain, sent_at)
    VALUES (:event_id, :case_id, 'deviation', :sequence, :type, 1, :at, 'system:test',
            '0af7651916cd43dd8448eb211c80319c', CAST(:body AS jsonb), '\\xab', :sent_at)
""")


async def written(cases=1, each=1, *, kind="case.report_received", sent_at=None):
    """Write facts, the cases' histories interleaved; return their ids in order of position."""
    ids = [uuid4() for _ in range(cases)]
    rows = [
        {
            "event_id": uuid4(),
            "case_id": case,
            "sequence": n + 1,
            "type": kind,
            "at": datetime.now(UTC),
            "body": orjson.dumps({"n": n, "åäö": "ä"}).decode(),
            "sent_at": sent_at,
        }
        for n in range(each)
        for case in ids
    ]
    async with transaction() as session:
        await session.execute(INSERT, rows)
    return [row["event_id"] for row in rows]


async def so(condition, *, seconds=30):
    """Wait until the condition (a plain or an async function) holds."""
    async with asyncio.timeout(seconds):
        while True:
            found = condition()
            if asyncio.iscoroutine(found):
                found = await found
            if found:
                return found
            await asyncio.sleep(0.02)


async def scalar(query, **values):
    async with transaction() as session:
        return await session.scalar(text(query), values)


async def stored(connection):
    """Everything on the stream, in its order."""
    jetstream = connection.jetstream()
    state = (await jetstream.stream_info("CASES")).state
    messages = [
        await jetstream.get_msg("CASES", n) for n in range(state.first_seq, state.last_seq + 1)
    ]
    return [orjson.loads(message.data) for message in messages]


def in_order(events):
    """Tell whether each case's facts are there once and in order."""
    seen: dict[str, int] = {}
    for event in events:
        if int(event["sequence"]) != seen.get(event["subject"], 0) + 1:
            return False
        seen[event["subject"]] = int(event["sequence"])
    return True


class Seen:
    """A handler that remembers what it was given, and fails where it is told to."""

    def __init__(self, name="seen", kinds=("case.report_received",), batch=50):
        self.envelopes: list[Envelope] = []
        self.calls = 0
        self.poison: set[UUID] = set()
        self.error: Exception = ValueError("a story that must not be kept")
        self.handler = Handler(name, kinds, batch, self.handle)

    async def handle(self, session, envelopes):
        self.calls += 1
        if self.poison & {envelope.event_id for envelope in envelopes}:
            raise self.error
        await session.execute(text("SELECT 1"))
        self.envelopes += envelopes

    @property
    def ids(self):
        return [envelope.event_id for envelope in self.envelopes]


@asynccontextmanager
async def relaying(connection, *, batches=True, batch=500, poll=0.05):
    relay = Relay(connection, batches=batches, batch=batch)
    stop = asyncio.Event()
    task = asyncio.create_task(relay.run(stop))
    try:
        with patch("services.relay.POLL", poll):
            yield relay
    finally:
        stop.set()
        await task


@asynccontextmanager
async def working(*handlers, **options):
    """A worker: streams and consumers made, handlers attached, running."""
    broker = make_broker("test")
    connection = await broker.connect()
    await ensure(connection, [handler.consumer() for handler in handlers])
    follow(broker, handlers, **options)
    await broker.start()
    try:
        yield broker
    finally:
        await broker.stop()
