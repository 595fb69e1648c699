"""Who is logged in on the phone, asked by the page: the page itself is the same for all."""

from fastapi import APIRouter
from pydantic import BaseModel

from infra import clock
from infra.db import transaction
from infra.people import tickets
from infra.people.accounts import display_names
from services.web.pages.visitor import MaybeVisitor
from workflows.access import may

router = APIRouter(include_in_schema=False)


class Somebody(BaseModel):
    """Who is here, and the ticket that lets a report say so; see `infra.people.tickets`.

    Who may not file a report has no ticket.
    """

    login: str
    name: str
    ticket: str | None


class Who(BaseModel):
    """Somebody, or nobody."""

    who: Somebody | None


@router.get("/r/{unit}/jag")  # noqa: FAST003 - the same at every unit
async def who_is_here(actor: MaybeVisitor) -> Who:
    """Tell who is logged in on this phone; the same whatever unit it is at."""
    if actor is None:
        return Who(who=None)
    async with transaction() as session:
        names = await display_names(session, [actor.account_id])
    return Who(
        who=Somebody(
            login=actor.login,
            name=names.get(actor.account_id, actor.login),
            ticket=(
                tickets.issue(actor.account_id, clock.now())
                if may("file-report", actor.roles)
                else None
            ),
        )
    )
