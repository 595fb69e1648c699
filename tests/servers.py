"""Real servers for tests: one PostgreSQL and one NATS of our own, ended by process id."""

import asyncio
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from infra.embedded import data_dir as directory
from infra.embedded.nats import Nats
from infra.embedded.postgres import SHARED, Postgres


@contextmanager
def temporary_data_dir() -> Iterator[Path]:
    """Give a directory every account can reach; pytest's own is for its owner only."""
    top = Path(tempfile.mkdtemp(prefix="avvik-"))
    top.chmod(0o711)
    try:
        yield directory.prepare(top / "data")
    finally:
        detour = Postgres(top / "data").home
        if SHARED in detour.parents:
            shutil.rmtree(detour, ignore_errors=True)
        shutil.rmtree(top, ignore_errors=True)


@contextmanager
def running(server: Postgres | Nats) -> Iterator[subprocess.Popen[bytes]]:
    """Run the server until the block ends."""
    server.ensure()
    with started(server) as process:
        yield process


@contextmanager
def started(server: Postgres | Nats) -> Iterator[subprocess.Popen[bytes]]:
    """Do as `running`, for a server that is prepared already."""
    program = server.program()
    program.before_start()
    with server.log.open("ab") as log:
        process = subprocess.Popen(
            program.leashed(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=program.environment,
            cwd=program.directory,
            start_new_session=True,
        )
    try:
        apart(server.wait_ready(60))
        yield process
    finally:
        for number, patience in program.endings:
            process.send_signal(number)
            try:
                process.wait(patience)
                break
            except subprocess.TimeoutExpired:
                continue


def apart(work: Coroutine[Any, Any, Any]) -> Any:
    """Run it on a loop in another thread: a fixture must not disturb the loop of the tests."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def until(true: Callable[[], Any]) -> None:
    """Wait until it is true; how long a loaded machine needs is nobody's promise."""
    deadline = monotonic() + 60
    while not true():
        assert monotonic() < deadline, "it never came true"
        sleep(0.02)


class NatsServer:
    """A NATS that a test may kill and start again on the same port and files."""

    def __init__(self, where: Path) -> None:
        self._server = Nats(directory.prepare(where / "nats-data"))
        self._server.ensure()
        self.url = self._server.url
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = self._server.program()
        with self._server.log.open("ab") as log:
            self.process = subprocess.Popen(
                program.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        apart(self._server.wait_ready(60))

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()


@contextmanager
def nats_server(where: Path) -> Iterator[NatsServer]:
    server = NatsServer(where)
    server.start()
    try:
        yield server
    finally:
        server.stop()
