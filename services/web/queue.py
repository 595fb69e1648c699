"""The manager's queue."""

from typing import Annotated

from fastapi import APIRouter, Query

from infra import clock
from services import queue
from services.queue import QueuePage, Wanted
from services.reach import Reach, reach_of
from services.signals import SilentUnit, silent_units
from services.web.deps import Actor, OneCode, OneId, Session, YesOrNo
from services.web.problem import Problem, forbidden

router = APIRouter(prefix="/api/v1/queue", tags=["queue"])


@router.get("")
async def read_queue(
    actor: Actor,
    session: Session,
    unit: OneCode = None,
    kind: OneCode = None,
    overdue: YesOrNo = None,
    owner: OneId = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> QueuePage:
    """List open cases of your units: overdue first, then grave, time left, age.

    Page by page each case that stays as it is comes once. One that becomes more or less urgent
    meanwhile moves, and is met at its new place if that still lies ahead. With `owner` being
    yourself, or somebody you stand in for: what that person answers for, wherever it is.
    """
    reach = Reach(None) if owner and actor.works_for(owner) else reach_of(actor)
    units = reach.units
    if unit is not None:
        if units is not None and unit not in units:
            raise forbidden()
        units = frozenset({unit})
    wanted = Wanted(
        units=None if units is None else sorted(units),
        kind=kind,
        overdue=overdue,
        owner=owner,
        hsl_only=reach.hsl_only,
        kinds=reach.kinds,
        roles=reach.roles,
    )
    try:
        return await queue.page(session, wanted, cursor or None, limit)
    except queue.BadCursor:
        said = "Sidan går inte att hitta. Börja om från första sidan."
        raise Problem(422, "bad_cursor", said) from None


@router.get("/silent-units")
async def read_silent_units(actor: Actor, session: Session) -> list[SilentUnit]:
    """List your units that nobody has reported about for long (the policy says how long)."""
    units = reach_of(actor).units
    return await silent_units(session, None if units is None else sorted(units), clock.now())
