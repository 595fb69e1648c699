"""What the web does when more comes in than the handlers take: the door closes in time."""

import asyncio
import json
import subprocess
import sys
from tempfile import TemporaryFile
from time import sleep
from urllib.request import urlopen

from benchmarks import product, town
from benchmarks.job import Job, Told
from benchmarks.product import ROOT
from infra import db


def measure(limit: int, cases: int) -> dict[str, int]:
    """Flood a product with a low `AVVIK_BACKLOG_LIMIT`; return what it let in and held back.

    `largest` is the largest backlog seen, facts that wait for the stream or a handler. It goes
    beyond the limit by what comes in between two looks of the door, and no further.
    """
    with product.running({"AVVIK_BACKLOG_LIMIT": str(limit)}) as running:
        running.use()
        made = asyncio.run(_made())
        job = Job(
            host=running.host,
            port=running.port,
            token=made.token,
            units=list(made.units),
            database_url=running.record.database_url,
            cases=cases,
        )
        told, largest = _flooded(job, running.record.url)
        if not told.refused:
            raise SystemExit("the door never closed")
        return {
            "limit": limit,
            "largest": largest,
            "stored": told.filed,
            "refused_503": told.refused,
        }


def _flooded(job: Job, url: str) -> tuple[Told, int]:
    """Do the job and look at the backlog meanwhile."""
    largest = 0
    with TemporaryFile() as said, TemporaryFile() as asked:  # a pipe would fill and block
        asked.write(job.model_dump_json().encode())
        asked.seek(0)
        load = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.load"], stdin=asked, stdout=said, cwd=ROOT
        )
        while load.poll() is None:
            largest = max(largest, _backlog(url))
            sleep(0.1)
        said.seek(0)
        return Told.model_validate_json(said.read()), largest


async def _made() -> town.Town:
    made = await town.make()
    await db.dispose()
    return made


def _backlog(url: str) -> int:
    with urlopen(f"{url}/readyz", timeout=5) as answer:  # noqa: S310 - our own address
        told = json.load(answer)
    behind = [it["behind"] for it in told["handlers"].values()]
    return int(told.get("unsent", 0)) + max(behind, default=0)
