"""`avvik erase NUMBER`: what was written in a case, gone for good."""

import sys

import click

from infra.db import transaction
from services.cli.installation import in_installation
from services.erase import erase
from workflows import Refusal
from workflows.terms.codes import ERASURE_GROUNDS


@click.command("erase")
@click.argument("number")
@click.option("--ground", type=click.Choice(list(ERASURE_GROUNDS)), required=True)
@click.option("--yes", is_flag=True, help="Fråga inte.")
def command(number: str, ground: str, *, yes: bool) -> None:
    """Radera alla texter och filer i ett avslutat ärende. Går inte att ångra.

    Historiken är kvar: att det fanns ett ärende, vad som gjordes och när. Kopior i
    säkerhetskopior finns kvar tills de skrivs över.
    """
    if not yes:
        click.confirm(f"Radera texterna i {number} för gott?", abort=True)

    async def work() -> None:
        async with transaction() as session:
            await erase(session, number, ground)

    try:
        in_installation("erase", work)
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(1)
    click.echo(f"Texterna i {number} är raderade.")
