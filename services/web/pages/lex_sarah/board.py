"""The board of misconduct: cases as a list or columns, notifications, measures, what waits."""

from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from events import Role
from infra import clock
from infra.db import transaction
from infra.people.accounts import display_names
from infra.people.identity import Actor
from infra.people.units import units
from services.lex_sarah_board import awaited, cards, notices, promises
from services.lex_sarah_board.cases import SEES, Wanted
from services.policies import policy_on
from services.web.pages.lex_sarah.road import COLUMNS, ENDED, GATES, column_of
from services.web.pages.look import page
from services.web.pages.steps.choices import Option
from services.web.pages.visitor import Visitor
from services.web.problem import forbidden
from workflows import CASE_TYPES
from workflows.rules.calendar import local_day
from workflows.terms.categories import CATEGORIES
from workflows.terms.labels import PHASES

router = APIRouter(include_in_schema=False)

_LIST: Final = "lista"
_VIEWS: Final = {
    _LIST: "Lista",
    "tavla": "Tavla",
    "atgarder": "Åtgärder",
    "ivo": "Anmälningar till IVO",
    "vantar": "Väntar på SAS",
}
"""By the word in the address."""
_OLDEST: Final = 2010
"""Before this year there was no lex Sarah in its present form (SFS 2010:429, 2011)."""


@router.get("/lex-sarah")
async def show_board(
    request: Request,
    actor: Visitor,
    vy: str = _LIST,
    ar: str = "",
    enhet: str = "",
    ansvarig: str = "",
) -> Response:
    """Show how far the cases have come. No content is read, so no reading is written down."""
    view = vy if vy in _VIEWS else _LIST
    wanted = Wanted(year=_year(ar), unit=enhet or None, mine=ansvarig == "jag")
    async with transaction() as session:
        reached = {it.code: it.name for it in await units(session, closed=True)}
        waiting = await awaited.awaited(session, actor, wanted.unit) if _sas(actor) else []
        shown = await _shown(session, actor, view, wanted)
        if not SEES & set(actor.roles) and not (wanted.mine and any(shown.values())):
            raise forbidden()
        policy = await policy_on(session, clock.now())
        names = await display_names(session, _owners(shown.values()))
    return page(
        request,
        "lex_sarah/board.html",
        view=view,
        views={key: says for key, says in _VIEWS.items() if key != "vantar" or _sas(actor)},
        wanted=wanted,
        years=_years(wanted.year),
        units=_units(actor, reached),
        unit_names=reached,
        waiting=waiting,
        names=names,
        policy=policy,
        categories={it.code: it.label for it in CATEGORIES.values()},
        phases=PHASES,
        kinds={name: it.label for name, it in CASE_TYPES.items()},
        column_of=column_of,
        gates=GATES,
        **{"cards": [], "notices": [], "promises": [], "columns": {}, **shown},
    )


async def _shown(
    session: AsyncSession, actor: Actor, view: str, wanted: Wanted
) -> dict[str, Any]:
    if view == "atgarder":
        return {"promises": await promises.promises(session, actor, wanted)}
    if view == "ivo":
        return {"notices": await notices.notices(session, actor, wanted)}
    if view == "vantar":
        return {}
    found = await cards.cards(session, actor, wanted)
    if view == _LIST:
        return {"cards": found}
    titles = (*COLUMNS, *((ENDED,) if wanted.year else ()))
    return {
        "cards": found,
        "columns": {
            title: [it for it in found if column_of(it.phase) == title] for title in titles
        },
    }


def _sas(actor: Actor) -> bool:
    return actor.has(Role.SAS)


def _year(told: str) -> int | None:
    this = local_day(clock.now()).year
    year = int(told) if told.isdecimal() and len(told) == len("2026") else None
    return year if year is not None and _OLDEST <= year <= this else None


def _years(chosen: int | None) -> list[int]:
    """List the years to choose among: the last five, and the one that is shown."""
    this = local_day(clock.now()).year
    return sorted({*range(this - 4, this + 1), *([chosen] if chosen else [])}, reverse=True)


def _units(actor: Actor, names: Mapping[str, str]) -> list[Option]:
    """List the units that the roles of an actor reach together."""
    reached: set[str] = set()
    for role in (it for it in actor.roles if it in SEES):
        held = actor.units(role)
        reached |= set(names) if held is None else held
    return [Option(code, name) for code, name in names.items() if code in reached]


def _owners(shown: Iterable[Any]) -> set[UUID]:
    rows = (row for it in shown if isinstance(it, list) for row in it)
    owners = {getattr(row, "owner", None) for row in rows}
    return {it for it in owners if it is not None}
