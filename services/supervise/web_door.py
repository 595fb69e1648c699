"""Where the web listens, seen from outside."""

import asyncio
import errno
from dataclasses import dataclass

from infra.embedded import ports
from infra.faults import CannotStart

_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - compared with


@dataclass(frozen=True)
class WebDoor:
    """An address and a port of this machine."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address to open in a browser here."""
        host = _ANYWHERE.get(self.host, self.host)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    async def wait_ready(self, timeout: float) -> None:
        """Return when /readyz says 200."""
        clock = asyncio.get_running_loop().time
        deadline = clock() + timeout
        while clock() < deadline:
            try:
                async with asyncio.timeout(5):
                    if await self._status() == "200":
                        return
            except (OSError, TimeoutError, asyncio.IncompleteReadError):
                pass  # not yet
            await asyncio.sleep(0.05)
        raise CannotStart(f"Webben blev inte redo inom {timeout:.0f} s. Se loggen ovan.")

    async def _status(self) -> str:
        host = _ANYWHERE.get(self.host, self.host)
        reader, writer = await asyncio.open_connection(host, self.port)
        try:
            writer.write(
                b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            )
            line = await reader.readuntil(b"\r\n")
        finally:
            writer.close()
        return line.decode("latin-1").split(" ")[1]


def choose_door(host: str, port: int) -> WebDoor:
    """Return where the web is to listen, having tried it; port 0 picks one."""
    if error := ports.refusal(port, host):
        if error.errno == errno.EADDRINUSE:
            raise CannotStart(
                f"Port {port} på {host} är upptagen. "
                "Välj en annan med --port eller AVVIK_PORT, eller 0 för vilken som helst."
            )
        raise CannotStart(f"Avvik kan inte lyssna på port {port} på {host}: {error.strerror}.")
    return WebDoor(host, port or ports.free_port(host))
