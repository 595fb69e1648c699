"""`avvik migrate`: the database to this version."""

import asyncio

import click

from infra import db, log
from services.migrate import migrate_at


@click.command("migrate")
def command() -> None:
    """Uppdatera databasen till den här versionen. Körs en gång före start; ofarligt igen."""
    log.configure("migrate")

    async def whole() -> int:
        replayed = await migrate_at(db.engine())
        await db.dispose()
        return replayed

    replayed = asyncio.run(whole())
    click.echo(f"Databasen är uppdaterad. Fakta som lästes om: {replayed}.")
