"""The units: where things happen, and who answers the phone there."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from events.vocabulary import OwnerType
from infra.tables import Unit


@dataclass(frozen=True, slots=True)
class UnitData:
    """A unit as it is now. `provider` is the company where `owner_type` is private."""

    code: str
    name: str
    kind: str
    owner_type: OwnerType
    provider: str | None = None
    on_call_phone: str | None = None
    active: bool = True


_COLUMNS = (
    Unit.code,
    Unit.name,
    Unit.kind,
    Unit.owner_type,
    Unit.provider,
    Unit.on_call_phone,
    Unit.active,
)


async def keep_unit(session: AsyncSession, unit: UnitData) -> None:
    """Add a unit, or change the one with the same code; a closed unit is kept, inactive."""
    values = {name: getattr(unit, name) for name in UnitData.__dataclass_fields__}
    await session.execute(
        insert(Unit)
        .values(values)
        .on_conflict_do_update(index_elements=[Unit.code], set_=values)
    )


async def unit_of(session: AsyncSession, code: str) -> UnitData | None:
    """Return the unit with this code, closed ones too."""
    row = (await session.execute(select(*_COLUMNS).where(Unit.code == code))).one_or_none()
    return None if row is None else _unit(row)


async def units(session: AsyncSession, *, closed: bool = False) -> list[UnitData]:
    """List the units by name; the closed ones only when asked for."""
    every = select(*_COLUMNS).order_by(Unit.name, Unit.code)
    rows = await session.execute(every if closed else every.where(Unit.active))
    return [_unit(row) for row in rows]


def _unit(row: Row[*tuple[Any, ...]]) -> UnitData:
    code, name, kind, owner_type, *rest = row
    return UnitData(code, name, kind, OwnerType(owner_type), *rest)
