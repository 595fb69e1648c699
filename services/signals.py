"""Silence as a signal: a unit that reports nothing for long is no good news."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import BaseModel
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from infra.tables import Unit
from services.policies import policy_on
from services.projections.case_index import CaseRow


class SilentUnit(BaseModel):
    """A unit with no report for `days`; `last_report_at` is None where there never was one."""

    unit: str
    name: str
    last_report_at: datetime | None
    days: int


async def silent_units(
    session: AsyncSession, units: Sequence[str] | None, now: datetime
) -> list[SilentUnit]:
    """List silent units among those given (None: all), the longest silent first.

    How long is the policy's (`silent_unit_days`). A unit younger than that is not yet silent.
    """
    limit = (await policy_on(session, now)).silent_unit_days
    last = (
        select(func.max(CaseRow.received_at))
        .where(CaseRow.unit == Unit.code)
        .correlate(Unit)
        .scalar_subquery()
    )
    query = select(Unit.code, Unit.name, Unit.created_at, last.label("last")).where(Unit.active)
    if units is not None:
        query = query.where(Unit.code.in_(units))
    found = []
    for row in await session.execute(query):
        since = max(filter(None, (row.last, row.created_at)))
        if now - since >= timedelta(days=limit):
            found.append(
                SilentUnit(
                    unit=row.code,
                    name=row.name,
                    last_report_at=row.last,
                    days=(now - since).days,
                )
            )
    return sorted(found, key=lambda it: -it.days)
