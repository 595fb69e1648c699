"""What the web does when more comes in than the handlers take: the door closes in time."""

import asyncio
import json
import subprocess
import sys
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
        load = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.load"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        assert load.stdin is not None  # noqa: S101 - a pipe
        assert load.stdout is not None  # noqa: S101 - a pipe
        load.stdin.write(job.model_dump_json().encode())
        load.stdin.close()
        largest = 0
        while load.poll() is None:
            largest = max(largest, _backlog(running.record.url))
            sleep(0.1)
        told = Told.model_validate_json(load.stdout.read())
        if not told.refused:
            raise SystemExit("the door never closed")
        return {
            "limit": limit,
            "largest": largest,
            "stored": told.filed,
            "refused_503": told.refused,
        }


async def _made() -> town.Town:
    made = await town.make()
    await db.dispose()
    return made


def _backlog(url: str) -> int:
    with urlopen(f"{url}/readyz", timeout=5) as answer:  # noqa: S310 - our own address
        told = json.load(answer)
    behind = [it["behind"] for it in told["handlers"].values()]
    return int(told.get("unsent", 0)) + max(behind, default=0)
