"""The units that somebody outside may name, as they are called, and who takes in the rest."""

from collections.abc import Mapping
from dataclasses import dataclass

from infra.people.units import UnitData
from services.intake import units
from workflows.terms.unit_kinds import RECEPTION


@dataclass(frozen=True, slots=True)
class Places:
    """The active units by code, and the reception where there is one."""

    known: Mapping[str, UnitData]
    reception: str | None

    @property
    def names(self) -> list[str]:
        """The names to suggest; a reception is where we work, not where something happened."""
        return sorted(it.name for it in self.known.values() if it.kind != RECEPTION)

    def code_of(self, name: str) -> str | None:
        """Return the unit of that name, whatever its capitals; None where there is none."""
        wanted = name.casefold()
        return next(
            (code for code, it in sorted(self.known.items()) if it.name.casefold() == wanted),
            None,
        )


async def places() -> Places:
    """Return the units as they are now."""
    return Places(await units.described(), await units.reception())
