"""One person: their particulars, roles and password, and closing the account."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from events import Role
from infra.db import transaction
from infra.people import accounts as people
from infra.people import tokens as keys
from infra.people.accounts import EVERYWHERE, Person
from infra.people.identity import Actor
from infra.people.units import units
from services.administration import accounts, tokens
from services.administration.changing import changing
from services.administration.forms import AccountChange, Grant
from services.administration.unit_rows import unreceived
from services.web.pages.admin.administrator import Administrator
from services.web.pages.admin.draw import admin_page
from services.web.pages.admin.filled import filled
from services.web.pages.admin.people import ASKS, AT, ODD_EMAIL, shown_once
from services.web.pages.admin.role_words import EVERYWHERE_SAYS
from services.web.pages.posted import Posted, posted
from services.web.pages.steps.choices import Option
from services.web.pages.steps.read import Wrong
from services.web.pages.steps.row import Ask
from workflows.terms.labels import ROLES

router = APIRouter(include_in_schema=False)

_DONE: Final = {
    "sparad": "Ändringarna är sparade.",
    "roll": "Rollen är tillagd.",
    "roll-borta": "Rollen är borttagen.",
    "stangd": "Kontot är stängt. Personen är utloggad överallt.",
    "oppnad": "Kontot är öppet igen. Skapa ett nytt lösenord om det behövs.",
    "aterkallad": "Tokenet är återkallat.",
}
_ROLE_ASKS: Final = {
    "role": Ask("Roll", empty="Välj en roll."),
    "unit": Ask("Enhet", empty="Välj en enhet på listan."),
}


@router.get(AT + "/{account_id}")
async def show_person(
    account_id: UUID, request: Request, admin: Administrator, gjort: str = "", enhet: str = ""
) -> Response:
    """Show an account; a unit that was just left without anybody who receives is named."""
    return await drawn(request, account_id, admin, done=_DONE.get(gjort, ""), left=[enhet])


@router.post(AT + "/{account_id}")
async def change_person(account_id: UUID, request: Request, admin: Administrator) -> Response:
    """Change name, title and address; an empty address takes it away."""
    form = await posted(request)
    try:
        email = form.one("email") or None
        told = {"name": form.one("name"), "title": form.one("title"), "email": email}
        change = filled(AccountChange, form, ASKS, **told)
    except Wrong as wrong:
        if "email" in wrong.fields:
            wrong.fields["email"] = ODD_EMAIL
        return await drawn(request, account_id, admin, form=form, wrong=wrong.fields)
    return await _changed(account_id, admin, change, "sparad")


@router.post(AT + "/{account_id}/losenord")
async def new_password(account_id: UUID, request: Request, admin: Administrator) -> Response:
    """Make up a new password and show it this once; every session ends."""
    password = accounts.first_password()
    async with changing() as session:
        person = await accounts.must_exist(session, account_id)
        change = AccountChange(password=password)
        await accounts.change(session, account_id, change, admin.account_id)
    return shown_once(request, person, password)


@router.post(AT + "/{account_id}/stang")
async def close_person(account_id: UUID, admin: Administrator) -> Response:
    """Close an account: whoever has it is logged out everywhere."""
    return await _changed(account_id, admin, AccountChange(active=False), "stangd")


@router.post(AT + "/{account_id}/oppna")
async def open_person(account_id: UUID, admin: Administrator) -> Response:
    """Open an account again, with the roles it had."""
    return await _changed(account_id, admin, AccountChange(active=True), "oppnad")


@router.post(AT + "/{account_id}/roller")
async def grant_role(account_id: UUID, request: Request, admin: Administrator) -> Response:
    """Give a role; one that is always held somewhere asks for its unit."""
    form = await posted(request)
    try:
        given = await _role(form)
    except Wrong as wrong:
        return await drawn(request, account_id, admin, form=form, wrong=wrong.fields)
    async with changing() as session:
        await accounts.grant(session, account_id, given, admin.account_id)
    return _back(account_id, "roll")


@router.post(AT + "/{account_id}/roller/bort")
async def withdraw_role(account_id: UUID, request: Request, admin: Administrator) -> Response:
    """Take a role away."""
    form = await posted(request)
    given = filled(Grant, form, _ROLE_ASKS)
    async with changing() as session:
        await accounts.must_exist(session, account_id)
        await accounts.withdraw(session, account_id, given, admin.account_id)
    return _back(account_id, "roll-borta", enhet=given.unit or "")


async def _role(form: Posted) -> Grant:
    """Read a role and where it is held; raises `Wrong`."""
    given = filled(Grant, form, _ROLE_ASKS)
    async with transaction() as session:
        known = {it.code for it in await units(session)}
    if given.unit is None and given.role not in EVERYWHERE:
        says = f"Välj enhet. Rollen {ROLES[given.role]} gäller alltid en enhet."
        raise Wrong({"unit": says})
    if given.unit is not None and given.unit not in known:
        raise Wrong({"unit": _ROLE_ASKS["unit"].empty})
    return given


async def _changed(
    account_id: UUID, admin: Actor, change: AccountChange, done: str
) -> Response:
    async with changing() as session:
        await accounts.change(session, account_id, change, admin.account_id)
    return _back(account_id, done)


def _back(account_id: UUID, done: str, **more: str) -> Response:
    query = urlencode({"gjort": done} | {name: it for name, it in more.items() if it})
    return RedirectResponse(f"{AT}/{account_id}?{query}", 303)


async def drawn(
    request: Request,
    account_id: UUID,
    admin: Actor,
    *,
    form: Posted | None = None,
    wrong: Mapping[str, str] | None = None,
    done: str = "",
    left: list[str] | None = None,
    token: str = "",
) -> Response:
    """Draw a person's page; what was filled in wrong is kept in its form."""
    async with transaction() as session:
        person = await accounts.must_exist(session, account_id)
        held = await people.memberships(session, account_id)
        managed = [unit for role, unit in held if role is Role.UNIT_MANAGER and unit]
        uncovered = await unreceived(session, [*managed, *(left or [])])
        every = await units(session, closed=True)
        issued = await keys.tokens_of(session, account_id)
        reads = await tokens.reads_cases(session, account_id)
    names = {it.code: it.name for it in every}
    return admin_page(
        request,
        "admin/person.html",
        at=AT,
        status=422 if wrong else 200,
        person=person,
        given=form if form is not None and form.has("name") else _as_posted(person),
        given_role=form if form is not None and form.has("role") else Posted([]),
        asks=ASKS | _ROLE_ASKS,
        held=[_role_row(role, unit, names) for role, unit in held],
        roles=[Option(str(code), label) for code, label in ROLES.items()],
        places_to_choose=[Option(it.code, it.name) for it in every if it.active],
        uncovered=uncovered,
        tokens=[it for it in issued if it.expires_at is None],
        reads_cases=reads,
        oneself=account_id == admin.account_id,
        token=token,
        given_token=form.one("token") if form is not None else "",
        wrong=wrong or {},
        done=done,
    )


def _role_row(role: Role, unit: str | None, names: Mapping[str, str]) -> dict[str, Any]:
    where = EVERYWHERE_SAYS.capitalize() if unit is None else names.get(unit, unit)
    return {"role": str(role), "unit": unit or "", "says": ROLES[role], "where": where}


def _as_posted(person: Person) -> Posted:
    told = {"name": person.name, "title": person.title, "email": person.email or ""}
    return Posted(told.items())
