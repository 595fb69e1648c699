"""The whole product in a directory of its own, as an operator would start it."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import psutil
from pydantic import BaseModel

from infra.embedded import data_dir as directory
from infra.embedded import processes
from infra.embedded.postgres import SHARED, Postgres
from services.supervise import record

REPOSITORY: Final = Path(__file__).parent.parent.parent
_START: Final = 180.0
_STOP: Final = 60.0
_KILL: Final = ((signal.SIGKILL, 10.0),)


class User(BaseModel):
    """Somebody of the demo who can file reports."""

    login: str
    token: str
    role: str
    unit: str | None


class Ready(BaseModel):
    """The line that `avvik demo --json` prints when all is there."""

    url: str
    nats_url: str
    users: list[User]


class House:
    """A supervisor in a process of its own, and what it has written down."""

    def __init__(self, process: subprocess.Popen[str], data_dir: Path, log: Path) -> None:
        self.process = process
        self.log = log
        self.ready = Ready(url="", nats_url="", users=[])
        self.seen: set[psutil.Process] = set()
        self._data_dir = data_dir
        if process.stdout is None:
            raise RuntimeError("started without a pipe")
        self._out = process.stdout

    @property
    def database_url(self) -> str:
        """The address of the database, for SQLAlchemy."""
        return self._record().database_url

    def alive(self) -> dict[str, psutil.Process]:
        """Return the children that run now, by name."""
        found = {}
        for name, who in self._record().children.items():
            process = who.process()
            if process and processes.alive(process):
                found[name] = process
        self.seen.update(found.values())
        return found

    def said(self) -> list[dict[str, Any]]:
        """Return every line of the log; a traceback is a line with the key `unstructured`."""
        lines = []
        for line in self.log.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                read = json.loads(line)
            except ValueError:
                read = None
            lines.append(read if isinstance(read, dict) else {"unstructured": line})
        return lines

    async def stop(self) -> list[str]:
        """Ask it to end, and tell what was not as it should be."""
        self.alive()
        self.seen.update(psutil.Process(self.process.pid).children(recursive=True))
        self.process.send_signal(signal.SIGTERM)
        try:
            code = await asyncio.to_thread(self.process.wait, _STOP)
        except subprocess.TimeoutExpired:
            return [f"the supervisor still ran {_STOP:.0f} s after SIGTERM"]
        left = [one.pid for one in self.seen if processes.alive(one)]
        faults = [f"the supervisor ended with {code}"] if code else []
        return faults + ([f"left running: {left}"] if left else [])

    async def wait_ready(self) -> None:
        """Return when the product has said where it is, and to whom it opens."""
        async with asyncio.timeout(_START):
            line = await asyncio.to_thread(self._out.readline)
        self.ready = Ready.model_validate_json(line)

    def throw_away(self) -> None:
        """End what is left and remove what lies outside the directory."""
        self.process.kill()
        self.process.wait()
        self._out.close()
        processes.end(self.seen, _KILL)
        detour = Postgres(self._data_dir).home
        if SHARED in detour.parents:
            shutil.rmtree(detour, ignore_errors=True)

    def _record(self) -> record.Record:
        text = record.path(self._data_dir).read_text(encoding="utf-8")
        return record.Record.model_validate_json(text)


@asynccontextmanager
async def house(log: Path | None = None) -> AsyncIterator[House]:
    """Run the product with the demo's municipality on free ports; nothing is left of it.

    But for its log, where a place for that is given.
    """
    top = Path(tempfile.mkdtemp(prefix="avvik-chaos-"))
    here = _started(top)
    try:
        await here.wait_ready()
        yield here
    finally:
        if here.process.poll() is None:
            await here.stop()
        here.throw_away()
        if log:
            shutil.copy(here.log, log)
        shutil.rmtree(top, ignore_errors=True)


def _started(top: Path) -> House:
    top.chmod(0o711)  # the account PostgreSQL runs under must pass through
    data_dir = directory.prepare(top / "data")
    words = ("demo", "--json", "--port", "0", "--data-dir", str(data_dir))
    ours = {name: value for name, value in os.environ.items() if "AVVIK_" not in name}
    with (top / "avvik.log").open("ab") as log:
        process = subprocess.Popen(
            (sys.executable, "-m", "services.cli", *words),
            cwd=REPOSITORY,
            env=ours | {"PYTHONPATH": str(REPOSITORY)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    return House(process, data_dir, top / "avvik.log")
