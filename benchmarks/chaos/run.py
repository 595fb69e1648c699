"""One run: start, torment, wait until it is quiet, look."""

import asyncio
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Final
from uuid import UUID

import nats
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from benchmarks.chaos import town
from benchmarks.chaos.checks import Found, check
from benchmarks.chaos.house import House, house
from benchmarks.chaos.logbook import complaints, summary
from benchmarks.chaos.phones import Phone
from benchmarks.chaos.plan import Plan
from benchmarks.chaos.quiet import quiet, restless
from benchmarks.chaos.systems import System
from benchmarks.chaos.tally import Tally
from benchmarks.chaos.tormentor import Tormentor

_LOOK: Final = 0.2
_TOLD_EVERY: Final = 10.0
_KNOWN_AFTER: Final = 6.0
"""Every process has heard of a new policy by then."""
_LAST_YES: Final = 120.0
"""What the senders may take to bring the last reports to their yes."""


@dataclass
class Outcome:
    """What a run came to."""

    kills: int = 0
    acknowledged: int = 0
    seconds: float = 0.0
    found: Found = field(default_factory=Found)

    def line(self) -> dict[str, int | float]:
        """Return what is printed last."""
        return {
            "kills": self.kills,
            "acknowledged": self.acknowledged,
            "stored": self.found.stored,
            "lost": self.found.lost.total(),
            "twice": self.found.twice.total(),
            "seconds": round(self.seconds, 1),
        }


async def run(plan: Plan) -> Outcome:
    """Torment the product as planned and return what is left of it."""
    began = monotonic()
    tally, outcome = Tally(), Outcome()
    async with house(plan.log) as here:
        _say(f"the product runs at {here.ready.url}")
        engine = create_async_engine(here.database_url, pool_pre_ping=True)
        try:
            before = await town.cases(engine)
            rungs = await town.hurry(engine, plan.clock)
            await asyncio.sleep(_KNOWN_AFTER)
            faults = await _torment(here, plan, tally)
            outcome.found = await _look(here, plan, tally, engine, before=before, rungs=rungs)
        finally:
            await engine.dispose()
        faults += await here.stop()
        lines = here.said()
    outcome.found.faults += faults + complaints(lines)
    outcome.kills, outcome.acknowledged = tally.kills, len(tally.promised)
    outcome.seconds = monotonic() - began
    for line in [*summary(lines), *outcome.found.notes, *outcome.found.told(), tally.told()]:
        _say(line)
    return outcome


async def _torment(here: House, plan: Plan, tally: Tally) -> list[str]:
    """Let everybody loose until both counts are reached; return what went wrong."""
    tell = monotonic()
    until = tell + plan.seconds
    enough, spared = asyncio.Event(), asyncio.Event()
    every = (plan.phones + plan.systems) / plan.rate
    tokens = [user.token for user in here.ready.users]
    senders: list[Phone | System] = [
        Phone(here.ready.url, tokens[n % len(tokens)], plan.dice(f"phone {n}"), tally)
        for n in range(plan.phones)
    ]
    senders += [
        System(here.ready.nats_url, plan.dice(f"system {n}"), tally)
        for n in range(plan.systems)
    ]
    filing = [asyncio.create_task(sender.file(enough, every)) for sender in senders]
    killing = asyncio.create_task(Tormentor(here, plan, tally).torment(spared))
    try:
        while monotonic() < until and not _reached(plan, tally):
            if any(task.done() for task in (*filing, killing)):
                break
            await asyncio.sleep(_LOOK)
            if monotonic() > tell:
                _say(tally.told())
                tell = monotonic() + _TOLD_EVERY
        enough.set()
        spared.set()
        await killing
        _, late = await asyncio.wait(filing, timeout=_LAST_YES)
        for task in filing:
            if task not in late:
                task.result()
    finally:
        for task in (*filing, killing):
            task.cancel()
        await asyncio.gather(*filing, killing, return_exceptions=True)
    faults = [f"{len(late)} senders still wait for their yes"] if late else []
    if not _reached(plan, tally):
        faults.append(f"not reached within {plan.seconds:.0f} s: {tally.told()}")
    return faults


def _reached(plan: Plan, tally: Tally) -> bool:
    return tally.kills >= plan.kills and len(tally.promised) >= plan.reports


async def _look(
    here: House, plan: Plan, tally: Tally, engine: AsyncEngine, *, before: set[UUID], rungs: int
) -> Found:
    """Wait for the quiet, then look."""
    _say("no more kills; waiting for the quiet")
    stream = await nats.connect(here.ready.nats_url, max_reconnect_attempts=-1)
    try:
        began = monotonic()
        unquiet = await quiet(engine, stream, plan.drain)
        _say(f"quiet after {monotonic() - began:.0f} s")
        unquiet += await restless(here)
        found = await check(engine, stream, tally, before=before, rungs=rungs)
    finally:
        with suppress(Exception):
            await stream.close()
    found.faults += unquiet
    return found


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
