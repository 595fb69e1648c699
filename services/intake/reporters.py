"""What those who report lex Sarah are at work; never who they are."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from events import Role
from infra.people import accounts as people
from workflows.access import foremost


async def roles_of(session: AsyncSession, reporters: Iterable[UUID]) -> Mapping[UUID, Role]:
    """Return the role that weighs most of each, today; who holds none is left out."""
    told: dict[UUID, Role] = {}
    for reporter in set(reporters):
        role = foremost(held for held, _ in await people.memberships(session, reporter))
        if role is not None:
            told[reporter] = role
    return told
