"""Reads HTTP/1.1 messages off a stream as far as a proxy must understand them."""

from asyncio import StreamReader
from dataclasses import dataclass
from typing import Final

_ONE_HOP: Final = {b"connection", b"keep-alive", b"proxy-connection"}


@dataclass(frozen=True)
class Head:
    """The first line of a request or an answer, and its headers as they came."""

    first: bytes
    headers: tuple[tuple[bytes, bytes], ...]

    @property
    def method(self) -> str:
        """The method, where it is a request."""
        return self.first.split(b" ", 1)[0].decode("ascii", "replace")

    @property
    def path(self) -> str:
        """The path with its query, where it is a request."""
        words = self.first.split(b" ")
        return words[1].decode("ascii", "replace") if len(words) > 1 else ""

    def get(self, name: bytes) -> bytes:
        """Return a header's value in lower case, empty where it is not there."""
        return next((value.lower() for key, value in self.headers if key == name), b"")

    def without(self, name: bytes) -> "Head":
        """Return the same head but for one header."""
        return Head(self.first, tuple(pair for pair in self.headers if pair[0] != name))

    def written(self) -> bytes:
        """Return the head as it is sent on: this connection is for this message only."""
        kept = [pair for pair in self.headers if pair[0] not in _ONE_HOP]
        lines = [key + b": " + value for key, value in [*kept, (b"connection", b"close")]]
        return b"\r\n".join([self.first, *lines, b"", b""])


async def read_head(reader: StreamReader) -> Head:
    """Read a head; raises `IncompleteReadError` where the other side ends first."""
    text = await reader.readuntil(b"\r\n\r\n")
    first, *lines = text[:-4].split(b"\r\n")
    pairs = (line.partition(b":") for line in lines)
    return Head(first, tuple((name.strip().lower(), value.strip()) for name, _, value in pairs))


async def read_body(reader: StreamReader, head: Head) -> bytes:
    """Read a request's whole body as it stands on the wire, chunks and all."""
    if b"chunked" not in head.get(b"transfer-encoding"):
        return await reader.readexactly(int(head.get(b"content-length") or 0))
    parts: list[bytes] = []
    while True:
        line = await reader.readuntil(b"\r\n")
        size = int(line.split(b";")[0], 16)
        parts += [line, await reader.readexactly(size + 2)] if size else [line]
        if not size:
            while (trailer := await reader.readuntil(b"\r\n")) != b"\r\n":
                parts.append(trailer)
            return b"".join([*parts, b"\r\n"])
