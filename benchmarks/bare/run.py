"""Runs the reference beside the product: same servers, a database and a stream of its own."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Final

import asyncpg
import nats
from nats.js.api import StreamConfig
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks import town
from benchmarks.bare.common import PREFIX, STREAM
from benchmarks.job import Job
from benchmarks.product import ROOT, Product
from benchmarks.runs import Target
from benchmarks.town import Town
from infra import db
from infra.embedded.ports import free_port, is_free
from infra.settings import settings
from infra.stream.streams import CASES
from services import caches
from services.migrate import migrate_at

_NAME: Final = "bare"
_PROCESSES: Final = ("web", "relay", "worker")


class Bare:
    """The reference, prepared: `running` starts and stops its processes."""

    def __init__(self, product: Product) -> None:
        self.database_url = f"{product.record.database_url.rsplit('/', 1)[0]}/{_NAME}"
        self.nats_url = product.record.nats_url
        self.port = free_port()
        self._servers = (product.pid("postgres"), product.pid("nats"))
        product.use()
        self.town: Town = asyncio.run(self._prepare(product.record.database_url))
        product.use()

    async def _prepare(self, beside: str) -> Town:
        admin = await asyncpg.connect(beside.replace("+asyncpg", ""))
        await admin.execute(f"CREATE DATABASE {_NAME}")
        await admin.close()
        engine = create_async_engine(self.database_url)
        await migrate_at(engine)
        await engine.dispose()
        os.environ["AVVIK_DATABASE_URL"] = self.database_url
        settings.cache_clear()
        caches.forget()
        await db.dispose()
        made = await town.make()
        await db.dispose()
        connection = await nats.connect(self.nats_url)
        like = CASES.wanted(batches=True) | {"name": STREAM, "subjects": [f"{PREFIX}.>"]}
        await connection.jetstream().add_stream(StreamConfig(**like))
        await connection.close()
        return made

    def target(self) -> Target:
        """Return where to file; its processes are named once they run."""
        job = Job(
            host="127.0.0.1",
            port=self.port,
            token=self.town.token,
            units=list(self.town.units),
            database_url=self.database_url,
            cases=0,
        )
        return Target(job, list(self._servers), self.nats_url, STREAM)

    @contextmanager
    def running(self, target: Target) -> Iterator[None]:
        """Run the three processes until the block ends, and let their time count."""
        environment = {
            **os.environ,
            "BARE_DATABASE_URL": self.database_url.replace("+asyncpg", ""),
            "BARE_NATS_URL": self.nats_url,
            "BARE_PORT": str(self.port),
        }
        started = [
            subprocess.Popen(
                [sys.executable, "-m", f"benchmarks.bare.{name}"], env=environment, cwd=ROOT
            )
            for name in _PROCESSES
        ]
        try:
            end = monotonic() + 30
            while is_free(self.port) and monotonic() < end:
                sleep(0.1)
            sleep(0.5)
            if any(one.poll() is not None for one in started):
                raise SystemExit("the reference did not start")
            target.roots[:] = [*self._servers, *(one.pid for one in started)]
            yield
        finally:
            for one in started:
                one.terminate()
            for one in started:
                one.wait(30)
