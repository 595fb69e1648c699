"""`avvik verify`: whether the history is whole."""

import sys

import click

from infra.db import transaction
from services.cli.installation import in_installation
from services.verify import Verified, verify


@click.command("verify")
def command() -> None:
    """Kontrollera att historiken är hel: kedjan i varje ärende, och att inget saknas."""

    async def work() -> Verified:
        async with transaction() as session:
            return await verify(session)

    found = in_installation("verify", work)
    for fault in found.faults:
        click.echo(fault)
    if found.faults:
        click.echo(f"{len(found.faults)} fel i {found.cases} ärenden.")
        sys.exit(1)
    click.echo(f"Historiken är hel: {found.cases} ärenden, {found.facts} fakta.")
