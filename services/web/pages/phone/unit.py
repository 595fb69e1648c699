"""The unit whose address the phone has: its name, and who answers when it is urgent."""

from fastapi import Request, Response

from infra.people.units import UnitData
from services.intake import units
from services.web.pages.look import language_of, page

SEEN_AS_OURS = {"X-Avvik": "phone"}
"""Tells the phone's own script our page from that of a wifi which wants a login first."""


async def unit_of(code: str) -> UnitData | None:
    """Return a unit, a closed one too; None for one that never was."""
    return (await units.every()).get(code)


def not_here(request: Request, unit: UnitData | None) -> Response:
    """Say that the address leads to no unit that takes reports, and where to choose one."""
    t = language_of(request)
    title, says = (
        ("rapport.stangd", "rapport.stangd.tips")
        if unit
        else ("rapport.okand", "rapport.okand.tips")
    )
    return page(
        request,
        "phone/not_here.html",
        status=404,
        headers=SEEN_AS_OURS,
        title=t(title),
        says=t(says),
    )
