"""Invented reports, told by dice."""

from dataclasses import dataclass
from random import Random
from typing import Any, Final
from uuid import UUID

_UNITS: Final = ("solrosen", "bjorken", "almgarden", "lyktan", "vide")
_WHAT: Final = (
    "Besöket blev inte av i kväll",
    "Dosetten var tom i morse",
    "Kunden hade fallit i hallen",
    "Larmet gick men ingen svarade",
    "Fel kund fick dagens lunch",
    "Ingen hade fått överrapportering",
)
_HARMS: Final = ("none", "near_miss", "minor", "unknown")
_SERIOUS: Final = 0.12


@dataclass(frozen=True, slots=True)
class Filed:
    """One report as its sender keeps it until it has a yes."""

    report_id: UUID
    body: dict[str, Any]

    @property
    def serious(self) -> bool:
        """Tell whether the box was ticked."""
        return bool(self.body["harm"] == "serious")


def invent(dice: Random, source: str) -> Filed:
    """Make up one report."""
    report_id = UUID(int=dice.getrandbits(128), version=4)
    serious = dice.random() < _SERIOUS
    body: dict[str, Any] = {
        "unit": dice.choice(_UNITS),
        "text": f"{dice.choice(_WHAT)}, gång {dice.randrange(1_000_000)}.",
        "harm": "serious" if serious else dice.choice(_HARMS),
        "source": source,
    }
    if source == "phone" and dice.random() < 0.2:  # noqa: PLR2004 - one in five
        body["anonymous"] = True
    return Filed(report_id, body)
