"""The law as the program holds it: every row with its source, its dates and how sure we are."""

from datetime import date

from fastapi import APIRouter
from pydantic import BaseModel

from services.web.deps import Actor
from workflows.law import ROWS, LawRow
from workflows.rules.duties import DUTIES
from workflows.terms.labels import ROLES

router = APIRouter(prefix="/api/v1/law", tags=["law"])


class LawView(BaseModel):
    """A row of the law. `warning` says in words what is not confirmed; empty where it is.

    `word` is the statute's own; `clocks` are the codes of the clocks that rest on the row.
    """

    id: str
    asks: str
    basis: str
    word: str | None
    hours: int | None
    months: int | None
    years: int | None
    measured: str
    valid_from: date
    valid_to: date | None
    tracks: list[str]
    owners: list[str]
    responsible: str
    overdue: str
    source: str
    confidence: str
    warning: str
    clocks: list[str]


@router.get("")
async def list_law(_: Actor) -> list[LawView]:
    """List every row, old wordings too: a case of then is judged by the law of then."""
    return [_view(row) for row in ROWS]


def _view(row: LawRow) -> LawView:
    return LawView(
        id=row.id,
        asks=row.asks,
        basis=row.basis,
        word=row.word,
        hours=row.hours,
        months=row.months,
        years=row.years,
        measured=row.measured,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        tracks=sorted(row.tracks),
        owners=sorted(row.owners),
        responsible=ROLES[row.responsible],
        overdue=row.overdue,
        source=row.source,
        confidence=row.confidence,
        warning=row.confidence.warning,
        clocks=[duty.code for duty in DUTIES if duty.law == row.id],
    )
