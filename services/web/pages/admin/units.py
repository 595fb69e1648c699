"""The units: listed, added, changed, closed and opened again."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from infra.db import transaction
from infra.people.identity import Actor
from infra.people.units import UnitData
from services.administration import units as register
from services.administration.changing import changing
from services.administration.forms import UnitForm
from services.administration.refused import ChangeRefused
from services.administration.unit_rows import UnitRow, unit_rows
from services.web.pages.admin.administrator import Administrator
from services.web.pages.admin.draw import admin_page
from services.web.pages.admin.filled import filled
from services.web.pages.posted import Posted, posted
from services.web.pages.steps.choices import Option
from services.web.pages.steps.read import Wrong
from services.web.pages.steps.row import Ask
from services.web.problem import Problem
from workflows.terms.labels import OWNER_TYPES, ROLES
from workflows.terms.unit_kinds import UNIT_KINDS

router = APIRouter(include_in_schema=False)

_AT: Final = "/admin/enheter"
_ASKS: Final = {
    "name": Ask("Enhetens namn", empty="Skriv enhetens namn."),
    "code": Ask(
        "Kortnamn i adressen",
        hint="Små bokstäver a–z, siffror och bindestreck. Går inte att ändra sedan.",
        empty="Skriv ett kortnamn, till exempel solrosen.",
    ),
    "kind": Ask("Slags verksamhet", empty="Välj slags verksamhet."),
    "owner_type": Ask("Vem driver enheten?", empty="Välj vem som driver enheten."),
    "provider": Ask("Utförarens namn", hint="Bara för privata utförare."),
    "on_call_phone": Ask(
        "Journummer",
        hint="Visas i telefonen när någon har farit illa.",
    ),
}
_ODD_CODE: Final = "Kortnamnet får bara ha små bokstäver a–z, siffror, punkt och bindestreck."
_DONE: Final = {
    "ny": "Enheten är tillagd.",
    "sparad": "Ändringarna är sparade.",
    "stangd": "Enheten är stängd. Den tar inte emot rapporter längre.",
    "oppnad": "Enheten är öppen igen.",
}


@router.get("/admin/enheter")
async def list_units(request: Request, _: Administrator) -> Response:
    """List every unit, with what each lacks."""
    async with transaction() as session:
        rows = await unit_rows(session)
    return admin_page(
        request,
        "admin/units.html",
        at=_AT,
        rows=rows,
        alarms=[it.unit for it in rows if it.alarm],
        kinds=UNIT_KINDS,
    )


@router.get("/admin/ny-enhet")
async def ask_unit(request: Request, _: Administrator) -> Response:
    """Show the form for a new unit."""
    return _drawn(request, Posted([]))


@router.post("/admin/ny-enhet")
async def add_unit(request: Request, admin: Administrator) -> Response:
    """Add a unit."""
    form = await posted(request)
    try:
        unit = _read(form, {})
        async with changing() as session:
            await register.add(session, unit, admin.account_id)
    except Wrong as wrong:
        return _drawn(request, form, wrong.fields)
    except ChangeRefused as refused:
        return _drawn(request, form, {"code": str(refused)})
    return RedirectResponse(f"{_AT}/{unit.code}?gjort=ny", 303)


@router.get("/admin/enheter/{code}")
async def show_unit(code: str, request: Request, _: Administrator, gjort: str = "") -> Response:
    """Show a unit, who works there, and the form to change it."""
    row = await _found(code)
    return _drawn(request, _as_posted(row.unit), row=row, done=_DONE.get(gjort, ""))


@router.post("/admin/enheter/{code}")
async def change_unit(code: str, request: Request, admin: Administrator) -> Response:
    """Change a unit; its code stays."""
    form = await posted(request)
    row = await _found(code)
    try:
        unit = _read(form, {"code": code, "active": row.unit.active})
    except Wrong as wrong:
        return _drawn(request, form, wrong.fields, row=row)
    return await _kept(unit, admin, "sparad")


@router.post("/admin/enheter/{code}/stang")
async def close_unit(code: str, admin: Administrator) -> Response:
    """Close a unit: it takes no more reports, and its cases stay."""
    return await _turned(code, admin, active=False)


@router.post("/admin/enheter/{code}/oppna")
async def open_unit(code: str, admin: Administrator) -> Response:
    """Open a unit again."""
    return await _turned(code, admin, active=True)


async def _turned(code: str, admin: Actor, *, active: bool) -> Response:
    unit = UnitForm.model_construct(**_values((await _found(code)).unit) | {"active": active})
    return await _kept(unit, admin, "oppnad" if active else "stangd")


async def _kept(unit: UnitForm, admin: Actor, done: str) -> Response:
    async with changing() as session:
        await register.keep(session, unit, admin.account_id)
    return RedirectResponse(f"{_AT}/{unit.code}?gjort={done}", 303)


def _read(form: Posted, more: Mapping[str, object]) -> UnitForm:
    wrong: dict[str, str] = {}
    if form.one("owner_type") == "private" and not form.one("provider"):
        wrong["provider"] = "Skriv utförarens namn."
    try:
        unit = filled(UnitForm, form, _ASKS, **more)
    except Wrong as more_wrong:
        wrong = more_wrong.fields | wrong
        if form.one("code") and "code" in wrong:
            wrong["code"] = _ODD_CODE
    if wrong:
        raise Wrong({name: wrong[name] for name in _ASKS if name in wrong})
    return unit


async def _found(code: str) -> UnitRow:
    async with transaction() as session:
        rows = await unit_rows(session)
    row = next((it for it in rows if it.unit.code == code), None)
    if row is None:
        raise Problem(404, "not_found", "Enheten finns inte.")
    return row


def _values(unit: UnitData) -> dict[str, Any]:
    return {name: getattr(unit, name) for name in UnitData.__dataclass_fields__}


def _as_posted(unit: UnitData) -> Posted:
    return Posted([(name, str(it or "")) for name, it in _values(unit).items()])


def _drawn(
    request: Request,
    form: Posted,
    wrong: Mapping[str, str] | None = None,
    *,
    row: UnitRow | None = None,
    done: str = "",
) -> Response:
    kinds = dict(UNIT_KINDS)
    if row is not None:
        kinds.setdefault(row.unit.kind, row.unit.kind)
    return admin_page(
        request,
        "admin/unit.html",
        at=_AT,
        status=422 if wrong else 200,
        row=row,
        given=form,
        asks=_ASKS,
        kinds=[Option(*it) for it in kinds.items()],
        owners=[Option(str(code), label) for code, label in OWNER_TYPES.items()],
        roles=ROLES,
        wrong=wrong or {},
        done=done,
    )
