"""Keeps a body from being read into memory without bound."""

from typing import Final

from starlette.requests import Request

from services.web.problem import Problem

REPORT_BYTES: Final = 256 * 1024
"""A story of 20 000 characters takes at most 80 kB as UTF-8, 240 kB when JSON escapes it."""


async def body_of(request: Request, most: int, said: str) -> bytes:
    """Return the body, or raise a 413 `Problem` as soon as it is longer than `most` bytes."""
    too_long = Problem(413, "too_large", said)
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > most:
        raise too_long
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise too_long
        parts.append(part)
    return b"".join(parts)
