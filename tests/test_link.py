import asyncio
import tempfile
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient

from infra.link import Link
from infra.settings import settings
from infra.stream.broker import make_broker
from services import timer
from services.web.app import create_app
from tests.servers import nats_server
from tests.stream_support import so
from tests.test_absence import refused


@pytest.fixture
def no_stream(database, monkeypatch):
    monkeypatch.setenv("AVVIK_NATS_URL", f"nats://127.0.0.1:{refused()}")
    settings.cache_clear()


async def test_a_link_comes_when_the_server_does(database):
    with tempfile.TemporaryDirectory() as where, nats_server(Path(where)) as server:
        server.kill()
        link = Link(make_broker("test", url=server.url))
        await asyncio.sleep(0.1)
        assert link.client is None
        await asyncio.to_thread(server.start)
        client = await so(lambda: link.client)
        await client.flush()
        server.kill()
        await so(lambda: link.client is None)
        await link.close()  # takes no leave of who is not there


async def test_the_web_opens_without_the_stream(no_stream):
    app = create_app()
    async with (
        asyncio.timeout(30),
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://web") as client,
    ):
        answer = await client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded"
    assert answer.json()["stream"] is False


async def test_time_passes_without_the_stream(no_stream, monkeypatch):
    ticked = asyncio.Event()

    async def tick():
        ticked.set()
        return 0

    monkeypatch.setattr(timer, "tick", tick)
    stop = asyncio.Event()
    running = asyncio.create_task(timer.run(stop))
    async with asyncio.timeout(30):
        await ticked.wait()
        stop.set()
        await running
