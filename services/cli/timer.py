"""`avvik timer`: one process of its own."""

import click

from services import timer
from services.processes import run_until_stopped


@click.command("timer")
def command() -> None:
    """Kör processen som märker att tiden har gått."""
    run_until_stopped("timer", timer.run)
