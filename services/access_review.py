"""Who may review the log of who read what, and how far."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from events import Role
from infra.people import access_log
from infra.people.access_log import Page
from infra.people.identity import Actor
from services.give import Forbidden
from services.reporter_view import READ_OWN
from workflows.access import may

_FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(3000, 1, 1, tzinfo=UTC)
"""Beyond these the database's clock and ours may not meet; nothing was read there."""


async def review(
    session: AsyncSession,
    actor: Actor,
    *,
    unit: str | None = None,
    case_id: UUID | None = None,
    account_id: UUID | None = None,
    since: datetime | None = None,
    cursor: int | None = None,
    limit: int = 100,
) -> Page:
    """Return a page of the log: managers for their units, administrators all.

    A manager is not shown who read a report of their own: who reported is not for all to know.
    Raises `Forbidden`.
    """
    return await access_log.entries(
        session,
        unit=unit,
        case_id=case_id,
        account_id=account_id,
        but=_hidden_from(actor, unit),
        since=None if since is None else min(max(since, _FIRST), _LAST),
        cursor=cursor,
        limit=limit,
    )


async def readers(session: AsyncSession, actor: Actor, unit: str) -> list[UUID]:
    """List who stands in what `review` shows of a unit; raises `Forbidden`."""
    return await access_log.readers(session, unit, but=_hidden_from(actor, unit))


def _hidden_from(actor: Actor, unit: str | None) -> str | None:
    if not may("read-access-log", actor.roles):
        raise Forbidden
    if actor.has(Role.ADMIN):
        return None
    if unit is None or not actor.has_in(Role.UNIT_MANAGER, unit):
        raise Forbidden
    return READ_OWN
