"""`avvik classify FILE`: what the classifier makes of texts, a JSON line each."""

import sys
from pathlib import Path

import click
import orjson

from services.classifier.shipped import shipped
from services.judging import Unreadable, judged, lines


@click.command("classify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Läs texter (en JSON-rad med `text`, kanske `id`) och skriv ett förslag per rad."""
    try:
        for line in lines(file):
            click.echo(orjson.dumps(judged(shipped(), line)).decode())
    except Unreadable as error:
        click.echo(str(error), err=True)
        sys.exit(1)
