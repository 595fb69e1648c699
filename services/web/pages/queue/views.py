"""What each role sees first: the ways to narrow the list, and which of them it begins with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from events import Role
from services.queue import EVERYTHING, MINE
from workflows.access import foremost


@dataclass(frozen=True, slots=True)
class View:
    """A way to narrow the list: its name in addresses, in `ONLY`, and on the page."""

    code: str
    only: str
    label: str


ENDED: Final = "avslutade"
"""The cases that are over; never counted."""

VIEWS: Final = {
    it.code: it
    for it in (
        View("alla", EVERYTHING, "Alla öppna"),
        View("sena", "late", "Försenade"),
        View("nya", "new", "Nya"),
        View("oklassade", "unclassified", "Oklassade"),
        View("mina", MINE, "Mina"),
        View("allvarliga", "grave", "Allvarliga"),
        View("svar", "unanswered", "Väntar på svar"),
        View("folj", "operations", "Behöver dig"),
        View("gemensamt", "joint", "Att följa upp ihop"),
        View("lex", "misconduct", "Lex Sarah"),
        View("stallning", "position", "Att ta ställning till"),
        View("beslut", "to_decide", "Att besluta och godkänna"),
        View("diarie", "unregistered", "Saknar diarienummer"),
        View("vidare", "unconfirmed", "Lämnat vidare"),
        View("onadda", "unreached", "Ingen nådd"),
        View("klagomal", "complaints", "Synpunkter och klagomål"),
    )
}


@dataclass(frozen=True, slots=True)
class Desk:
    """A role's list: what is expected, and the views in their order; it begins with the first.

    `everything` is what the role calls all that it reaches.
    """

    expects: str
    views: tuple[str, ...]
    everything: str = VIEWS["alla"].label


DESKS: Final[Mapping[Role, Desk]] = {
    Role.UNIT_MANAGER: Desk(
        "Börja med det som är försenat och allvarligt. Bedöm det nya. "
        "Se till att alla får svar.",
        ("alla", "sena", "nya", "oklassade", "mina", "allvarliga", "svar", "vidare"),
    ),
    Role.OPERATIONS_MANAGER: Desk(
        "Följ upp det allvarliga ihop med cheferna. Se till att det försenade blir gjort.",
        ("folj", "allvarliga", "gemensamt", "sena", "nya", "mina", "lex", "alla"),
    ),
    Role.SAS: Desk(
        "Ta emot lex Sarah och skydda den enskilde. Ta ställning till det som cheferna lämnar. "
        "Följ upp att åtgärderna hjälpte.",
        ("lex", "stallning", "sena", "allvarliga", "mina", "vidare", "nya", "alla"),
    ),
    Role.DECISION_MAKER: Desk(
        "Besluta om lex Sarah när utredningen är klar, och godkänn anmälningar till IVO.",
        ("beslut", "sena", "alla"),
        everything="Lex Sarah och IVO",
    ),
    Role.MAS: Desk(
        "Här är det som gäller hälso- och sjukvård, och det som har lämnats till dig. "
        "Bekräfta att du har fått det.",
        ("alla", "vidare", "allvarliga", "sena", "mina"),
        everything="Hälso- och sjukvård",
    ),
    Role.REGISTRAR: Desk(
        "Diarieför det som saknar nummer. Bekräfta det som har lämnats vidare när det "
        "är framme.",
        ("diarie", "vidare", "klagomal", "lex", "sena", "alla"),
    ),
}


def desk_of(roles: Collection[Role]) -> Desk:
    """Return the list of the role that weighs most among those that a reach rests on."""
    role = foremost(roles)
    return DESKS.get(role, DESKS[Role.UNIT_MANAGER]) if role else DESKS[Role.UNIT_MANAGER]
