"""Process: files reports over HTTP and watches until they are done. Told by JSON on stdin."""

import asyncio
import random
import sys
from time import perf_counter
from typing import Final
from uuid import UUID

import orjson
import uvloop

from benchmarks.http import Connection, put
from benchmarks.job import Job, Told
from benchmarks.watch import Watch
from services.demo.stories import STORIES

_SERIOUS: Final = 0.1
_TAKEN: Final = (200, 201)
_REFUSED_PAUSE: Final = 0.02


class Load:
    """One job at work."""

    def __init__(self, job: Job, watch: Watch) -> None:
        self.job = job
        self.watch = watch
        self.refused = 0
        self.filed_ms: list[float] = []
        self._requests = _requests(job)

    async def file(self) -> None:
        """File everything, as fast as the connections allow or at the rate."""
        job = self.job
        opened = [await Connection.open(job.host, job.port) for _ in range(job.connections)]
        try:
            if job.rate is None:
                await asyncio.gather(*(self._busily(one) for one in opened))
            else:
                await self._at_rate(opened, job.rate)
        finally:
            for one in opened:
                one.close()

    async def _busily(self, connection: Connection) -> None:
        while self._requests:
            connection = await self._file_one(connection)

    async def _at_rate(self, opened: list[Connection], rate: float) -> None:
        free: asyncio.LifoQueue[Connection] = asyncio.LifoQueue()
        for one in opened:
            free.put_nowait(one)

        async def one_at(when: float) -> None:
            await asyncio.sleep(max(0.0, when - perf_counter()))
            connection = await free.get()
            free.put_nowait(await self._file_one(connection))

        start = perf_counter()
        await asyncio.gather(*(one_at(start + n / rate) for n in range(self.job.cases)))

    async def _file_one(self, connection: Connection) -> Connection:
        """File one report; return the connection to use next."""
        report_id, request = self._requests.pop()
        sent = perf_counter()
        try:
            status, _ = await connection.ask(request)
        except (asyncio.IncompleteReadError, ConnectionError):
            connection = await connection.again()
            status, _ = await connection.ask(request)
        now = perf_counter()
        if status in _TAKEN:
            self.filed_ms.append((now - sent) * 1000)
            self.watch.add(report_id, now)  # a first report's case has its id
        else:
            self.refused += 1
            await asyncio.sleep(_REFUSED_PAUSE)
        return connection


def _requests(job: Job) -> list[tuple[UUID, bytes]]:
    chance = random.Random(job.seed)  # noqa: S311 - no secret
    made = []
    for n in range(job.cases):
        report_id = UUID(int=chance.getrandbits(128), version=4)
        body = {
            "unit": chance.choice(job.units),
            "text": f"{chance.choice(STORIES).text} ({n})",
            "harm": "serious" if n % round(1 / _SERIOUS) == 0 else "none",
            "source": "phone",
        }
        path = f"/api/v1/reports/{report_id}"
        made.append((report_id, put(job.host, path, job.token, orjson.dumps(body))))
    return made


async def run(job: Job) -> Told:
    """Do a job."""
    watch = await Watch.open(job.database_url)
    load = Load(job, watch)
    filed = asyncio.Event()
    start = perf_counter()
    # At saturation looking begins when filing has ended, so that it does not slow it down.
    looking = asyncio.create_task(watch.until_done(filed, calm=False)) if job.rate else None
    await load.file()
    filing = perf_counter() - start
    filed.set()
    await (looking or watch.until_done(filed, calm=True))
    await watch.close()
    return Told(
        filed=len(load.filed_ms),
        refused=load.refused,
        filing_seconds=filing,
        seconds=watch.last - start,
        waits_ms=[wait * 1000 for wait in watch.waits],
        filed_ms=load.filed_ms,
    )


if __name__ == "__main__":
    told = uvloop.run(run(Job.model_validate_json(sys.stdin.read())))
    print(told.model_dump_json())
