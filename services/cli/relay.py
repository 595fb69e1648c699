"""`avvik relay`: one process of its own."""

import click

from services import relay
from services.processes import run_until_stopped


@click.command("relay")
def command() -> None:
    """Kör processen som för fakta från databasen till strömmen."""
    run_until_stopped("relay", relay.run)
