"""The people: searched, listed, and added."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from fastapi import APIRouter, Request, Response

from infra.db import transaction
from infra.people import accounts as people
from infra.people.accounts import Person, PersonRefused
from infra.people.units import units
from services.administration import accounts
from services.administration.changing import changing
from services.administration.forms import NewAccount
from services.web.pages.admin.administrator import Administrator
from services.web.pages.admin.draw import admin_page
from services.web.pages.admin.filled import filled
from services.web.pages.admin.role_words import role_words
from services.web.pages.posted import Posted, posted
from services.web.pages.steps.choices import Option
from services.web.pages.steps.read import Wrong
from services.web.pages.steps.row import Ask

router = APIRouter(include_in_schema=False)

AT: Final = "/admin/personer"
PER_PAGE: Final = 50
_DIGITS: Final = 7
ASKS: Final = {
    "login": Ask(
        "Användarnamn", hint="Det som personen loggar in med.", empty="Skriv ett användarnamn."
    ),
    "name": Ask("Namn", empty="Skriv personens namn."),
    "title": Ask("Titel", hint="Till exempel undersköterska eller enhetschef."),
    "email": Ask("E-post", hint="Dit skickas meddelanden. De innehåller inga namn."),
    "password": Ask("Lösenord", empty="Välj om personen ska få ett lösenord."),
}
ODD_EMAIL: Final = "Skriv en e-postadress, till exempel namn@kommunen.se."
_PASSWORDS: Final = [
    Option("new", "Skapa ett första lösenord och visa det en gång"),
    Option("none", "Inget lösenord: kontot används bara av ett annat system"),
]


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody in the list, with their roles in words."""

    person: Person
    roles: list[str] = field(repr=False)


@router.get(AT)
async def list_people(request: Request, _: Administrator, urval: str = "") -> Response:
    """List people by name."""
    return await _list(request, Posted([("urval", urval)]))


@router.post(AT)
async def search_people(request: Request, _: Administrator) -> Response:
    """Search in names, titles, logins and roles; posted, so that no address names anybody."""
    return await _list(request, await posted(request))


@router.get("/admin/ny-person")
async def ask_person(request: Request, _: Administrator) -> Response:
    """Show the form for a new account."""
    return _drawn(request, Posted([("password", "new")]))


@router.post("/admin/ny-person")
async def add_person(request: Request, admin: Administrator) -> Response:
    """Add an account; a password that was made up is shown this once."""
    form = await posted(request)
    password = accounts.first_password() if form.one("password") == "new" else None
    try:
        new = _read(form, password)
        async with changing() as session:
            account_id = await accounts.add(session, new, admin.account_id)
            person = await accounts.must_exist(session, account_id)
    except Wrong as wrong:
        return _drawn(request, form, wrong.fields)
    except PersonRefused as refused:
        return _drawn(request, form, {"login": str(refused)})
    return shown_once(request, person, password, new=True)


def shown_once(
    request: Request, person: Person, password: str | None, *, new: bool = False
) -> Response:
    """Show a password the only time it can be seen."""
    return admin_page(
        request, "admin/password.html", at=AT, person=person, password=password, new=new
    )


def _read(form: Posted, password: str | None) -> NewAccount:
    wrong: dict[str, str] = {}
    if form.one("password") not in {it.value for it in _PASSWORDS}:
        wrong["password"] = ASKS["password"].empty
    try:
        new = filled(NewAccount, form, ASKS, password=password)
    except Wrong as more:
        wrong = more.fields | wrong
        if "email" in more.fields:
            wrong["email"] = ODD_EMAIL
    if wrong:
        raise Wrong({name: wrong[name] for name in ASKS if name in wrong})
    return new


async def _list(request: Request, asked: Posted) -> Response:
    rows = await _rows(asked.one("sok"), asked.one("urval"))
    last = max(1, -(-len(rows) // PER_PAGE))
    wanted = asked.one("sida")
    at = min(int(wanted), last) if wanted.isdecimal() and len(wanted) < _DIGITS else 1
    at = max(1, at)
    return admin_page(
        request,
        "admin/people.html",
        at=AT,
        rows=rows[(at - 1) * PER_PAGE : at * PER_PAGE],
        count=len(rows),
        sought=asked.one("sok"),
        chosen=asked.one("urval"),
        page_at=at,
        last=last,
    )


async def _rows(sought: str, chosen: str) -> list[Row]:
    async with transaction() as session:
        found = await people.accounts(session, closed=chosen == "stangda")
        held = await people.all_memberships(session)
        names = {it.code: it.name for it in await units(session, closed=True)}
    if chosen == "stangda":
        found = [it for it in found if not it.active]
    elif chosen == "utan-roll":
        found = [it for it in found if it.account_id not in held]
    rows = [Row(it, role_words(held.get(it.account_id, []), names)) for it in found]
    words = sought.casefold().split()
    rows = [it for it in rows if all(word in _sought_in(it) for word in words)]
    return sorted(rows, key=lambda it: it.person.name.casefold())


def _sought_in(row: Row) -> str:
    it = row.person
    return " ".join((it.name, it.login, it.title, *row.roles)).casefold()


def _drawn(request: Request, form: Posted, wrong: Mapping[str, str] | None = None) -> Response:
    return admin_page(
        request,
        "admin/new_person.html",
        at=AT,
        status=422 if wrong else 200,
        given=form,
        asks=ASKS,
        passwords=_PASSWORDS,
        wrong=wrong or {},
    )
