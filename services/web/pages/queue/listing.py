"""The list "Att göra": what waits, in the order it should be done, as the address asks."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from events import Role
from infra import clock
from infra.db import transaction
from infra.people.identity import Actor
from infra.people.units import UnitData, units
from services import queue
from services.policies import policy_on
from services.queue import Wanted
from services.reach import Reach, reach_of
from services.signals import SilentUnit, silent_units
from services.web.pages.look import page
from services.web.pages.posted import posted
from services.web.pages.queue.acts import may_be_done
from services.web.pages.queue.address import PATH, Shown, read_query, shown
from services.web.pages.queue.rows import rows_of
from services.web.pages.queue.saved import kept
from services.web.pages.queue.search import NOT_FOUND, NOT_NUMBER, find
from services.web.pages.queue.views import ENDED, VIEWS, Desk, desk_of
from services.web.pages.steps.catalogue import STEPS
from services.web.pages.visitor import Visitor
from workflows import CASE_TYPES
from workflows.terms.kinds import MISCONDUCT

router = APIRouter(include_in_schema=False)

PAGE: Final = 50
_ANSWERS_FOR_UNITS: Final = frozenset({Role.UNIT_MANAGER, Role.OPERATIONS_MANAGER, Role.SAS})
_DONE: Final = {
    "sparat": "Filtret är sparat.",
    "borttaget": "Filtret är borttaget.",
    "tangenter": "Kortkommandon är på.",
    "inga-tangenter": "Kortkommandon är av.",
}
_NO_CURSOR: Final = "Listan har ändrats. Här är den från början."


@router.get(PATH)
async def show_list(request: Request, actor: Visitor) -> Response:
    """Show the list. A case's number in `q` leads to that case."""
    reach_of(actor)
    asked = dict(request.query_params)
    if number := asked.get("q", "").strip():
        async with transaction() as session:
            if (case_id := await find(session, number)) is not None:
                return RedirectResponse(f"/arende/{case_id}", 303)
        return await drawn(
            request, actor, asked, wrong={"q": _not_found(number)}, sought=number
        )
    return await drawn(request, actor, asked)


@router.post(f"{PATH}/sok")
async def search(request: Request, actor: Visitor) -> Response:
    """Go to the case with a number, also one that is over.

    Posted, because people type names into whatever searches: an address must not hold one.
    """
    reach_of(actor)
    form = await posted(request)
    number = form.one("q")
    async with transaction() as session:
        case_id = await find(session, number)
    if case_id is not None:
        return RedirectResponse(f"/arende/{case_id}", 303)
    wrong = {"q": _not_found(number)}
    return await drawn(request, actor, read_query(form.one("fran")), wrong=wrong, sought=number)


async def drawn(
    request: Request,
    actor: Actor,
    asked: dict[str, str],
    *,
    wrong: dict[str, str] | None = None,
    sought: str = "",
    name: str = "",
    ticked: Collection[UUID] = (),
) -> Response:
    """Draw the list that an address asks for; `wrong` is what could not be done, and why.

    What was typed, and which cases were ticked for what could not be done, is kept.
    """
    reach = reach_of(actor)
    desk = desk_of(reach.by)
    what = shown(asked, desk.views[0])
    drawn_at = clock.now()
    async with transaction() as session:
        places = await units(session, closed=True)
        mine = await kept(session, actor.account_id)
        context = {
            **await _listed(session, actor, reach, desk, what, places),
            "silent": await _silent(session, reach, drawn_at),
            "policy": await policy_on(session, drawn_at),
        }
    gjort = asked.get("gjort", "")
    return page(
        request,
        "queue/list.html",
        status=422 if wrong else 200,
        wrong=wrong or {},
        sought=sought,
        what=what,
        desk=desk,
        views=VIEWS,
        ended=ENDED,
        acts=may_be_done(actor.roles),
        mine=mine,
        name=name,
        ticked=ticked,
        places=[it for it in places if it.active and _near(reach, it)],
        kinds=[(it, CASE_TYPES[it].label) for it in _kinds(reach)],
        drawn_at=int(drawn_at.timestamp() * 1000),
        done=STEPS[gjort].done if gjort in STEPS else _DONE.get(gjort, ""),
        **context,
    )


async def _listed(
    session: AsyncSession,
    actor: Actor,
    reach: Reach,
    desk: Desk,
    what: Shown,
    places: list[UnitData],
) -> dict[str, Any]:
    only = None if what.view == ENDED else VIEWS[what.view].only or None
    me = (actor.account_id, *actor.stands_in_for)
    wanted = Wanted.within(
        reach, unit=what.unit or None, kind=what.kind or None, only=only, me=me
    )
    everywhere = Wanted.within(reach, unit=what.unit or None, kind=what.kind or None, me=me)
    counted = [*desk.views, "onadda", *([what.view] if what.view in VIEWS else [])]
    counts = await queue.counted(
        session, everywhere, [VIEWS[it].only for it in dict.fromkeys(counted)]
    )
    following, note = "", ""
    if what.view == ENDED:
        items = await queue.last_ended(session, wanted)
    else:
        try:
            found = await queue.page(session, wanted, what.after or None, PAGE)
        except queue.BadCursor:
            found, note = await queue.page(session, wanted, None, PAGE), _NO_CURSOR
        items, following = found.items, found.next or ""
    names = {it.code: it.name for it in places}
    return {
        "rows": await rows_of(session, items, names, actor),
        "counts": counts,
        "at_least": counts[queue.EVERYTHING] > queue.MOST,
        "following": what.following(following).address if following else "",
        "note": note,
    }


def _not_found(number: str) -> str:
    return NOT_FOUND if any(it.isdecimal() for it in number) else NOT_NUMBER


def _near(reach: Reach, unit: UnitData) -> bool:
    return reach.units is None or unit.code in reach.units


async def _silent(session: AsyncSession, reach: Reach, now: datetime) -> list[SilentUnit]:
    """List silent units to those who answer for units; to others it is no signal."""
    if not reach.by & _ANSWERS_FOR_UNITS:
        return []
    return await silent_units(
        session, None if reach.units is None else sorted(reach.units), now
    )


def _kinds(reach: Reach) -> list[str]:
    """List the kinds of cases that a reach holds; MAS reaches no misconduct."""
    if reach.kinds is not None:
        return list(reach.kinds)
    return [it for it in CASE_TYPES if not reach.hsl_only or it not in MISCONDUCT]
