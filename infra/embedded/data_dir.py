"""The directory that holds everything the embedded servers keep."""

import os
from pathlib import Path

from infra.faults import CannotStart


def prepare(path: Path) -> Path:
    """Make the directory unless it is there, and return where it really lies."""
    path = path.expanduser().resolve()
    try:
        if not path.exists():
            path.mkdir(parents=True)
            # The account PostgreSQL runs under when we are root must pass through; what is
            # secret in here has a mode of its own.
            path.chmod(0o711 if os.geteuid() == 0 else 0o700)
        (path / "log").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise unusable(path, error) from error
    return path


def unusable(path: Path, error: OSError) -> CannotStart:
    """Say that the directory is not ours to use, and what to do about it."""
    return CannotStart(
        f"Datakatalogen {path} går inte att använda: {error.strerror}. "
        "Ange en annan med --data-dir eller AVVIK_DATA_DIR."
    )
