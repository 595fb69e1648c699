"""Sees to it that a data directory is used by one Avvik at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.embedded.data_dir import unusable
from infra.faults import CannotStart


@contextmanager
def exclusive(data_dir: Path) -> Iterator[None]:
    """Hold the directory; the kernel lets go of it even when we are killed."""
    try:
        handle = os.open(data_dir / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:  # another user's, or a disk that cannot be written to
        raise unusable(data_dir, error) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(handle, 20).decode() or "okänd"
            raise CannotStart(
                f"Datakatalogen {data_dir} används redan av en annan Avvik (process {holder})."
            ) from error
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        os.close(handle)
