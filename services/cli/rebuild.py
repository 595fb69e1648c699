"""`avvik rebuild`: read models anew from the log."""

import asyncio

import click

from infra import db, log
from services.rebuild import rebuild_on


@click.command("rebuild")
def command() -> None:
    """Bygg om köer och statistik från loggen."""
    log.configure("rebuild")

    async def whole() -> int:
        async with db.engine().begin() as connection:
            count = await rebuild_on(connection)
        await db.dispose()
        return count

    click.echo(f"Ombyggt från {asyncio.run(whole())} fakta.")
