"""The everyday words on the phone's first screen; each hints at categories, decides nothing."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Tile:
    """What a reporter taps, and the categories it speaks for (none: "Vet inte")."""

    code: str
    label: str
    categories: tuple[str, ...] = ()


TILES: Final = {
    row.code: row
    for row in (
        Tile("utebliven", "Insats blev inte av", ("utebliven_insats",)),
        Tile("omsorg", "Brist i omsorgen", ("omsorg",)),
        Tile("fall", "Fall eller skada", ("omsorg",)),
        Tile("larm", "Larm eller telefon", ("larm_telefoni",)),
        Tile("lakemedel", "Medicin", ("omsorg",)),
        Tile("bemotande", "Bemötande", ("bemotande",)),
        Tile("info", "Information missades", ("information", "dokumentation", "sekretess")),
        Tile("saker", "Pengar eller saker", ("vardesaker",)),
        Tile("otrygg", "Otrygghet, hot eller våld", ("otrygghet",)),
        Tile("vetej", "Vet inte"),
    )
}
