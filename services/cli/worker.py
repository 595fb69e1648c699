"""`avvik worker`: one process of its own."""

import click

from services import worker
from services.processes import run_until_stopped


@click.command("worker")
def command() -> None:
    """Kör processen som följer strömmen."""
    run_until_stopped("worker", worker.run)
