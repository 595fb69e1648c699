"""A client for HTTP/1.1 that costs next to nothing: the load must not measure itself."""

import asyncio
from typing import Final, Self

_TIMEOUT: Final = 60.0


class Connection:
    """One kept-alive connection; one request at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, host: str, port: int) -> Self:
        """Connect."""
        return cls(*await asyncio.open_connection(host, port))

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send a request; return status and head of the answer, its body read and dropped."""
        self._writer.write(request)
        async with asyncio.timeout(_TIMEOUT):
            head = await self._reader.readuntil(b"\r\n\r\n")
            low = head.lower()
            start = low.find(b"content-length:")
            if start >= 0:
                length = int(low[start + 15 : low.index(b"\r\n", start)])
                await self._reader.readexactly(length)
        return int(head[9:12]), head

    async def again(self) -> Self:
        """Connect anew: the server hangs up on who has been silent for some seconds."""
        host, port = self._writer.get_extra_info("peername")[:2]
        self.close()
        return await self.open(host, port)

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


def put(host: str, path: str, token: str, body: bytes) -> bytes:
    """Write a PUT request with a JSON body."""
    head = (
        f"PUT {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
