"""Which cases somebody may read: asked of the whole case, its recusals included."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from events import opened
from infra import store
from infra.people.identity import Actor
from services.give import Forbidden, role_in
from workflows import fold


async def may_read(
    session: AsyncSession, actor: Actor, case_ids: Collection[UUID]
) -> frozenset[UUID]:
    """Return those of the cases whose content the actor may read; nothing is read of them."""
    histories = await store.load(session, case_ids) if case_ids else {}
    allowed = set()
    for case_id, history in histories.items():
        try:
            role_in(actor, "read-case", fold(opened(it) for it in history))
        except Forbidden:
            continue
        allowed.add(case_id)
    return frozenset(allowed)
