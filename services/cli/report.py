"""`avvik report`: the year in numbers."""

from typing import Any

import click
import orjson

from infra import clock
from infra.db import transaction
from services.cli.installation import in_installation
from services.counts import yearly
from workflows.rules.calendar import local_day


@click.command("report")
@click.option("--year", type=click.IntRange(1900, 2999), help="Året; annars det som pågår.")
@click.option("--json", "as_json", is_flag=True, help="Skriv JSON i stället för en tabell.")
def command(year: int | None, *, as_json: bool) -> None:
    """Visa årets avvikelser per kategori, med täljare, nämnare och dag."""

    async def work() -> dict[str, Any]:
        now = clock.now()
        async with transaction() as session:
            return await yearly(session, year or local_day(now).year, now)

    told = in_installation("report", work)
    if as_json:
        click.echo(orjson.dumps(told).decode())
        return
    click.echo(f"Avvikelser {told['year']}, räknade {told['counted_at']}\n")
    for row in told["by_category"]:
        share = "" if row["percent"] is None else f"{row['percent']:>6.1f} %"
        click.echo(f"{row['label']:<20}{row['count']:>6} av {row['of']:<6}{share}")
    click.echo(f"\nAvslutade: {told['closed']} av {told['deviations']}")
    click.echo(f"Lämnade vidare (räknas inte in): {told['rerouted']}")
    click.echo(f"Sammanförda med annan rapport (räknas inte in): {told['merged']}")
