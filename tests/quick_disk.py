"""Lays everything temporary in memory, where the machine has the room."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - where Linux keeps files in memory
ROOM: Final = 4 * 1024**3
"""Bytes that must be free: each process has its servers, and copies of their databases."""


def use_memory() -> None:
    """Let this process and its children lay temporary files there, unless told where to.

    Each test has a database, some hundred files: a third of a second on a disk that writes
    through, a hundredth in memory. The servers are the same, and so is what they are told.
    """
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK | os.X_OK):
        return
    if shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # pytest has asked before us
