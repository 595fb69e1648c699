"""Small files that must be whole, last through a power cut and be read by their owner only."""

import os
import secrets
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from infra.faults import CannotStart

Kept = TypeVar("Kept", bound=BaseModel)


def write(path: Path, text: str) -> None:
    """Replace the file in one step: a reader sees the old text or the new, never half."""
    draft = _draft(path, text)
    draft.replace(path)
    sync_directory(path.parent)


def write_once(path: Path, text: str) -> None:
    """Make the file unless it is there; of two who try at once, one wins and both agree."""
    if path.exists():
        return
    draft = _draft(path, text)
    try:
        # A link refuses to overwrite, which a rename would not.
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    sync_directory(path.parent)


def read(path: Path, shape: type[Kept]) -> Kept | None:
    """Return what the file holds, or nothing where there is no file."""
    try:
        return shape.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise CannotStart(
            f"Filen {path} går inte att läsa. Återställ den från kopia."
        ) from error


def sync_directory(path: Path) -> None:
    """Make names in the directory last; on Linux a file's own fsync does not promise that."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _draft(path: Path, text: str) -> Path:
    draft = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft
