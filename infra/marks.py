"""Keeps the marks of reports, and finds the reports that may tell of the same event."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from infra import driver
from infra.rows import Known, Rows
from infra.tables import ReportMark

_ROWS: Final = Rows(
    ReportMark, [it.name for it in ReportMark.__table__.columns], known=Known.REPLACE
)
_ONE_WAY: Final = """
    (SELECT case_id FROM report_mark
     WHERE {how} AND at BETWEEN asked.at - $6::interval AND asked.at + $6::interval
       AND case_id <> asked.case_id
     ORDER BY at {order} LIMIT {most})
"""
_WAYS: Final = (
    ("at <= asked.at", "DESC", 25),
    ("at >= asked.at", "ASC", 25),
    ("unit = asked.unit", "DESC", 15),
    ("reported_by_unit = asked.unit", "DESC", 15),
    ("unit = asked.reported_by_unit", "DESC", 15),
    ("person && asked.person::bigint[]", "DESC", 15),
)
"""Just before and after; the same place, whoever of the two units wrote; the same person."""
NEAR: Final = (
    "SELECT asked.case_id, near.case_id FROM unnest($1::uuid[], $2::timestamptz[],"  # noqa: S608
    " $3::text[], $4::text[], $5::text[])"
    " AS asked (case_id, at, unit, reported_by_unit, person)"
    " CROSS JOIN LATERAL ("
    + " UNION ".join(
        _ONE_WAY.format(how=how, order=order, most=most) for how, order, most in _WAYS
    )
    + ") AS near"
)
OF_CASES: Final = """
    SELECT case_id, at, unit, reported_by_unit, person, traces FROM report_mark
    WHERE case_id = ANY($1::uuid[])
"""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is kept of a report, as in `ReportMark`."""

    case_id: UUID
    at: datetime
    unit: str
    reported_by_unit: str | None
    person: Sequence[int]
    traces: bytes


async def keep(session: AsyncSession, marks: Sequence[Marks]) -> None:
    """Keep the marks of reports, in place of any that these cases had."""
    await _ROWS.write(session, [asdict(it) for it in marks])


async def near(
    session: AsyncSession, marks: Sequence[Marks], within: timedelta
) -> list[tuple[UUID, UUID]]:
    """Return (asking case, other case) for each that is near in time, place or person.

    A few by each sign and report, so that a day with thousands costs no more.
    """
    rows = await driver.fetch(session, NEAR, *asked(marks, within))
    return [(asker, other) for asker, other in rows]


def asked(marks: Sequence[Marks], within: timedelta) -> list[Any]:
    """Return the values that `NEAR` takes."""
    return [
        [it.case_id for it in marks],
        [it.at for it in marks],
        [it.unit for it in marks],
        [it.reported_by_unit for it in marks],
        [_list(it.person) for it in marks],
        within,
    ]


async def of_cases(session: AsyncSession, case_ids: Sequence[UUID]) -> list[Marks]:
    """Return the marks of these cases' reports; a case that has none is not among them."""
    if not case_ids:
        return []
    return [Marks(*row) for row in await driver.fetch(session, OF_CASES, case_ids)]


async def forget(session: AsyncSession, case_id: UUID) -> None:
    """Throw a case's marks away."""
    await session.execute(delete(ReportMark).where(ReportMark.case_id == case_id))


def _list(numbers: Iterable[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"
