"""Where each role can go: one row a place, and the place each begins at."""

from dataclasses import dataclass
from typing import Final

from events import Role
from infra.people.identity import Actor
from services.lex_sarah_board.cases import SEES
from workflows.access import GENERAL, RESPONSIBLE


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the menu, and the roles that see it there."""

    address: str
    label: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Item:
    """A place as it is drawn for somebody who stands somewhere."""

    address: str
    label: str
    current: bool


_QUEUE: Final = GENERAL["read-queue"]
_EVERYBODY: Final = frozenset(Role)
TYPES_IN: Final = _QUEUE - {Role.MAS, Role.DECISION_MAKER}
"""Who writes down what others say: managers, SAS, and the registrar where letters come in."""

PLACES: Final = (
    Place("/att-gora", "Att göra", _QUEUE),
    Place("/lex-sarah", "Lex Sarah", SEES),
    Place("/skriv-in", "Skriv in åt någon", TYPES_IN),
    Place("/mina-atgarder", "Mina åtgärder", RESPONSIBLE),
    Place("/rapportera", "Rapportera", _EVERYBODY - {Role.ADMIN}),
    Place("/mina-rapporter", "Mina rapporter", _EVERYBODY - {Role.ADMIN}),
    Place("/admin", "Administration", GENERAL["administer"]),
)


def items(actor: Actor, path: str) -> list[Item]:
    """List where somebody can go; the place they stand in is marked."""
    return [
        Item(it.address, it.label, path == it.address or path.startswith(f"{it.address}/"))
        for it in PLACES
        if it.roles & set(actor.roles)
    ]


def home(actor: Actor) -> str:
    """Return where somebody begins: what waits to be done, or else what became of reports."""
    for address in ("/att-gora", "/admin"):
        place = next(it for it in PLACES if it.address == address)
        if place.roles & set(actor.roles):
            return address
    return "/mina-rapporter"
