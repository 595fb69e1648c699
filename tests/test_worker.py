import asyncio
import os
import signal
import subprocess
import sys

import pytest

from infra.stream.lag import lags
from services import worker
from services.handlers import HANDLERS
from tests.households import environment
from tests.stream_support import so
from tests.test_link import no_stream  # noqa: F401 - a fixture


async def all_heard(stream):
    consumers = [handler.consumer() for handler in HANDLERS]
    found = await lags(stream.jetstream(), consumers)
    return all(it.listeners for it in found)


def started():
    given = {name: value for name, value in os.environ.items() if "AVVIK_" in name}
    return subprocess.Popen(
        [sys.executable, "-m", "services.cli", "worker"],
        env=environment(**given),
        stderr=subprocess.DEVNULL,
    )


async def test_a_worker_that_is_asked_to_stop_stops(database, stream):
    process = started()
    try:
        await so(lambda: all_heard(stream), seconds=60)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.wait, 60) == 0
    finally:
        process.kill()
        process.wait()


@pytest.mark.usefixtures("no_stream")
async def test_a_worker_that_waits_for_the_stream_stops_too():
    stop = asyncio.Event()
    running = asyncio.create_task(worker.run(stop))
    await asyncio.sleep(0.3)
    stop.set()
    async with asyncio.timeout(60):
        await running
