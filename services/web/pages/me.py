"""The page about oneself: who I am, when I am away, what I was told, and what I prefer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from events import Role
from infra.db import transaction
from infra.people import accounts as people
from infra.people import logins
from infra.people.identity import Actor
from infra.people.logins import LoginRefused
from infra.people.passwords import PasswordRefused
from infra.people.preferences import SINGLE_KEYS, prefer, preferences
from infra.people.units import units
from services import substitutes
from services.administration import accounts
from services.administration.changing import changing
from services.notify import notices
from services.substitutes import BadSubstitution
from services.web.pages import visitor
from services.web.pages.absence_form import read_absence, wrong_of
from services.web.pages.admin.role_words import role_words
from services.web.pages.look import page
from services.web.pages.posted import Posted, posted
from services.web.pages.steps.choices import Option
from services.web.pages.steps.read import Wrong
from services.web.pages.visitor import Visitor
from workflows.access import may
from workflows.terms.labels import ROLES

router = APIRouter(include_in_schema=False)

_NEWEST: Final = 8
_MOST: Final = 100
_DONE: Final = {
    "franvaro": "Frånvaron är sparad.",
    "tillbaka": "Välkommen tillbaka. Ersättaren når inte längre dina ärenden.",
    "kortkommandon": "Valet är sparat.",
    "losenord": "Lösenordet är bytt. Du är utloggad på andra ställen.",
}


@router.get("/jag")
async def show_me(
    request: Request, actor: Visitor, gjort: str = "", meddelanden: str = ""
) -> Response:
    """Show who one is and what one can choose; the newest notices, or all of them."""
    most = _MOST if meddelanden == "alla" else _NEWEST
    return await _drawn(request, actor, done=_DONE.get(gjort, ""), most=most)


@router.post("/jag/franvaro")
async def be_away(request: Request, actor: Visitor) -> Response:
    """Say that one will be away, and who stands in; replaces what was said before."""
    form = await posted(request)
    me = actor.account_id
    try:
        row = replace(read_absence(form, me, ()), account_id=me)
        async with changing() as session:
            await substitutes.keep(session, row, me, by_oneself=True)
    except Wrong as wrong:
        return await _drawn(request, actor, form, wrong.fields)
    except BadSubstitution as bad:
        return await _drawn(request, actor, form, wrong_of(bad))
    return RedirectResponse("/jag?gjort=franvaro", 303)


@router.post("/jag/franvaro/slut")
async def be_back(actor: Visitor) -> Response:
    """Say that one is back; who is back already is back."""
    async with changing() as session:
        await substitutes.end(session, actor.account_id, actor.account_id)
    return RedirectResponse("/jag?gjort=tillbaka", 303)


@router.post("/jag/kortkommandon")
async def choose_shortcuts(request: Request, actor: Visitor) -> Response:
    """Let single keys do something in lists, or not."""
    form = await posted(request)
    async with transaction() as session:
        wanted = form.one("shortcuts") == "ja"
        await prefer(session, actor.account_id, SINGLE_KEYS, wanted)
    return RedirectResponse("/jag?gjort=kortkommandon", 303)


@router.post("/jag/losenord")
async def choose_password(request: Request, actor: Visitor) -> Response:
    """Give oneself a new password; one stays logged in here, and nowhere else."""
    form = await posted(request)
    current, chosen = form.one("current"), form.one("chosen")
    try:
        async with changing() as session:
            refused = await accounts.choose_password(session, actor.account_id, current, chosen)
    except PasswordRefused as error:
        return await _drawn(request, actor, form, {"chosen": str(error)})
    if refused is not None:
        said = "Det lösenord du har i dag stämmer inte."
        many = refused.code is logins.Why.TOO_MANY
        wrong = {"current": refused.message if many else said}
        return await _drawn(request, actor, form, wrong)
    async with transaction() as session:
        token = await logins.login(session, actor.login, chosen)
    response = RedirectResponse("/jag?gjort=losenord", 303)
    if not isinstance(token, LoginRefused):
        visitor.keep(request, response, token)
    return response


async def _drawn(
    request: Request,
    actor: Actor,
    form: Posted | None = None,
    wrong: Mapping[str, str] | None = None,
    *,
    done: str = "",
    most: int = _NEWEST,
) -> Response:
    return page(
        request,
        "me/me.html",
        status=422 if wrong else 200,
        given=form,
        wrong=wrong or {},
        done=done,
        **await _gathered(actor, most),
    )


async def _gathered(actor: Actor, most: int) -> dict[str, Any]:
    me = actor.account_id
    async with transaction() as session:
        rows = await substitutes.listed(session)
        choosable = await substitutes.choosable(session, me)
        places = {it.code: it.name for it in await units(session, closed=True)}
        held = await people.memberships(session, me)
        person = await accounts.must_exist(session, me)
        named = {it for row in rows for it in (row.account_id, row.reached) if it}
        names = await people.display_names(session, [*named, *actor.stands_in_for])
        told = await notices.mine(session, me, most=most + 1)
        shortcuts = (await preferences(session, me)).get(SINGLE_KEYS, True)
    return {
        "person": person,
        "roles": role_words(held, places),
        "absence": next((it for it in rows if it.id == me), None),
        "also_away": [it for it in rows if it.account_id == me and it.id != me],
        "lent": [names[it] for it in sorted(actor.stands_in_for) if it in names],
        "vacancies": [
            f"{ROLES[it.role]}, {places.get(it.unit or '', '')}"
            for it in rows
            if it.substitute_id == me and it.role is not None
        ],
        "names": names,
        "choosable": [Option(str(it.account_id), it.shown) for it in choosable],
        "notices": told[:most],
        "older": len(told) > most == _NEWEST,
        "reads_cases": may("read-queue", actor.roles),
        "shortcuts": shortcuts,
        "logs": [
            Option(code, places.get(code, code))
            for code in sorted(actor.units(Role.UNIT_MANAGER) or ())
        ],
    }
