"""One run of the load against whatever takes reports, and what it cost."""

import asyncio
import subprocess
import sys
from dataclasses import dataclass

import nats

from benchmarks import usage
from benchmarks.job import Job, Told
from benchmarks.product import ROOT


@dataclass(frozen=True, slots=True)
class Target:
    """Where to file, and whose time counts."""

    job: Job
    roots: list[int]
    nats_url: str
    stream: str


@dataclass(frozen=True, slots=True)
class Cost:
    """A run's outcome; CPU is that of the target's processes until all of them were idle."""

    told: Told
    cpu: dict[str, float]

    @property
    def rate(self) -> float:
        """Cases per second, from the first request until the last case was done."""
        return self.told.filed / self.told.seconds

    @property
    def cpu_us(self) -> float:
        """CPU time per case."""
        return sum(self.cpu.values()) / self.told.filed * 1e6

    def told_cpu(self) -> dict[str, int]:
        """CPU µs per case, process by process."""
        return {
            name: round(it / self.told.filed * 1e6)
            for name, it in sorted(self.cpu.items())
            if it > 0
        }


def run(target: Target, job: Job) -> Cost:
    """Do the job and wait until nothing is left to handle."""
    before = usage.cpu_seconds(target.roots)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"],
        input=job.model_dump_json().encode(),
        stdout=subprocess.PIPE,
        cwd=ROOT,
        check=True,
    )
    asyncio.run(idle(target))
    after = usage.cpu_seconds(target.roots)
    cost = {name: after[name] - before.get(name, 0.0) for name in after}
    return Cost(Told.model_validate_json(done.stdout), cost)


async def idle(target: Target) -> None:
    """Wait until every consumer has answered everything, for a little while."""
    connection = await nats.connect(target.nats_url)
    try:
        quiet = 0
        async with asyncio.timeout(180):
            while quiet < 3:  # noqa: PLR2004 - what one handler writes, another one follows
                infos = await connection.jetstream().consumers_info(target.stream)
                waiting = sum((it.num_pending or 0) + (it.num_ack_pending or 0) for it in infos)
                quiet = 0 if waiting else quiet + 1
                await asyncio.sleep(0.1)
    finally:
        await connection.close()
