"""`avvik rebuild`: read models anew from the log."""

import click

from infra import db
from services.cli.installation import in_installation
from services.rebuild import rebuild_on


@click.command("rebuild")
def command() -> None:
    """Bygg om köer och statistik från loggen."""

    async def work() -> int:
        async with db.engine().begin() as connection:
            return await rebuild_on(connection)

    click.echo(f"Ombyggt från {in_installation('rebuild', work)} fakta.")
