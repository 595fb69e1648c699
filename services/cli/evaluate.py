"""`avvik evaluate FILE`: how often the classifier is right about one's own history."""

import sys
from pathlib import Path

import click
import orjson

from services.classifier.shipped import shipped
from services.judging import Unreadable, evaluated, lines


@click.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Jämför förslagen med `category` i samma rader; skriv träffsäkerhet och förväxlingar."""
    try:
        found = evaluated(shipped(), lines(file))
    except Unreadable as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
