"""A reverse proxy that is the bad network between browser and product, as a test says.

    with faulty_net(product.url) as net:
        net.let("/api/", drop_answer(2))      # the longest prefix of the path decides
        …
        assert net.count(What.DROPPED) == 2

Every connection is used once: a browser sends again by itself what fails on a connection that
it has used before, and then it would not be the test who says how often something fails.
"""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from struct import pack
from threading import Lock, Thread
from typing import Any, Final, cast
from urllib.parse import urlsplit

from typing_extensions import override  # in typing from 3.12

from tests.browser.faults import PASS, Fault, What
from tests.browser.http_messages import Head, read_body, read_head

_WIFI: Final = (
    "<!doctype html><html lang=sv><title>Logga in på wifi</title>"
    "<h1>Logga in på wifi</h1><p>Godkänn villkoren för att surfa.</p></html>"
).encode()
_WIFI_PAGE: Final = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\n"
    b"connection: close\r\ncontent-length: %d\r\n\r\n%s" % (len(_WIFI), _WIFI)
)
_MOST_HEAD: Final = 256 * 1024
_PIECE: Final = 64 * 1024
_LOOK: Final = 0.2
_TURNS: Final = 10
"""Turns of the loop, more than enough for what was accepted last to have its task."""

_LOST: Final = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError)


@dataclass(frozen=True)
class Seen:
    """A request and what happened to it."""

    method: str
    path: str
    what: What


class _Connection(asyncio.StreamReaderProtocol):
    """A browser's connection, known from the moment it is there until it is gone."""

    def __init__(self, known: set[asyncio.BaseTransport], *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._known = known

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._known.add(transport)
        self._mine = transport
        super().connection_made(transport)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._known.discard(self._mine)
        super().connection_lost(exc)


class FaultyNet:
    """The proxy; what it does may be changed at any time, from the test's own thread."""

    def __init__(self, product: str) -> None:
        there = urlsplit(product)
        self._there = (cast("str", there.hostname), cast("int", there.port))
        self._lock = Lock()
        self._faults: dict[str, Fault] = {}
        self._swaps: dict[str, tuple[bytes, bytes]] = {}
        self._seen: list[Seen] = []
        self._open: set[asyncio.Task[None]] = set()
        self._transports: set[asyncio.BaseTransport] = set()
        self.url = ""

    def let(self, prefix: str, fault: Fault) -> None:
        """Let this happen to requests whose path begins so, from now on."""
        with self._lock:
            self._faults[prefix] = fault

    def swap(self, path: str, old: bytes, new: bytes) -> None:
        """Let the product say `new`, of the same length, where it says `old` at this path."""
        assert len(old) == len(new)
        with self._lock:
            self._swaps[path] = (old, new)

    def mend(self) -> None:
        """Let everything through again."""
        with self._lock:
            self._faults.clear()

    @property
    def seen(self) -> list[Seen]:
        """Every request so far, in the order in which they came."""
        with self._lock:
            return list(self._seen)

    @property
    def connections(self) -> int:
        """How many browsers' connections are open now."""
        return len(self._open)

    def count(self, what: What, prefix: str = "", method: str = "") -> int:
        """Count what happened, to all or to requests of such a path and method."""
        return sum(
            it.what is what and it.path.startswith(prefix) and method in ("", it.method)
            for it in self.seen
        )

    async def serve(self) -> asyncio.Server:
        """Begin to listen on a free port of this machine's own."""
        loop = asyncio.get_running_loop()

        def connection() -> _Connection:
            reader = asyncio.StreamReader(limit=_MOST_HEAD, loop=loop)
            return _Connection(self._transports, reader, self._client, loop=loop)

        server = await loop.create_server(connection, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        return server

    async def close(self) -> None:
        """Cut every connection."""
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)
        for left in [*self._transports]:
            cast("asyncio.Transport", left).abort()
        await asyncio.sleep(0)

    def _next(self, head: Head) -> What:
        with self._lock:
            fitting = [it for it in self._faults if head.path.startswith(it)]
            prefix = max(fitting, key=len, default="")
            fault = self._faults.get(prefix, PASS)
            if fault.times == 0:
                fault = PASS
            elif fault.times is not None:
                self._faults[prefix] = Fault(fault.what, fault.times - 1)
        return fault.what

    def _note(self, head: Head, what: What) -> None:
        with self._lock:
            self._seen.append(Seen(head.method, head.path, what))

    async def _client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = cast("asyncio.Task[None]", asyncio.current_task())
        self._open.add(task)
        try:
            await self._request(reader, writer)
            writer.close()
            await writer.wait_closed()
        except (*_LOST, asyncio.CancelledError):
            _reset(writer)
        finally:
            self._open.discard(task)

    async def _request(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = await read_head(reader)
        body = await read_body(reader, head)
        what = self._next(head)
        if what is What.REFUSED:
            self._note(head, what)
            raise ConnectionResetError
        if what is What.LOGIN_PAGE:
            self._note(head, what)
            writer.write(_WIFI_PAGE)
            await writer.drain()
            return
        try:
            there, to = await asyncio.open_connection(*self._there, limit=_MOST_HEAD)
        except OSError:
            self._note(head, What.UNREACHABLE)
            raise
        swap = self._swaps.get(head.path)
        try:
            to.write((head.without(b"accept-encoding") if swap else head).written() + body)
            if what is What.DROPPED:
                await there.read()
                self._note(head, what)
                raise ConnectionResetError
            self._note(head, what)
            if swap:
                writer.write((await there.read()).replace(*swap))
                await writer.drain()
                return
            await _pass_on(there, reader, writer)
        finally:
            to.transport.abort()  # the answer is over, or nobody wants it


def _reset(writer: asyncio.StreamWriter) -> None:
    """End a connection as a lost network does, not as an answer that is over."""
    with suppress(OSError):  # the other end was first
        if ours := writer.get_extra_info("socket"):
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, pack("ii", 1, 0))
    writer.transport.abort()


async def _pass_on(
    there: asyncio.StreamReader, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Pass an answer on piece by piece as it comes, for as long as somebody listens."""
    writer.write((await read_head(there)).written())
    coming = asyncio.ensure_future(there.read(_PIECE))
    try:
        while not (reader.at_eof() or writer.is_closing()):
            # Looks up now and then: a stream may be silent long after somebody has left it.
            await asyncio.wait({coming}, timeout=_LOOK)
            if not coming.done():
                continue
            if not (piece := coming.result()):
                return
            writer.write(piece)
            await writer.drain()
            coming = asyncio.ensure_future(there.read(_PIECE))
    finally:
        coming.cancel()


@contextmanager
def faulty_net(product: str) -> Iterator[FaultyNet]:
    """Stand between until the block ends; a loop in a thread of its own serves."""
    net = FaultyNet(product)
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, name="faulty-net", daemon=True)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(net.serve(), loop).result(10)

    async def end() -> None:
        server.close()
        await net.close()

    try:
        yield net
    finally:
        asyncio.run_coroutine_threadsafe(end(), loop).result(20)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
