"""Who runs right now, on disk: for the next start, should we be killed, and for tools."""

from pathlib import Path

import psutil
from pydantic import BaseModel

from infra.embedded import private_file, processes
from infra.embedded.program import ENDINGS

# How far two readings of one process's start may lie apart: the clock they are counted from is
# the wall's, which is set right now and then.
_SAME_START = 1.0


class Identity(BaseModel):
    """A process id with the moment it started, since ids are given out again."""

    pid: int
    started: float

    def process(self) -> psutil.Process | None:
        """Return the process if it is still the same one."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.started) < _SAME_START
        except psutil.NoSuchProcess:
            return None
        return process if same else None


class Record(BaseModel):
    """What `run.json` holds."""

    supervisor: Identity
    children: dict[str, Identity] = {}
    url: str = ""
    database_url: str = ""
    nats_url: str = ""


def path(data_dir: Path) -> Path:
    """Return where the record lies; it holds passwords and is for its owner only."""
    return data_dir / "run.json"


def identity(pid: int) -> Identity | None:
    """Tell who has that id now; nothing if it is gone already."""
    try:
        return Identity(pid=pid, started=psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return None


def end_orphans(data_dir: Path, but: frozenset[str]) -> None:
    """End what a supervisor that was killed left running, apart from the servers named."""
    record = private_file.read(path(data_dir), Record)
    if record is None:
        return
    left = [one.process() for name, one in record.children.items() if name not in but]
    processes.end([one for one in left if one], ENDINGS)
