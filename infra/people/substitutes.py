"""Absences, vacancies and those who stand in: kept, ended, listed, and read for one day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from events.vocabulary import Role
from infra.people.standing import Standing, Substitution
from infra.tables import Account, Membership, Substitute

_COLUMNS = (
    Substitute.id,
    Substitute.account_id,
    Substitute.unit,
    Substitute.role,
    Substitute.substitute_id,
    Substitute.starts_on,
    Substitute.ends_on,
)


async def keep(session: AsyncSession, row: Substitution) -> None:
    """Add an absence or a vacancy, or change the one with the same id.

    The accounts and the unit must exist; somebody can't stand in for themselves.
    """
    values = {name: getattr(row, name) for name in Substitution.__dataclass_fields__}
    await session.execute(
        insert(Substitute)
        .values(values)
        .on_conflict_do_update(index_elements=[Substitute.id], set_=values)
    )


async def end(session: AsyncSession, substitution_id: UUID) -> bool:
    """Take an absence or a vacancy away; False where there is none with that id."""
    gone = await session.scalar(
        delete(Substitute).where(Substitute.id == substitution_id).returning(Substitute.id)
    )
    return gone is not None


async def known(session: AsyncSession, since: date) -> list[Substitution]:
    """List what holds on a day or later, in the order of its beginning."""
    found = await session.execute(
        select(*_COLUMNS)
        .where(Substitute.ends_on >= since)
        .order_by(Substitute.starts_on, Substitute.id)
    )
    return [_row(row) for row in found]


async def one(session: AsyncSession, substitution_id: UUID) -> Substitution | None:
    """Return the absence or vacancy with an id, past ones too."""
    found = await session.execute(select(*_COLUMNS).where(Substitute.id == substitution_id))
    row = found.one_or_none()
    return None if row is None else _row(row)


async def standing_on(session: AsyncSession, day: date) -> Standing:
    """Read one day's absences and vacancies, and who may stand in."""
    return (await standings(session, await known(session, day), [day]))[day]


async def standings(
    session: AsyncSession, rows: Sequence[Substitution], days: Iterable[date]
) -> dict[date, Standing]:
    """Work out some days from these rows; asks only for the accounts that they name."""
    named = {row.account_id for row in rows} | {row.substitute_id for row in rows}
    involved = [it for it in named if it is not None]
    opened: Sequence[UUID] = ()
    admins: Sequence[UUID] = ()
    if involved:
        works_here = Account.account_id.in_(involved) & Account.active
        opened = (await session.scalars(select(Account.account_id).where(works_here))).all()
        administers = Membership.account_id.in_(involved) & (Membership.role == Role.ADMIN)
        admins = (await session.scalars(select(Membership.account_id).where(administers))).all()
    return {day: Standing.of(rows, day, opened=opened, admins=admins) for day in days}


def _row(row: Row[*tuple[Any, ...]]) -> Substitution:
    return Substitution(row.id, row.account_id, row.unit, _role(row.role), *row[4:])


def _role(name: str | None) -> Role | None:
    return None if name is None else Role(name)
