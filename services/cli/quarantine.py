"""`avvik quarantine`: what could not be handled, and trying it again."""

import sys

import click

from infra.db import transaction
from infra.stream import quarantine
from infra.tables import Quarantined
from services.administration import retrying
from services.cli.installation import in_installation


@click.group("quarantine")
def command() -> None:
    """Visa och försök igen med det som inte kunde hanteras."""


@command.command("list")
def show() -> None:
    """Visa vad som väntar på en människa, äldst först."""

    async def work() -> list[Quarantined]:
        async with transaction() as session:
            return await quarantine.list_open(session, limit=1000)

    rows = in_installation("quarantine", work)
    if not rows:
        click.echo("Karantänen är tom.")
    for row in rows:
        about = f"ärende {row.case_id}" if row.case_id else "utan ärende"
        click.echo(f"{row.id}\t{row.at:%Y-%m-%d %H:%M}\t{row.consumer}\t{about}\t{row.reason}")


@command.command("retry")
@click.argument("row_ids", type=click.IntRange(1, 2**63 - 1), nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Allt som väntar.")
def retry(row_ids: tuple[int, ...], *, everything: bool) -> None:
    """Försök igen, när orsaken är åtgärdad."""
    if not row_ids and not everything:
        raise click.UsageError("Ange nummer från listan, eller --all.")

    async def work() -> list[tuple[int, bool]]:
        wanted = list(row_ids)
        if everything:
            async with transaction() as session:
                wanted = [row.id for row in await quarantine.list_open(session, limit=10_000)]
        done = []
        for row_id in wanted:
            async with transaction() as session:
                done.append((row_id, await retrying.retry(session, row_id, None)))
        return done

    results = in_installation("quarantine", work)
    for row_id, tried in results:
        click.echo(f"{row_id}: {'försöks igen' if tried else 'finns inte kvar'}")
    if not all(tried for _, tried in results):
        sys.exit(1)
