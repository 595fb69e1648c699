"""Runs a process until somebody tells it to stop."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
import uvloop

from infra.db import dispose
from infra.log import configure

log = structlog.get_logger()

T = TypeVar("T")
Main = Callable[[asyncio.Event], Awaitable[None]]


def run_until_stopped(name: str, main: Main) -> None:
    """Run `main` with an event that SIGTERM and SIGINT set; return when it has ended well."""
    configure(name)

    async def whole() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        log.info("process.started")
        try:
            await main(stop)
        finally:
            await dispose()
        log.info("process.stopped")

    uvloop.run(whole())


async def unless(stop: asyncio.Event, work: Awaitable[T]) -> T | None:
    """Wait for the work, or for `stop`: then the work is given up and this is None.

    For whatever may wait for a neighbour for ever, as the first connection does.
    """
    task, end = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    await asyncio.wait({task, end}, return_when=asyncio.FIRST_COMPLETED)
    end.cancel()
    if task.done():
        return task.result()
    task.cancel()
    await asyncio.wait({task})
    return None
