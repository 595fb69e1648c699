"""Deviations and complaints that wait for SAS to say whether they are lex Sarah."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from events import Role
from infra.people.identity import Actor
from services.lex_sarah_board.cases import MOST
from services.projections.case_index import FOREVER, CaseRow

_WAITS = text("open AND 'sas_position_required' = ANY(flags)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """A case as the queue has it; `due_at` is its next clock."""

    case_id: UUID
    number: str
    kind: str
    unit: str
    category: str | None
    consequence: int | None
    value: int | None
    received_at: datetime
    due_at: datetime | None
    overdue: bool


def answers(actor: Actor) -> bool:
    """Tell whether somebody takes such positions."""
    return actor.has(Role.SAS)


async def awaited(
    session: AsyncSession, actor: Actor, unit: str | None = None
) -> list[Awaited]:
    """List what waits for an actor who is SAS, the least time left first."""
    query = select(CaseRow).where(_WAITS).order_by(CaseRow.due_at).limit(MOST)
    if (units := actor.units(Role.SAS)) is not None:
        query = query.where(CaseRow.unit.in_(units))
    if unit is not None:
        query = query.where(CaseRow.unit == unit)
    return [
        Awaited(
            case_id=it.case_id,
            number=it.number,
            kind=it.case_type,
            unit=it.unit,
            category=it.category,
            consequence=it.consequence,
            value=it.value,
            received_at=it.received_at,
            due_at=None if it.due_at >= FOREVER else it.due_at,
            overdue=it.overdue,
        )
        for it in await session.scalars(query)
    ]
