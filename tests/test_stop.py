"""An operator's SIGTERM is obeyed at once and ends well, whatever the neighbours do."""

from uuid import uuid4

import httpx

from infra.embedded import ports
from tests.product import product, stopped
from tests.stream_support import so


async def test_every_process_ends_with_zero_when_asked(database, stream, tmp_path):
    async with product(tmp_path) as it:
        assert it.stop() == {"web": 0, "relay": 0, "timer": 0, "worker": 0}
        for event in ("process.started", "process.stopped"):
            assert {line["process"] for line in it.lines(event)} == set(it.processes)


async def test_a_process_that_waits_for_the_stream_can_be_ended(database, stream, tmp_path):
    nobody = f"nats://127.0.0.1:{ports.free_port()}"
    names = ("relay", "timer", "worker")
    async with product(tmp_path, processes=names, nats_url=nobody) as it:
        await so(lambda: all(it.lines("neighbour.away", name) for name in names))
        assert [stopped(it.processes[name], 10) for name in names] == [0, 0, 0]


async def test_the_web_starts_takes_reports_and_ends_without_the_stream(
    database, stream, tmp_path
):
    nobody = f"nats://127.0.0.1:{ports.free_port()}"
    async with product(tmp_path, processes=(), nats_url=nobody) as it:
        it.start("web")

        async def ready():
            try:
                return (await it.client.get("/readyz")).json()
            except httpx.TransportError:
                return None

        told = await so(ready)
        assert (told["status"], told["stream"]) == ("degraded", False)
        filed = await it.client.put(
            f"/api/v1/reports/{uuid4()}",
            headers=it.as_("medarbetare"),
            json={"unit": "solrosen", "text": "Ingen kom."},
        )
        assert filed.status_code == 201
        assert stopped(it.processes["web"], 20) == 0
