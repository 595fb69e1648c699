"""Answers whether this was told before: what came in about a unit lately and is open."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from events import opened
from infra import clock, store
from infra.people.identity import Actor
from services.give import Forbidden, role_in
from services.projections.case_index import CaseRow
from workflows import fold
from workflows.terms.labels import COMPLAINT_KINDS

LATELY: Final = timedelta(days=90)
_MOST: Final = 20
_NO_KIND: Final = "Inte bestämt"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A case that may be the same: its number, day and kind. Never what was said."""

    case_id: UUID
    number: str
    received_at: datetime
    kind_says: str


async def earlier(session: AsyncSession, unit: str, actor: Actor) -> list[Earlier]:
    """List the unit's open complaints that the actor may read, the newest first."""
    rows = await session.scalars(
        select(CaseRow.case_id)
        .where(
            CaseRow.unit == unit,
            CaseRow.case_type == "complaint",
            CaseRow.open,
            CaseRow.received_at > clock.now() - LATELY,
        )
        .order_by(CaseRow.received_at.desc())
        .limit(_MOST)
    )
    histories = await store.load(session, list(rows))
    found = []
    for case_id, history in histories.items():
        state = fold(opened(envelope) for envelope in history)
        try:
            role_in(actor, "read-case", state)
        except Forbidden:
            continue
        kind = state.complaint.kind
        at = state.received_at or history[0].at
        says = COMPLAINT_KINDS[kind] if kind else _NO_KIND
        found.append(Earlier(case_id, state.number, at, says))
    return sorted(found, key=lambda it: it.received_at, reverse=True)
