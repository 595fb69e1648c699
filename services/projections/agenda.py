"""What the timer is to say when: reminders before a time, and the next rung after it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from events import (
    DeadlineLapsed,
    DeadlineMet,
    DeadlineMissed,
    DeadlinePaused,
    DeadlineReminded,
    DeadlineSet,
    Envelope,
    LadderClimbed,
    opened,
)
from infra.rows import Known, Rows
from infra.tables import ReadModel
from services.projections.deadline_due import NOTHING


class Step(StrEnum):
    """What is to be said."""

    REMIND = "remind"
    CLIMB = "climb"


class AgendaItem(ReadModel):
    """Something to say about a clock at a time; what has become moot is said in vain."""

    __tablename__ = "agenda"

    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    about: Mapped[UUID] = mapped_column(primary_key=True)
    step: Mapped[str]
    rung: Mapped[int]
    at: Mapped[datetime] = mapped_column(index=True)


_ROWS: Final = Rows(
    AgendaItem,
    ("case_id", "code", "about", "step", "rung", "at"),
    known=Known.REPLACE,
    # Facts may come out of order: a reminder must not take the ladder's place.
    only_if=f"""agenda.step = '{Step.REMIND}'
        OR (excluded.step = '{Step.CLIMB}' AND excluded.rung > agenda.rung)""",
)


async def apply(session: AsyncSession, envelopes: Sequence[Envelope]) -> None:
    """Bring the agenda up to date: the last fact about a clock says what comes next."""
    last: dict[tuple[UUID, str, UUID], dict[str, Any] | None] = {}
    row: dict[str, Any] | None
    # What comes again after a failure comes late: later facts may lie before it in the batch.
    for envelope in sorted(envelopes, key=lambda it: it.sequence):
        match opened(envelope):
            case DeadlineSet(remind_at=None):
                continue
            case DeadlineSet(remind_at=datetime() as at) as fact:
                row = _row(Step.REMIND, 0, at)
            case DeadlinePaused() as fact:
                row = _row(Step.REMIND, 0, fact.remind_at) if fact.remind_at else None
            case LadderClimbed() as fact:
                row = _row(Step.CLIMB, fact.rung + 1, fact.next_at) if fact.next_at else None
            case (
                DeadlineMet() | DeadlineLapsed() | DeadlineMissed() | DeadlineReminded() as fact
            ):
                row = None
            case _:
                continue
        last[envelope.case_id, fact.code, fact.about or NOTHING] = row
    await _remove(session, [key for key, row in last.items() if row is None])
    rows = [
        {"case_id": key[0], "code": key[1], "about": key[2], **row}
        for key, row in last.items()
        if row is not None
    ]
    await _ROWS.write(session, rows)


def _row(step: Step, rung: int, at: datetime) -> dict[str, Any]:
    return {"step": step, "rung": rung, "at": at}


async def _remove(session: AsyncSession, keys: Iterable[tuple[UUID, str, UUID]]) -> None:
    gone = list(keys)
    if gone:
        key = tuple_(AgendaItem.case_id, AgendaItem.code, AgendaItem.about)
        await session.execute(delete(AgendaItem).where(key.in_(gone)))


async def said(session: AsyncSession, items: Iterable[AgendaItem]) -> None:
    """Take what has been said off the agenda, but not what took its place in the meantime."""
    gone = [(it.case_id, it.code, it.about, it.step, it.rung) for it in items]
    if gone:
        key = tuple_(
            AgendaItem.case_id,
            AgendaItem.code,
            AgendaItem.about,
            AgendaItem.step,
            AgendaItem.rung,
        )
        await session.execute(delete(AgendaItem).where(key.in_(gone)))


async def due(session: AsyncSession, at: datetime, limit: int) -> Sequence[AgendaItem]:
    """Claim what is to be said by now, the oldest first, but for what is just being written."""
    rows = await session.scalars(
        select(AgendaItem)
        .where(AgendaItem.at <= at)
        .order_by(AgendaItem.at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return rows.all()
