"""`avvik up`: everything, on this machine, until Ctrl-C."""

import asyncio
from pathlib import Path

import click

from infra import log
from infra.settings import settings
from services import supervisor


@click.command("up")
@click.option("--port", type=click.IntRange(0, 65535), help="Webbens port; 0 väljer en ledig.")
@click.option("--host", help="Adressen webben lyssnar på.")
@click.option(
    "--data-dir", type=click.Path(file_okay=False, path_type=Path), help="Datakatalogen."
)
def command(port: int | None, host: str | None, data_dir: Path | None) -> None:
    """Starta Avvik med allt som behövs; avsluta med Ctrl-C."""
    chosen = settings()
    log.configure("supervisor")
    asyncio.run(
        supervisor.run(
            port=chosen.port if port is None else port,
            host=host or chosen.host,
            data_dir=data_dir or chosen.data_dir,
            on_ready=_tell,
        )
    )


async def _tell(running: supervisor.Running) -> None:
    print(f"Avvik är igång: {running.url}  (avsluta med Ctrl-C)", flush=True)
