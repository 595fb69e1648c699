"""What is due when: the timer's worklist."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from infra.rows import Known, Rows
from infra.tables import ReadModel
from services.projections.change import Change
from workflows.state import CaseState, Key

NOTHING: Final = UUID(int=0)
"""Stands for "about the case as a whole": a primary key takes no null."""


class DeadlineDue(ReadModel):
    """A clock that runs and has not passed its time."""

    __tablename__ = "deadline_due"

    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    about: Mapped[UUID] = mapped_column(primary_key=True)
    due_at: Mapped[datetime] = mapped_column(index=True)


_ROWS: Final = Rows(DeadlineDue, ("case_id", "code", "about", "due_at"), known=Known.LEAVE)


async def apply(session: AsyncSession, changes: Sequence[Change]) -> None:
    """Bring the worklist up to date with what changed."""
    gone = []
    begun = []
    for change in changes:
        # By key and time: a pause moves the time of a clock that goes on.
        before, after = _running(change.before), _running(change.after)
        gone += [
            (change.case_id, code, about or NOTHING)
            for (code, about), _ in before.items() - after.items()
        ]
        begun += [
            {
                "case_id": change.case_id,
                "code": code,
                "about": about or NOTHING,
                "due_at": due_at,
            }
            for (code, about), due_at in after.items() - before.items()
        ]
    if gone:
        key = tuple_(DeadlineDue.case_id, DeadlineDue.code, DeadlineDue.about)
        await session.execute(delete(DeadlineDue).where(key.in_(gone)))
    await _ROWS.write(session, begun)


def _running(state: CaseState) -> dict[Key, datetime]:
    return {key: clock.due_at for key, clock in state.clocks.items() if not clock.missed}


async def passed(session: AsyncSession, at: datetime, limit: int) -> Sequence[DeadlineDue]:
    """List clocks whose time has passed, the oldest first."""
    rows = await session.scalars(
        select(DeadlineDue)
        .where(DeadlineDue.due_at <= at)
        .order_by(DeadlineDue.due_at)
        .limit(limit)
    )
    return rows.all()
