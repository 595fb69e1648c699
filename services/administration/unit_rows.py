"""Each unit with who manages it, and whether anybody takes its reports today."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from events import Role
from infra.people import accounts as people
from infra.people.accounts import Person
from infra.people.units import UnitData, units
from services.notify.reach import covered


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who has a role in a unit."""

    person: Person
    role: Role


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as the administrator sees it. `received`: somebody is told of its reports."""

    unit: UnitData
    workers: list[Worker] = field(repr=False)
    received: bool

    @property
    def managers(self) -> list[Worker]:
        """Those who manage it."""
        return [it for it in self.workers if it.role is Role.UNIT_MANAGER]

    @property
    def alarm(self) -> bool:
        """Whether reports can come in that nobody is told of."""
        return self.unit.active and not self.received


async def unit_rows(session: AsyncSession) -> list[UnitRow]:
    """List every unit by name, closed ones last."""
    found = await units(session, closed=True)
    received = await covered(session, Role.UNIT_MANAGER, [it.code for it in found])
    by_unit = await _workers(session)
    rows = [UnitRow(it, by_unit.get(it.code, []), it.code in received) for it in found]
    return sorted(rows, key=lambda it: not it.unit.active)


async def unreceived(session: AsyncSession, codes: Iterable[str]) -> list[UnitData]:
    """Return those of some units that are open and whose reports nobody is told of."""
    wanted = [it for it in await units(session) if it.code in set(codes)]
    received = await covered(session, Role.UNIT_MANAGER, [it.code for it in wanted])
    return [it for it in wanted if it.code not in received]


async def _workers(session: AsyncSession) -> dict[str, list[Worker]]:
    held = await people.all_memberships(session)
    found: dict[str, list[Worker]] = {}
    for person in await people.accounts(session):
        for role, unit in held.get(person.account_id, []):
            if unit is not None:
                found.setdefault(unit, []).append(Worker(person, role))
    return found
