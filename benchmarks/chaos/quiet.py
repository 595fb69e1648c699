"""Waits until all that was accepted has been handled; tells what still waits if it is not."""

import asyncio
from datetime import timedelta
from time import monotonic
from typing import Final

import psutil
from nats.aio.client import Client
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from benchmarks.chaos.house import House
from infra import clock
from infra.stream import advisories, lag
from infra.stream.streams import INTAKE
from services.handlers import HANDLERS
from services.intake import subscriber
from services.projections.agenda import AgendaItem
from services.projections.deadline_due import DeadlineDue

_LOOK: Final = 0.5
_STILL: Final = 4
"""How many looks in a row must find nothing: one handler's end is the next one's beginning."""
_SOON: Final = timedelta(minutes=10)
_BUSY: Final = 0.5
"""The share of a core that a process with nothing to do may use; a spin takes a whole one."""
_WATCH: Final = 4.0


async def quiet(engine: AsyncEngine, stream: Client, patience: float) -> list[str]:
    """Return once everything rests; after `patience` return what did not."""
    deadline = monotonic() + patience
    still = 0
    waiting: list[str] = ["never asked"]
    while still < _STILL:
        if monotonic() > deadline:
            return [f"not drained: {', '.join(waiting)}"]
        await asyncio.sleep(_LOOK)
        try:
            waiting = await _waiting(engine, stream)
        except Exception as error:  # noqa: BLE001 - a server is on its way up
            waiting = [f"{type(error).__name__}"]
        still = 0 if waiting else still + 1
    return []


async def _waiting(engine: AsyncEngine, stream: Client) -> list[str]:
    async with AsyncSession(engine) as session:
        soon = clock.now() + _SOON
        counts = {
            "unsent": await lag.unsent(session),
            "agenda": await session.scalar(
                select(func.count()).select_from(AgendaItem).where(AgendaItem.at < soon)
            ),
            "due": await session.scalar(
                select(func.count()).select_from(DeadlineDue).where(DeadlineDue.due_at < soon)
            ),
        }
    consumers = [*(it.consumer() for it in HANDLERS), subscriber.CONSUMER, advisories.CONSUMER]
    async with asyncio.timeout(10):
        for one in await lag.lags(stream.jetstream(), consumers):
            counts[one.consumer] = one.behind
            counts[f"{one.consumer} unheard"] = int(not one.healthy)
        counts[INTAKE.name] = (await stream.jetstream().stream_info(INTAKE.name)).state.messages
    return [f"{name} {count}" for name, count in counts.items() if count]


async def restless(house: House) -> list[str]:
    """Name each process that uses the processor though there is nothing to do."""
    before = {name: (one, _used(one)) for name, one in house.alive().items()}
    await asyncio.sleep(_WATCH)
    return [
        f"{name} spins: {(_used(one) - used) / _WATCH:.0%} of a core at rest"
        for name, (one, used) in before.items()
        if _used(one) - used > _BUSY * _WATCH
    ]


def _used(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
