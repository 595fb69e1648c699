"""The form at `/r/<unit>`: the page the phone keeps, and the way in without scripts."""

from base64 import b64encode
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from infra import clock
from infra.people.units import UnitData
from infra.vault.envelopes import newest
from services.intake.form import ReportForm
from services.web.admission import Admission
from services.web.deps import Trace
from services.web.filing import file, report_of
from services.web.pace import Pace
from services.web.pages.look import language_of, page
from services.web.pages.phone import words
from services.web.pages.phone.deadline import read_by
from services.web.pages.phone.fields import HARMS, WHENS, Filled, empty, filled
from services.web.pages.phone.unit import SEEN_AS_OURS, not_here, unit_of
from services.web.pages.posted import posted
from services.web.pages.visitor import somebody
from services.web.problem import forbidden
from workflows.access import may
from workflows.terms.tiles import TILES

router = APIRouter(include_in_schema=False)

CALLS: Final = ("otrygg",)
"""Tiles after which the on-call number is shown, as after "Ja, allvarligt"."""


@router.get("/r/{unit}")
async def show(unit: str, request: Request) -> Response:
    """Show the empty form: the same to everybody, so that the phone may keep it."""
    found = await unit_of(unit)
    if found is None or not found.active:
        return not_here(request, found)
    return await _form(request, found, empty())


@router.post("/r/{unit}")
async def take(unit: str, request: Request, trace: Trace) -> Response:
    """Take in what a browser without scripts sends; with scripts the page never comes here."""
    found = await unit_of(unit)
    if found is None or not found.active:
        return not_here(request, found)
    told = await posted(request)
    it = filled(told, unit, language_of(request), clock.now())
    if it.form is None:
        return await _form(request, found, it, 422)
    admission: Admission = request.app.state.admission
    admission.check()
    account_id = None
    if it.form.anonymous:
        pace: Pace = request.app.state.pace
        pace.take(request.client.host if request.client else "")
    else:
        actor = await somebody(request)  # whoever must log in first finds it all again
        if not may("file-report", actor.roles):
            raise forbidden()
        account_id = actor.account_id
    report = report_of(it.report_id, it.form, account_id, trace, clock.now())
    filed = await file(request, report)
    return page(
        request,
        "phone/receipt.html",
        unit=found,
        receipt=filed.receipt,
        lex=it.form.lex_sarah,
        read_by=await read_by(filed.receipt.case_id),
        today=clock.today(),
        call=_calls(it.form),
    )


async def _form(request: Request, unit: UnitData, it: Filled, status: int = 200) -> Response:
    lock = await newest()
    t = language_of(request)
    context: dict[str, Any] = {
        "unit": unit,
        "it": it,
        "wrong": it.wrong,
        "lock": {"kid": lock.kid, "key": b64encode(lock.public).decode()},
        "tiles": TILES,
        "harms": HARMS,
        "whens": WHENS,
        "calls": CALLS,
        "words": words.for_script(t),
    }
    return page(request, "phone/form.html", status=status, headers=SEEN_AS_OURS, **context)


def _calls(form: ReportForm) -> bool:
    return form.harm == HARMS["mycket"] or form.category in CALLS
