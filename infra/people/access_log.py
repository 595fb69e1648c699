"""Who has read what: written down at every reading, and there to be reviewed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from infra.tables import Accessed

MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody read something: `what` is a code such as `case.read`, never a word of it.

    Without `account_id` it was by somebody who has no account. `unit` is the case's unit
    at the time; `trace` is the request's W3C trace id.
    """

    account_id: UUID | None
    what: str
    trace: str
    case_id: UUID | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A reading as it stands in the log."""

    id: int
    at: datetime
    reading: Reading


@dataclass(frozen=True, slots=True)
class Page:
    """Entries, newest first; `cursor` asks for the next page, None when there is none."""

    entries: list[Entry]
    cursor: int | None


async def record(session: AsyncSession, *readings: Reading) -> None:
    """Write down one or several readings, in the transaction that reads: no entry, no words."""
    if not readings:
        return
    await session.execute(
        insert(Accessed),
        [
            {
                "account_id": reading.account_id,
                "what": reading.what,
                "trace": reading.trace,
                "case_id": reading.case_id,
                "unit": reading.unit,
            }
            for reading in readings
        ],
    )


async def entries(
    session: AsyncSession,
    *,
    case_id: UUID | None = None,
    account_id: UUID | None = None,
    unit: str | None = None,
    since: datetime | None = None,
    but: str | None = None,
    cursor: int | None = None,
    limit: int = 100,
) -> Page:
    """Return a page of the log, newest first, of what all the given filters let through.

    `since` is included; what was read as `but` is left out. Raises `ValueError` for a limit
    outside 1 to 1000.
    """
    if not 1 <= limit <= MOST:
        raise ValueError(f"limit must be 1 to {MOST}")
    wanted = select(
        Accessed.id,
        Accessed.at,
        Accessed.account_id,
        Accessed.what,
        Accessed.trace,
        Accessed.case_id,
        Accessed.unit,
    )
    if case_id is not None:
        wanted = wanted.where(Accessed.case_id == case_id)
    if account_id is not None:
        wanted = wanted.where(Accessed.account_id == account_id)
    if unit is not None:
        wanted = wanted.where(Accessed.unit == unit)
    if since is not None:
        wanted = wanted.where(Accessed.at >= since)
    if but is not None:
        wanted = wanted.where(Accessed.what != but)
    if cursor is not None:
        wanted = wanted.where(Accessed.id < cursor)
    rows = (await session.execute(wanted.order_by(Accessed.id.desc()).limit(limit + 1))).all()
    page = [Entry(row.id, row.at, Reading(*row[2:])) for row in rows[:limit]]
    return Page(page, page[-1].id if len(rows) > limit else None)


async def readers(session: AsyncSession, unit: str, *, but: str | None = None) -> list[UUID]:
    """List the accounts that have read something of a unit; what was read as `but` apart."""
    wanted = select(Accessed.account_id).where(Accessed.unit == unit).distinct()
    if but is not None:
        wanted = wanted.where(Accessed.what != but)
    return [it for it in await session.scalars(wanted) if it is not None]
