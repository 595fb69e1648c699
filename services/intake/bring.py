"""Takes in a file from another system row by row, and says what was refused and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from pydantic import ValidationError

from infra import clock
from services.intake import units
from services.intake.accept import Accepted, Report
from services.intake.group import accept_together
from services.intake.history import HistoryRow
from services.plain_errors import in_swedish

_TOGETHER: Final = 50


@dataclass
class Brought:
    """How it went: cases made, rows that were here already, and rows refused, with why."""

    accepted: int = 0
    repeated: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])


async def bring(rows: Iterable[tuple[int, Any]]) -> Brought:
    """Take in rows through the same intake as everyone's; running it again is harmless."""
    told = Brought()
    known = await units.active()
    now = clock.now()
    waiting: list[tuple[int, Report]] = []
    for line, row in rows:
        try:
            waiting.append((line, _checked(row, known, now)))
        except ValidationError as error:
            says = in_swedish(error.errors(include_url=False, include_input=False))
            told.refused.append((line, " ".join(it["says"] for it in says)))
        except ValueError as refused:
            told.refused.append((line, str(refused)))
        if len(waiting) == _TOGETHER:
            await _take(waiting, told)
            waiting = []
    await _take(waiting, told)
    return told


def _checked(row: Any, known: frozenset[str], now: datetime) -> Report:
    checked = HistoryRow.model_validate(row)
    for unit in (checked.unit, checked.reported_by_unit or checked.unit):
        if unit not in known:
            raise ValueError(f"Enheten {unit} finns inte.")
    for moment in (checked.reported_at, checked.occurred_at, checked.closed_at):
        if moment is not None and moment > now:
            raise ValueError("En tid ligger i framtiden.")
    if checked.closed_at is not None and checked.closed_at < checked.reported_at:
        raise ValueError("Ärendet är avslutat innan det rapporterades.")
    return checked.report(now)


async def _take(waiting: list[tuple[int, Report]], told: Brought) -> None:
    if not waiting:
        return
    results = await accept_together([report for _, report in waiting])
    for (line, _), result in zip(waiting, results, strict=True):
        if not isinstance(result, Accepted):
            told.refused.append((line, str(result)))
        elif result.new:
            told.accepted += 1
        else:
            told.repeated += 1
