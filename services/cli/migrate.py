"""`avvik migrate`: the database to this version."""

import click

from infra import db
from services.cli.installation import in_installation
from services.migrate import migrate_at


@click.command("migrate")
def command() -> None:
    """Uppdatera databasen till den här versionen. Körs en gång före start; ofarligt igen."""

    async def work() -> int:
        return await migrate_at(db.engine())

    replayed = in_installation("migrate", work)
    click.echo(f"Databasen är uppdaterad. Fakta som lästes om: {replayed}.")
