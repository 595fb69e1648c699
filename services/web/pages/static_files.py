"""Style sheets, scripts and icons: read once, named by what is in them, kept for ever."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request, Response

from services.web.pages.joined import joined
from services.web.pages.packing import packed_or_not
from services.web.problem import Problem

router = APIRouter(include_in_schema=False)

FOLDER: Final = Path(__file__).parent / "static"
_FOREVER: Final = "public, max-age=31536000, immutable"
_JOINED: Final = frozenset({"phone.js"})
"""Scripts that are sent whole: a phone on a thin line waits for every request."""
_TYPES: Final = {".js": "text/javascript", ".webmanifest": "application/manifest+json"}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is sent, packed (gzip) and not."""

    content: bytes
    packed: bytes
    media_type: str


@cache
def files() -> dict[str, StaticFile]:
    """Return every file by its name below the folder, for example `js/phone.js`."""
    return {
        path.relative_to(FOLDER).as_posix(): _read(path)
        for path in sorted(FOLDER.rglob("*"))
        if path.is_file()
    }


@cache
def version() -> str:
    """Return a name that changes with any of the files: scripts import each other by place."""
    told = hashlib.sha256()
    for name, file in files().items():
        told.update(name.encode() + b"\0" + file.content + b"\0")
    return told.hexdigest()[:12]


def address(name: str) -> str:
    """Return where a file is fetched; raises `KeyError` for one that does not exist."""
    files()[name]
    return f"/static/{version()}/{name}"


@router.get("/static/{asked}/{name:path}")
async def static(asked: str, name: str, request: Request) -> Response:
    """Send a file. A page from before an update gets today's file, which it may not keep."""
    file = files().get(name)
    if file is None:
        raise Problem(404, "not_found", "Filen finns inte.")
    kept = _FOREVER if asked == version() else "no-cache"
    return packed_or_not(
        request, file.content, file.packed, file.media_type, {"Cache-Control": kept}
    )


def _read(path: Path) -> StaticFile:
    whole = path.name in _JOINED
    content = joined(path).encode() if whole else path.read_bytes()
    guessed = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    return StaticFile(
        content, gzip.compress(content, 9, mtime=0), guessed or "application/octet-stream"
    )
