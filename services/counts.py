"""The year in numbers: every figure with its numerator, its denominator and its day."""

from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from events import Phase
from services.projections.statistics import CaseCount
from workflows.rules.calendar import ZONE
from workflows.terms.categories import CATEGORIES

UNCLASSIFIED: Final = "oklassad"


def year_of(year: int) -> tuple[datetime, datetime]:
    """Return a Swedish year's first moment and the one after its last."""
    start, end = (datetime.combine(date(it, 1, 1), time(), ZONE) for it in (year, year + 1))
    return start, end


async def yearly(session: AsyncSession, year: int, now: datetime) -> dict[str, Any]:
    """Count the deviations received in a year, by category, with those passed on told apart.

    Merged reports are told apart too: the event they tell of is counted once, in the case they
    were merged into. Municipality-wide figures only: no unit, no person.
    """
    start, end = year_of(year)
    rows = await session.execute(
        select(CaseCount.category, CaseCount.phase, func.count().label("n"))
        .where(CaseCount.received_at >= start, CaseCount.received_at < end)
        .group_by(CaseCount.category, CaseCount.phase)
    )
    by_category = dict.fromkeys([*CATEGORIES, UNCLASSIFIED], 0)
    apart = {Phase.REROUTED: 0, Phase.MERGED: 0}
    closed = 0
    for category, phase, n in rows:
        if phase in apart:
            apart[Phase(phase)] += n
            continue
        by_category[category or UNCLASSIFIED] += n
        closed += n if phase == Phase.CLOSED else 0
    total = sum(by_category.values())
    return {
        "year": year,
        "counted_at": now.astimezone(ZONE).isoformat(timespec="minutes"),
        "deviations": total,
        "closed": closed,
        "rerouted": apart[Phase.REROUTED],
        "merged": apart[Phase.MERGED],
        "by_category": [
            {
                "category": code,
                "label": CATEGORIES[code].label if code in CATEGORIES else "Oklassad",
                "count": n,
                "of": total,
                "percent": round(100 * n / total, 1) if total else None,
            }
            for code, n in sorted(by_category.items(), key=lambda it: (-it[1], it[0]))
        ],
    }
