"""The connection to NATS: never gives up by itself, and never dies in silence."""

import os
import sys
from collections.abc import Callable
from types import TracebackType

import structlog
from faststream.nats import NatsBroker
from nats.errors import ConnectionReconnectingError
from typing_extensions import override

from infra.faults import CannotStart
from infra.outage import Outage
from infra.settings import settings

log = structlog.get_logger()


def die() -> None:
    """End the process at once: whoever started it will start it again."""
    sys.stderr.flush()
    os._exit(70)


class Broker(NatsBroker):
    """FastStream's broker, which knows whether its connection was closed on purpose."""

    leaving = False

    @override
    async def stop(
        self,
        exc_type: type[BaseException] | None = None,
        exc_val: BaseException | None = None,
        exc_tb: TracebackType | None = None,
    ) -> None:
        self.leaving = True
        try:
            await super().stop(exc_type, exc_val, exc_tb)
        except ConnectionReconnectingError:  # a server that is away takes no leave
            if self._connection is not None:
                await self._connection.close()


def make_broker(
    process: str, *, url: str | None = None, on_closed: Callable[[], None] = die
) -> Broker:
    """Build the connection of a process; it reconnects for ever, also at the first try.

    A closed connection that nobody asked for means `on_closed`: nats-py has then given up,
    FastStream would spin in its fetch loop and block the event loop, signals and all.
    """
    address = url or settings().nats_url
    if address is None:
        raise CannotStart("AVVIK_NATS_URL saknas. Ange den eller starta med `avvik up`.")
    outage = Outage("stream")

    async def failed(error: Exception) -> None:
        # Called once per attempt during an outage. The type only: texts may quote a message.
        outage.failed(error)

    async def reconnected() -> None:
        outage.over()

    async def closed() -> None:
        if not broker.leaving:
            log.critical("stream.closed")
            on_closed()

    broker = Broker(
        str(address),
        name=f"avvik-{process}",
        allow_reconnect=True,
        max_reconnect_attempts=-1,
        reconnect_time_wait=1,
        ping_interval=20,
        graceful_timeout=20.0,
        error_cb=failed,
        reconnected_cb=reconnected,
        closed_cb=closed,
        # FastStream's own log lines quote the exception's text; ours name its type.
        logger=None,
    )
    return broker
