"""`avvik web`: the HTTP process."""

import signal
import sys
from contextlib import suppress
from typing import Final

import click
import uvicorn

from infra import log
from infra.db import address
from infra.embedded.ports import refusal
from infra.faults import CannotStart
from infra.settings import settings
from services.web.app import create_app
from services.web.server import Server

_NOT_STARTED: Final = 3
"""What uvicorn ends with by itself when it could not listen."""


@click.command("web")
def command() -> None:
    """Kör webben: API:et för telefon, skrivbord och andra system."""
    log.configure("web")
    chosen = settings()
    # Said before uvicorn starts, which would wrap the sentence in a traceback.
    address()
    if chosen.nats_url is None:
        raise CannotStart("AVVIK_NATS_URL saknas. Ange den eller starta med `avvik up`.")
    if chosen.port and refusal(chosen.port, chosen.host):
        raise CannotStart(f"Port {chosen.port} på {chosen.host} är upptagen. Välj en annan.")
    # Uvicorn ends well and then dies of the signal that asked it to; this makes it a zero.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    app = create_app()
    config = uvicorn.Config(
        app,
        host=chosen.host,
        port=chosen.port,
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,  # no address of anybody in any log
        server_header=False,
        timeout_graceful_shutdown=8,
    )
    server = Server(config, app)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(_NOT_STARTED)
