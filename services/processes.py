"""Runs a process until somebody tells it to stop."""

import asyncio
import signal
from collections.abc import Awaitable, Callable

import uvloop

from infra import log
from infra.db import dispose

Main = Callable[[asyncio.Event], Awaitable[None]]


def run_until_stopped(name: str, main: Main) -> None:
    """Run `main` with an event that SIGTERM and SIGINT set; return when it has ended well."""
    log.configure(name)

    async def whole() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        try:
            await main(stop)
        finally:
            await dispose()

    uvloop.run(whole())
