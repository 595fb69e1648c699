"""What may be done with several cases at once, in words, and what must be known for it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from events import LinkKind, Role
from infra.people.colleagues import colleagues
from services.web.pages.queue.rows import Row
from services.web.pages.steps.catalogue import STEPS
from services.web.pages.steps.choices import LINKS, Option
from services.web.pages.steps.fields import Field, Kind
from services.web.pages.steps.row import Ask
from workflows.access import RESPONSIBLE, may


@dataclass(frozen=True, slots=True)
class Act:
    """A way to treat several cases: the command that each gets, and its words.

    `least` is how many cases it takes; `done_by` the button of the page that asks for the rest.
    """

    action: str
    button: str
    title: str
    intro: str = ""
    least: int = 1
    done_by: str = "Spara"


_HOW: Final = [Option(str(code), LINKS[code]) for code in LinkKind]
POSTPONE: Final = "skjut-upp"

ACTS: Final[Mapping[str, Act]] = {
    "mig": Act("assign", "Tilldela mig", "Tilldela mig"),
    "tilldela": Act("assign", "Tilldela …", "Vem ska ansvara?", done_by="Tilldela"),
    "koppla": Act(
        "link",
        "Koppla ihop",
        "Koppla ihop ärenden",
        "Ärendena fortsätter var för sig. Kopplingen syns i dem.",
        least=2,
        done_by="Koppla ihop",
    ),
    POSTPONE: Act(
        "pause-deadline",
        "Skjut upp",
        "Skjut upp ärenden",
        "I varje ärende väntar den tid som går ut först. En tid som lagen bestämmer kan inte "
        "vänta, och inte det som kan vara allvarligt.",
        done_by="Skjut upp",
    ),
}
"""By the name that the button sends. Nothing here closes, judges or answers."""


def may_be_done(roles: Collection[Role]) -> list[tuple[str, Act]]:
    """List what somebody with these roles may do with some case, by the button's name."""
    return [(name, act) for name, act in ACTS.items() if may(act.action, roles)]


async def fields_of(
    session: AsyncSession, name: str, rows: Sequence[Row], given: Mapping[str, str]
) -> list[Field]:
    """List what must be filled in for an act, holding what was given."""
    asks = STEPS[ACTS[name].action].asks
    match name:
        case "tilldela":
            people = await _everywhere(session, {row.item.unit for row in rows})
            asked = [_Asked("owner", Kind.CHOICE, asks["owner"], people)]
        case "koppla":
            first = Option(str(rows[0].item.case_id), rows[0].named)
            others = [Option(str(row.item.case_id), row.named) for row in rows[1:]]
            given = {"other": first.value} | {key: it for key, it in given.items() if it}
            to = Ask("Vilket av dem hör de andra till?", empty="Välj ett av ärendena.")
            asked = [
                _Asked("other", Kind.CHOICE, to, [first, *others]),
                _Asked("kind", Kind.CHOICE, asks["kind"], _HOW),
            ]
        case "skjut-upp":
            asked = [
                _Asked("until", Kind.DAY, asks["until"], []),
                _Asked("reason", Kind.TEXT, asks["reason"], []),
            ]
        case _:
            asked = []
    return [it.field(given) for it in asked]


@dataclass(frozen=True, slots=True)
class _Asked:
    name: str
    kind: Kind
    ask: Ask
    options: list[Option]

    def field(self, given: Mapping[str, str]) -> Field:
        values = [given[self.name]] if given.get(self.name) else []
        return Field(self.name, self.kind, self.ask, True, self.options, values)


async def _everywhere(session: AsyncSession, units: set[str]) -> list[Option]:
    """List who can answer for cases in all of the units."""
    found = [await colleagues(session, RESPONSIBLE, unit) for unit in sorted(units)]
    shared: set[UUID] = set.intersection(*({it.account_id for it in some} for some in found))
    return [Option(str(it.account_id), it.shown) for it in found[0] if it.account_id in shared]
