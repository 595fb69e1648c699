"""Starts everything Avvik consists of, keeps it running, and leaves nothing behind."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import structlog

from infra.embedded import data_dir as directory
from infra.embedded import private_file
from infra.embedded.master_key import ensure_master_key
from infra.embedded.nats import Nats
from infra.embedded.postgres import Postgres
from infra.embedded.program import Program
from infra.faults import CannotStart
from infra.settings import settings
from services.supervise import given, record
from services.supervise.child import Child, run_once
from services.supervise.lock import exclusive
from services.supervise.web_door import WebDoor, choose_door

_log = structlog.get_logger()


def _avvik(command: str) -> Program:
    return Program(command, (sys.executable, "-m", "services.cli", command))


# Run to its end before the others start.
MIGRATE = _avvik("migrate")
# Kept running, started in this order and stopped in reverse.
PROGRAMS = (
    _avvik("web"),
    _avvik("relay"),
    _avvik("timer"),
    _avvik("worker"),
)

_SERVER_TIMEOUT = 60.0
_WEB_TIMEOUT = 60.0


@dataclass(frozen=True)
class Running:
    """Where to find what now runs."""

    url: str
    database_url: str
    nats_url: str
    data_dir: Path
    master_key_file: Path | None  # none where AVVIK_MASTER_KEY holds the key itself


OnReady = Callable[[Running], Awaitable[None]]


async def run(
    *,
    port: int,
    host: str,
    data_dir: Path,
    on_ready: OnReady | None = None,
    programs: tuple[Program, ...] = PROGRAMS,
    migrate: Program = MIGRATE,
) -> None:
    """Run until SIGINT or SIGTERM, or until cancelled; nothing is left running after it.

    Raises `CannotStart` with the reason when it cannot get as far as a web that answers.
    """
    data_dir = directory.prepare(data_dir)
    with exclusive(data_dir):
        household = _Household(data_dir, programs, migrate)
        await _until_told(household.live(host, port, on_ready))


class _Household:
    """The servers and programs of one data directory."""

    def __init__(self, data_dir: Path, programs: tuple[Program, ...], migrate: Program) -> None:
        self._data_dir = data_dir
        self._programs = programs
        self._migrate = migrate
        self._settled = asyncio.Event()
        self._servers: list[Child] = []
        self._children: list[Child] = []
        us = record.identity(os.getpid())
        if us is None:
            raise RuntimeError("we are not running")
        self._record = record.Record(supervisor=us)

    async def live(self, host: str, port: int, on_ready: OnReady | None) -> None:
        """Start everything in its order, then watch over it until cancelled."""
        postgres, nats = Postgres(self._data_dir), Nats(self._data_dir)
        await _whatever_comes(asyncio.to_thread(self._end_orphans, postgres, nats))
        door = choose_door(host, port)
        try:
            running = await self._start_servers(door, postgres, nats)
            await self._start_programs(door, running)
            self._settled.set()
            _log.info("supervisor.ready", url=running.url)
            if on_ready:
                await self._meanwhile(_awaited(on_ready(running)))
            await self._meanwhile(asyncio.Event().wait())
        finally:
            await _whatever_comes(self._stop())

    def _end_orphans(self, postgres: Postgres, nats: Nats) -> None:
        """End what was left running, those who use the servers before the servers."""
        record.end_orphans(self._data_dir, but=frozenset({postgres.name, nats.name}))
        nats.end_strays()
        postgres.end_strays()

    async def _start_servers(self, door: WebDoor, postgres: Postgres, nats: Nats) -> Running:
        """Start a server of our own for each that was not given."""
        chosen = settings()
        if chosen.database_url:
            await given.check_postgres(chosen.database_url)
        if chosen.nats_url:
            await given.check_nats(chosen.nats_url)
        own: list[Postgres | Nats] = []
        own += [] if chosen.database_url else [postgres]
        own += [] if chosen.nats_url else [nats]
        for server in own:
            # A thread cannot be cancelled, and must not outlive our hold of the directory.
            await _whatever_comes(asyncio.to_thread(server.ensure))
        key = None if chosen.master_key else chosen.master_key_file
        if not (chosen.master_key or key):
            key = ensure_master_key(self._data_dir)
        running = Running(
            url=door.url,
            database_url=str(chosen.database_url or postgres.url),
            nats_url=str(chosen.nats_url or nats.url),
            data_dir=self._data_dir,
            master_key_file=key,
        )
        self._record.url = running.url
        self._record.database_url = running.database_url
        self._record.nats_url = running.nats_url
        self._servers += [self._child(server.program()) for server in own]
        for server in own:
            await self._meanwhile(server.wait_ready(_SERVER_TIMEOUT))
        return running

    async def _start_programs(self, door: WebDoor, running: Running) -> None:
        """Bring the tables up to date, then start what uses them and wait for the web."""
        environment = {
            **os.environ,
            "AVVIK_DATABASE_URL": running.database_url,
            "AVVIK_NATS_URL": running.nats_url,
            "AVVIK_DATA_DIR": str(running.data_dir),
            "AVVIK_HOST": door.host,
            "AVVIK_PORT": str(door.port),
        }
        if running.master_key_file:
            environment["AVVIK_MASTER_KEY_FILE"] = str(running.master_key_file.absolute())
        migrate = replace(self._migrate, environment=environment)
        code = await self._meanwhile(run_once(migrate, self._note))
        self._record.children.pop(migrate.name, None)
        if code:
            raise CannotStart(
                f"Databasen gick inte att uppdatera (migrate slutade med {code})."
            )
        for program in self._programs:
            self._children.append(self._child(replace(program, environment=environment)))
        await self._meanwhile(door.wait_ready(_WEB_TIMEOUT))

    def _child(self, program: Program) -> Child:
        return Child(program, self._note, self._settled)

    def _note(self, name: str, pid: int) -> None:
        if who := record.identity(pid):
            self._record.children[name] = who
            private_file.write(
                record.path(self._data_dir), self._record.model_dump_json(indent=2)
            )

    async def _meanwhile(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Do the work while the children live; one that has given up ends it."""
        task = asyncio.create_task(work)
        watched = {child.task for child in (*self._servers, *self._children)}
        try:
            await asyncio.wait({task, *watched}, return_when=asyncio.FIRST_COMPLETED)
            for one in watched:
                if one.done():
                    one.result()
            return await task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _stop(self) -> None:
        """Stop the programs, who need the servers to finish, then the servers."""
        await asyncio.gather(*(child.stop() for child in reversed(self._children)))
        for child in reversed(self._servers):
            await child.stop()
        # Asked for, so that a child which gave up is not reported a second time.
        every = [child.task for child in (*self._servers, *self._children)]
        await asyncio.gather(*every, return_exceptions=True)
        record.path(self._data_dir).unlink(missing_ok=True)
        _log.info("supervisor.stopped")


async def _whatever_comes(work: Coroutine[Any, Any, None]) -> None:
    """Finish the work before being cancelled: a second Ctrl-C must not leave orphans."""
    task = asyncio.create_task(work)
    told: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            told = error
    task.result()
    if told:
        raise told


async def _awaited(work: Awaitable[None]) -> None:
    await work


async def _until_told(work: Coroutine[Any, Any, None]) -> None:
    """Do the work until it is done or a signal asks us to stop, and let it clean up."""
    loop = asyncio.get_running_loop()
    working = asyncio.create_task(work)
    # They stay until the loop closes: a second Ctrl-C then has nothing left to interrupt.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, working.cancel)
    try:
        await asyncio.wait({working})
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    if not working.cancelled():
        working.result()
