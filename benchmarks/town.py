"""The municipality that is measured: twenty units, a manager each, one who reports."""

from dataclasses import dataclass
from typing import Final

from events import OwnerType, Role
from infra.db import transaction
from infra.people import accounts as people
from infra.people import tokens
from infra.people.units import UnitData, keep_unit

UNITS: Final = tuple(f"enhet-{n:02d}" for n in range(1, 21))


@dataclass(frozen=True, slots=True)
class Town:
    """What the load needs to know."""

    token: str
    units: tuple[str, ...] = UNITS


async def make() -> Town:
    """Fill the empty database that this process is set to."""
    async with transaction() as session:
        for code in UNITS:
            await keep_unit(
                session, UnitData(code, f"Enheten {code}", "home_care", OwnerType.IN_HOUSE)
            )
            manager = await people.create_account(session, f"chef-{code}", "Karin Sjö")
            await people.grant(session, manager, Role.UNIT_MANAGER, code)
        staff = await people.create_account(session, "medarbetare", "Mira Lindqvist")
        await people.grant(session, staff, Role.STAFF, UNITS[0])
        return Town(await tokens.issue(session, staff, "bench"))
