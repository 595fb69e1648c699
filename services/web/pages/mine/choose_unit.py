"""Where it happened: the way to a unit's own form, for whoever has no code to scan."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.intake.units import described
from services.web.pages.look import page
from services.web.pages.mine.sheet import may_print
from services.web.pages.visitor import MaybeVisitor

router = APIRouter(include_in_schema=False)


@router.get("/rapportera")
async def choose_unit(request: Request, actor: MaybeVisitor, fel: str = "") -> Response:
    """List the units, one's own first. Who has one goes there, unless it was the wrong one.

    `fel` is the unit that somebody comes from because it is not theirs.
    """
    active = await described()
    own = {it.unit for it in actor.held if it.unit and not it.lender} if actor else set()
    mine = [unit for code, unit in active.items() if code in own]
    if len(mine) == 1 and not fel:
        return RedirectResponse(f"/r/{mine[0].code}", 303)
    return page(
        request,
        "mine/units.html",
        mine=mine,
        others=[unit for code, unit in active.items() if code not in own],
        prints=actor is not None and any(may_print(actor, code) for code in active),
    )
