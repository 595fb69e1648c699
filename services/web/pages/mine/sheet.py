"""The sheet to put on the wall of a unit: a code that leads to its form."""

from typing import Final

from fastapi import APIRouter, Request, Response

from events import Role
from infra.people.identity import Actor
from services.intake.units import described
from services.web.pages.look import page
from services.web.pages.mine.qr_code import squares
from services.web.pages.visitor import Visitor
from services.web.problem import Problem, forbidden
from workflows.access import GENERAL

router = APIRouter(include_in_schema=False)

_ONLY_HERE: Final = ("localhost", "127.0.0.1", "[::1]", "::1")


@router.get("/qr")
async def list_sheets(request: Request, actor: Visitor) -> Response:
    """List the sheets somebody may print."""
    mine = [unit for code, unit in (await described()).items() if may_print(actor, code)]
    if not mine:
        raise forbidden()
    return page(request, "mine/sheets.html", units=mine)


@router.get("/qr/{code}")
async def show_sheet(code: str, request: Request, actor: Visitor) -> Response:
    """Show a unit's sheet, with the address that this page itself was asked for at."""
    if not may_print(actor, code):
        raise forbidden()
    unit = (await described()).get(code)
    if unit is None:
        raise Problem(404, "not_found", "Enheten finns inte.")
    leads_to = f"{request.base_url}r/{code}"
    return page(
        request,
        "mine/sheet.html",
        unit=unit,
        leads_to=leads_to,
        code=squares(leads_to),
        only_here=request.url.hostname in _ONLY_HERE,
    )


def may_print(actor: Actor, unit: str) -> bool:
    """Tell whether somebody has a role in the unit that puts up its sheet."""
    return any(actor.has_in(Role(role), unit) for role in GENERAL["print-sheet"])
