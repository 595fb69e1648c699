"""`avvik web`: the HTTP process."""

import signal
import sys

import click
import uvicorn

from infra import log
from infra.settings import settings
from services.web.app import create_app


@click.command("web")
def command() -> None:
    """Kör webben: API:et för telefon, skrivbord och andra system."""
    log.configure("web")
    chosen = settings()
    # Uvicorn ends well and then dies of the signal that asked it to; this makes it a zero.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    uvicorn.run(
        create_app(),
        host=chosen.host,
        port=chosen.port,
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,  # no address of anybody in any log
        server_header=False,
        timeout_graceful_shutdown=8,
    )
