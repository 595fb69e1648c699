"""Saving and removing one's own filters, and switching the single keys on and off."""

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from infra.db import transaction
from infra.people.identity import Actor
from services.reach import reach_of
from services.web.pages.posted import Posted, posted
from services.web.pages.queue.address import PATH, Shown, read_query, shown
from services.web.pages.queue.listing import drawn
from services.web.pages.queue.saved import MOST, SavedFilter, keep_filters, keep_keys, kept
from services.web.pages.queue.views import desk_of
from services.web.pages.visitor import Visitor

router = APIRouter(include_in_schema=False)

_LONGEST: Final = 40


@router.post(f"{PATH}/filter")
async def save_filter(request: Request, actor: Visitor) -> Response:
    """Keep what the list shows under a name; the same name again means this one now."""
    form = await posted(request)
    what = _from(form, actor).following("")
    name = " ".join(form.one("namn").split())
    wrong = _wrong(name)
    async with transaction() as session:
        before = (await kept(session, actor.account_id)).filters
        others = [it for it in before if it.name != name]
        if len(others) >= MOST:
            wrong = wrong or f"Du har redan {MOST} filter. Ta bort ett först."
        if not wrong:
            mine = [*others, SavedFilter(name, what.query)]
            await keep_filters(session, actor.account_id, mine)
    if wrong:
        asked = read_query(what.query)
        return await drawn(request, actor, asked, wrong={"namn": wrong}, name=name)
    return RedirectResponse(f"{what.address}&gjort=sparat", 303)


@router.post(f"{PATH}/filter/bort")
async def remove_filter(request: Request, actor: Visitor) -> Response:
    """Forget the filter with a name; one that is not there is gone already."""
    form = await posted(request)
    what = _from(form, actor)
    async with transaction() as session:
        before = (await kept(session, actor.account_id)).filters
        left = [it for it in before if it.name != form.one("namn")]
        await keep_filters(session, actor.account_id, left)
    return RedirectResponse(f"{what.address}&gjort=borttaget", 303)


@router.post(f"{PATH}/kortkommandon")
async def switch_keys(request: Request, actor: Visitor) -> Response:
    """Let single keys do something in the list, or not (WCAG 2.1.4)."""
    form = await posted(request)
    what = _from(form, actor)
    on = form.one("pa") == "ja"
    async with transaction() as session:
        await keep_keys(session, actor.account_id, on=on)
    return RedirectResponse(
        f"{what.address}&gjort={'tangenter' if on else 'inga-tangenter'}", 303
    )


def _from(form: Posted, actor: Actor) -> Shown:
    return shown(read_query(form.one("fran")), desk_of(reach_of(actor).by).views[0])


def _wrong(name: str) -> str:
    if not name:
        return "Skriv ett namn på filtret."
    if len(name) > _LONGEST or not name.isprintable():
        return f"Skriv ett namn med högst {_LONGEST} tecken."
    return ""
