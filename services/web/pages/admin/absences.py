"""Absences and vacancies: listed with whom their chains reach, added, and ended."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from events import Role
from infra import clock
from infra.db import transaction
from infra.people import accounts as people
from infra.people.units import units
from services import substitutes
from services.administration.changing import changing
from services.substitutes import BadSubstitution, Kept
from services.web.pages.absence_form import read_absence, wrong_of
from services.web.pages.admin.administrator import Administrator
from services.web.pages.admin.draw import admin_page
from services.web.pages.posted import Posted, posted
from services.web.pages.steps.choices import Option
from services.web.pages.steps.read import Wrong
from services.web.problem import Problem
from workflows.terms.labels import ROLES

router = APIRouter(include_in_schema=False)

AT: Final = "/admin/franvaro"
_DONE: Final = {
    "sparad": "Det är sparat.",
    "slut": "Det är avslutat. Ersättaren når inte längre ärendena.",
}
_VACANT: Final = [Option(str(it), ROLES[it]) for it in Role if it is not Role.ADMIN]


@router.get(AT)
async def list_absences(request: Request, _: Administrator, gjort: str = "") -> Response:
    """List what holds today or later, and whom each chain reaches."""
    async with transaction() as session:
        rows = await substitutes.listed(session)
        names = await _names(session, rows)
        places = {it.code: it.name for it in await units(session, closed=True)}
    return admin_page(
        request,
        "admin/absences.html",
        at=AT,
        rows=rows,
        names=names,
        places_by_code=places,
        roles=ROLES,
        today=clock.today(),
        done=_DONE.get(gjort, ""),
    )


@router.get("/admin/ny-franvaro")
async def ask_absence(request: Request, _: Administrator) -> Response:
    """Show the form for somebody who is away."""
    return await _drawn(request, Posted(request.query_params.multi_items()), vacancy=False)


@router.post("/admin/ny-franvaro")
async def add_absence(request: Request, admin: Administrator) -> Response:
    """Say that somebody is away."""
    return await _added(request, admin.account_id, vacancy=False)


@router.get("/admin/ny-vakans")
async def ask_vacancy(request: Request, _: Administrator) -> Response:
    """Show the form for a unit that lacks somebody."""
    return await _drawn(request, Posted(request.query_params.multi_items()), vacancy=True)


@router.post("/admin/ny-vakans")
async def add_vacancy(request: Request, admin: Administrator) -> Response:
    """Say that a unit lacks somebody in a role."""
    return await _added(request, admin.account_id, vacancy=True)


@router.post(AT + "/{substitution_id}/slut")
async def end_absence(substitution_id: UUID, admin: Administrator) -> Response:
    """End an absence or a vacancy."""
    async with changing() as session:
        if not await substitutes.end(session, substitution_id, admin.account_id):
            raise Problem(404, "not_found", "Det finns ingen sådan frånvaro.")
    return RedirectResponse(f"{AT}?gjort=slut", 303)


async def _added(request: Request, by: UUID, *, vacancy: bool) -> Response:
    form = await posted(request)
    asked = ("unit", "role") if vacancy else ("account_id",)
    try:
        row = read_absence(form, uuid4(), asked)
        async with changing() as session:
            await substitutes.keep(session, row, by)
    except Wrong as wrong:
        return await _drawn(request, form, vacancy=vacancy, wrong=wrong.fields)
    except BadSubstitution as bad:
        return await _drawn(request, form, vacancy=vacancy, wrong=wrong_of(bad))
    return RedirectResponse(f"{AT}?gjort=sparad", 303)


async def _drawn(
    request: Request, form: Posted, *, vacancy: bool, wrong: Mapping[str, str] | None = None
) -> Response:
    async with transaction() as session:
        everybody = await people.accounts(session)
        held = await people.all_memberships(session)
        places = await units(session)
    shown = sorted(everybody, key=lambda it: it.name.casefold())
    admins = {who for who, rows in held.items() if any(r is Role.ADMIN for r, _ in rows)}
    options: dict[str, Any] = {
        "people": [Option(str(it.account_id), _shown(it)) for it in shown],
        "substitutes": [
            Option(str(it.account_id), _shown(it))
            for it in shown
            if it.account_id not in admins
        ],
        "units": [Option(it.code, it.name) for it in places],
        "roles": _VACANT,
    }
    return admin_page(
        request,
        "admin/absence.html",
        at=AT,
        status=422 if wrong else 200,
        vacancy=vacancy,
        given=form,
        options=options,
        wrong=wrong or {},
    )


def _shown(person: people.Person) -> str:
    return f"{person.name}, {person.title}" if person.title else person.name


async def _names(session: AsyncSession, rows: list[Kept]) -> dict[UUID, str]:
    every = {it for row in rows for it in (row.account_id, row.substitute_id, row.reached)}
    return await people.display_names(session, [it for it in every if it is not None])
