"""The manager's queue."""

from collections.abc import Iterable
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Query

from events import Role
from infra import clock
from infra.people.identity import Actor as Known
from services import queue
from services.queue import QueuePage, Wanted
from services.signals import SilentUnit, silent_units
from services.web.deps import Actor, OneCode, OneId, Session, YesOrNo
from services.web.problem import Problem, forbidden
from workflows.access import GENERAL, KINDS

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
    reach = _Reach(None) if owner and actor.works_for(owner) else _reach(actor)
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
    units = _reach(actor).units
    return await silent_units(session, None if units is None else sorted(units), clock.now())


class _Reach(NamedTuple):
    """What a queue may show: `units` and `kinds` None are all of them."""

    units: frozenset[str] | None
    hsl_only: bool = False
    kinds: tuple[str, ...] | None = None
    roles: tuple[Role, ...] = ()


def _reach(actor: Known) -> _Reach:
    """Return how far the roles reach together; raises 403 where none reads a queue."""
    roles = {role for role in actor.roles if role in GENERAL["read-queue"]}
    if not roles:
        raise forbidden()
    leading = roles - {Role.MAS} - KINDS.keys()
    if leading:
        return _Reach(_units(actor, leading))
    narrow = roles & KINDS.keys()
    if not narrow:
        return _Reach(_units(actor, roles), hsl_only=True, roles=tuple(roles))
    kinds = tuple(sorted({kind for role in narrow for kind in KINDS[role]}))
    return _Reach(_units(actor, narrow), kinds=kinds, roles=tuple(narrow))


def _units(actor: Known, roles: Iterable[Role]) -> frozenset[str] | None:
    reached: frozenset[str] = frozenset()
    for role in roles:
        held = actor.units(role)
        if held is None:
            return None
        reached |= held
    return reached
