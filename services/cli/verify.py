"""`avvik verify`: whether the history is whole."""

import asyncio
import sys

import click

from infra import db, log
from services.verify import verify


@click.command("verify")
def command() -> None:
    """Kontrollera att historiken är hel: kedjan i varje ärende, och att inget saknas."""
    log.configure("verify")

    async def whole() -> tuple[int, int, list[str]]:
        async with db.transaction() as session:
            found = await verify(session)
        await db.dispose()
        return found.cases, found.facts, found.faults

    cases, facts, faults = asyncio.run(whole())
    for fault in faults:
        click.echo(fault)
    if faults:
        click.echo(f"{len(faults)} fel i {cases} ärenden.")
        sys.exit(1)
    click.echo(f"Historiken är hel: {cases} ärenden, {facts} fakta.")
