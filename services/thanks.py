"""How much was changed thanks to those who report: counts by unit and month, never a text."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from dateutil.relativedelta import relativedelta
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.projections.case_index import CaseRow
from services.projections.measure import MeasureRow
from workflows.rules.calendar import ZONE, local_day


@dataclass(frozen=True, slots=True)
class Changed:
    """Measures completed in a unit in a month, named by its first day."""

    unit: str
    month: date
    count: int


async def changed(session: AsyncSession, units: Collection[str], today: date) -> list[Changed]:
    """Count what was done in these units this month and the one before, the latest first."""
    if not units:
        return []
    first = today.replace(day=1) - relativedelta(months=1)
    rows = await session.execute(
        select(CaseRow.unit, MeasureRow.completed_at)
        .join(CaseRow, CaseRow.case_id == MeasureRow.case_id)
        .where(
            MeasureRow.completed_at >= datetime.combine(first, time(), ZONE),
            CaseRow.unit.in_(units),
        )
    )
    counts = Counter((unit, local_day(at).replace(day=1)) for unit, at in rows if at)
    found = [Changed(unit, month, count) for (unit, month), count in counts.items()]
    return sorted(found, key=lambda it: (-it.month.toordinal(), it.unit))
