import asyncio
import tempfile
from pathlib import Path

import pytest

from infra.faults import CannotStart
from infra.settings import settings
from infra.stream.broker import make_broker
from services import relay
from tests.servers import NatsServer
from tests.stream_support import scalar, so, written


async def test_a_closed_connection_that_nobody_asked_for_ends_the_process(stream):
    ended = []
    broker = make_broker("test", on_closed=lambda: ended.append(True))
    connection = await broker.connect()

    await connection.close()

    assert ended == [True]


async def test_an_orderly_stop_ends_nothing(stream):
    ended = []
    broker = make_broker("test", on_closed=lambda: ended.append(True))
    await broker.connect()

    await broker.stop()

    assert ended == []


async def test_a_server_that_starts_late_is_waited_for():
    with tempfile.TemporaryDirectory(dir="/tmp") as where:
        server = NatsServer(Path(where))
        broker = make_broker("test", url=server.url)
        task = asyncio.create_task(broker.connect())
        await asyncio.sleep(0.2)
        server.start()
        try:
            connection = await asyncio.wait_for(task, 30)
            assert connection.is_connected
        finally:
            await broker.stop()
            server.stop()


async def test_a_relay_stops_also_while_it_waits_for_the_stream(database, monkeypatch):
    monkeypatch.setenv("AVVIK_NATS_URL", "nats://127.0.0.1:1")
    settings.cache_clear()
    stop = asyncio.Event()
    task = asyncio.create_task(relay.run(stop))
    await asyncio.sleep(0.2)
    stop.set()

    await asyncio.wait_for(task, 30)


async def test_a_relay_runs_until_it_is_stopped(database, stream):
    stop = asyncio.Event()
    task = asyncio.create_task(relay.run(stop))
    await written()
    await so(lambda: scalar("SELECT bool_and(sent_at IS NOT NULL) FROM event"))
    stop.set()

    await asyncio.wait_for(task, 30)


async def test_without_an_address_the_start_is_refused(monkeypatch):
    monkeypatch.delenv("AVVIK_NATS_URL", raising=False)
    settings.cache_clear()

    with pytest.raises(CannotStart, match="AVVIK_NATS_URL"):
        make_broker("test")
