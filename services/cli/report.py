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
    """Visa årets avvikelser, synpunkter och lex Sarah, med täljare, nämnare och dag."""

    async def work() -> dict[str, Any]:
        now = clock.now()
        async with transaction() as session:
            return await yearly(session, year or local_day(now).year, now)

    told = in_installation("report", work)
    click.echo(orjson.dumps(told).decode() if as_json else "\n".join(_table(told)))


def _table(told: dict[str, Any]) -> list[str]:
    complaints, lex_sarah = told["complaints"], told["lex_sarah"]
    ivo = told["ivo_notifications"]
    return [
        f"Året {told['year']}, räknat {told['counted_at']}",
        *_kind("Avvikelser", told | {"count": told["deviations"]}, told["by_category"]),
        *_kind("Synpunkter och klagomål", complaints, complaints["by_kind"]),
        *_kind("Lex Sarah", lex_sarah, lex_sarah["by_outcome"]),
        _line("Anmälda till IVO", lex_sarah["notified_to_ivo"]),
        _line("Från en avvikelse eller synpunkt", lex_sarah["raised_from_case"]),
        _line("Rapporterade av chefer", lex_sarah["reported_by_managers"]),
        f"\nAnmälningar till IVO i Avvik: {ivo['count']}",
        _line("Skickade", ivo["sent"]),
        "\nFörslag som en människa har bekräftat",
        *(_suggested(row) for row in (*told["suggestions"], *told["suggested_kinds"])),
        "\nMeddelade eller lämnade till andra",
        *(
            f"{_line(row['label'], row)}   {row['ended']} avslutade hos oss"
            for row in told["by_route"]
        ),
    ]


def _suggested(row: dict[str, Any]) -> str:
    return f"{_line(row['label'], row)}   {row['waiting']} väntar"


def _kind(name: str, totals: dict[str, Any], rows: list[dict[str, Any]]) -> list[str]:
    return [
        f"\n{name}: {totals['count']}",
        *(_line(row["label"], row) for row in rows),
        *(
            _line(f"Besvarade inom {row['days']} dagar", row)
            for row in totals.get("answered_within", ())
        ),
        _line("Avslutade", {"count": totals["closed"], "of": totals["count"]}),
        f"Lämnade vidare (räknas inte in): {totals['rerouted']}",
        f"Sammanförda med annan rapport (räknas inte in): {totals['merged']}",
    ]


def _line(label: str, row: dict[str, Any]) -> str:
    percent = row.get("percent")
    share = "" if percent is None else f"{percent:>6.1f} %"
    return f"{label:<46}{row['count']:>6} av {row['of']:<6}{share}".rstrip()
