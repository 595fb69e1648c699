"""Own reports: how far each has come, what was answered, and what was done."""

from collections.abc import Sequence
from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from infra import clock
from infra.db import transaction
from infra.people.identity import Actor
from infra.people.units import units
from services.my_measures import how_many
from services.reporter_view import my_report, my_reports
from services.thanks import changed
from services.web.deps import Trace
from services.web.pages.look import language_of, page
from services.web.pages.mine.track import card_of, steps_of
from services.web.pages.visitor import Visitor
from services.web.problem import forbidden

router = APIRouter(include_in_schema=False)


@router.get("/mina-rapporter")
async def show_reports(request: Request, actor: Visitor) -> Response:
    """List one's own reports: unread answers first, then the newest."""
    t = language_of(request)
    today = clock.today()
    own = _own_units(actor)
    async with transaction() as session:
        found = await my_reports(session, actor.account_id)
        names = await _names(session)
        thanks = await changed(session, own, today)
        to_do = await how_many(session, actor)
    found.sort(key=lambda it: not it.unread)  # stable: the newest first among each
    return page(
        request,
        "mine/reports.html",
        cards=[card_of(it, names, t) for it in found],
        thanks=[(names.get(it.unit, it.unit), it.month.month, it.count) for it in thanks],
        has_unit=bool(own),
        to_do=to_do,
        today=today,
    )


@router.get("/mina-rapporter/{case_id}")
async def show_report(
    case_id: UUID, request: Request, actor: Visitor, trace: Trace
) -> Response:
    """Show one's own report whole. The reading is written down."""
    t = language_of(request)
    async with transaction() as session:
        found = await my_report(session, actor.account_id, case_id, trace)
        if found is None:
            raise forbidden()
        names = await _names(session)
    return page(
        request,
        "mine/report.html",
        card=card_of(found, names, t),
        report=found,
        steps=steps_of(found, t),
        today=clock.today(),
    )


def _own_units(actor: Actor) -> Sequence[str]:
    """Return the units somebody works in; a role held everywhere is in none."""
    return sorted({it.unit for it in actor.held if it.unit and it.lender is None})


async def _names(session: AsyncSession) -> dict[str, str]:
    return {it.code: it.name for it in await units(session, closed=True)}
