"""`avvik import FILE`: a municipality's years from another system."""

import sys
from pathlib import Path

import click

from services.cli.installation import in_installation
from services.intake.bring import Brought, bring
from services.intake.history import UnreadableFile, rows_of


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Ta emot rapporter ur en fil: CSV eller JSON Lines, en rapport per rad.

    Kolumner: id, kind, occurred_at, reported_at, unit, reported_by_unit, category, text,
    consequence, likelihood, outcome, ivo_notified, closed_at. Bara id, kind, reported_at och
    unit måste finnas. Kind är deviation, complaint eller lex_sarah; en lex Sarah-rad kan ha
    outcome none, tangible_risk, misconduct, tangible_risk_serious eller serious_misconduct,
    och ivo_notified för sig. Att köra samma fil igen gör ingenting.
    """

    async def work() -> Brought:
        return await bring(rows_of(file))

    try:
        told = in_installation("import", work)
    except UnreadableFile as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    for line, why in told.refused:
        click.echo(f"Rad {line}: {why}")
    click.echo(
        f"{told.accepted} mottagna, {told.repeated} fanns redan, {len(told.refused)} nekade."
    )
    if told.refused:
        sys.exit(1)
