"""Keeps a body from being read into memory without bound."""

import re
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.web.problem import Problem

REPORT_BYTES: Final = 256 * 1024
"""A story of 20 000 characters takes at most 80 kB as UTF-8, 240 kB when JSON escapes it."""


MOST_BYTES: Final = 1024 * 1024
"""What any other body may be: the longest command has a handful of texts as long."""

ENVELOPE_BYTES: Final = 2 * 1024 * 1024
"""A phone's report with three photos of 300 kB, in base64."""

UPLOAD_BYTES: Final = 101 * 1024 * 1024
"""What one form with files may be: as many and as large as a case takes."""
_MORE: Final = (
    (re.compile(r"/arende/[^/]+/filer"), UPLOAD_BYTES),
    (re.compile(r"/kuvert/.+"), 2 * ENVELOPE_BYTES),  # the route refuses sooner
)
"""Addresses whose bodies may be larger; a form with files is kept on disk while it is read."""


def takes_files(path: str) -> bool:
    """Tell whether a body at the address may be files, too much to read for anybody."""
    return most_of(path) == UPLOAD_BYTES


def most_of(path: str) -> int:
    """Return how large a body an address takes."""
    return next((most for where, most in _MORE if where.fullmatch(path)), MOST_BYTES)


class Bounded:
    """Stops a body that is read by the framework, before anybody has looked who sends it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; files are bounded where they are read."""
        if scope["type"] != "http" or "/attachments/" in scope["path"]:
            await self._app(scope, receive, send)
            return
        most = most_of(scope["path"])
        size = 0

        async def bounded() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > most:
                raise HTTPException(413)
            return message

        await self._app(scope, bounded, send)


async def body_of(request: Request, most: int, said: str) -> bytes:
    """Return the body, or raise a 413 `Problem` as soon as it is longer than `most` bytes."""
    too_long = Problem(413, "too_large", said)
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length[:20]) > most:
        raise too_long
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise too_long
        parts.append(part)
    return b"".join(parts)
