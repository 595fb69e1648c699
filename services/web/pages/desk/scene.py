"""Reads a case and what is around it, for a page that shows or changes it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from infra import clock
from infra.people.colleagues import colleagues
from infra.people.identity import Actor
from infra.people.units import units
from services.case_view import case_view
from services.policies import policy_on
from services.web.pages.steps.choices import Scene
from workflows.access import RESPONSIBLE


async def scene_of(session: AsyncSession, case_id: UUID, actor: Actor, trace: str) -> Scene:
    """Return the scene of a case; the reading is written down.

    Raises `UnknownCase` or `Forbidden`.
    """
    case = await case_view(session, case_id, actor, trace)
    return Scene(
        case=case,
        actor=actor,
        colleagues=await colleagues(session, RESPONSIBLE, case.unit),
        units=await units(session),
        policy=await policy_on(session, clock.now()),
    )
