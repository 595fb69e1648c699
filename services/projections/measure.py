"""One row a promise: who has what left to do, what is late, and what was done when."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, delete, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from events import MeasureCompleted, opened
from infra.rows import Known, Rows
from infra.tables import ReadModel
from services.projections.change import Change
from workflows.state import Measure


class MeasureRow(ReadModel):
    """A measure that stands. Where it belongs (unit, number, kind) the row of its case says.

    Not done while `completed_at` is empty; not looked at afterwards while `effect` is.
    """

    __tablename__ = "measure"
    __table_args__ = (
        Index(
            "ix_measure_to_do",
            "owner",
            "due_on",
            postgresql_where=text("completed_at IS NULL"),
        ),
        Index("ix_measure_completed", "completed_at"),
        Index(
            "ix_measure_to_follow_up", "follow_up_on", postgresql_where=text("effect IS NULL")
        ),
    )

    # Whoever promises makes the id: two cases may have the same one.
    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    measure_id: Mapped[UUID] = mapped_column(primary_key=True)
    owner: Mapped[UUID]
    due_on: Mapped[date]
    follow_up_on: Mapped[date]
    effect: Mapped[bool | None]
    completed_at: Mapped[datetime | None]


_COLUMNS: Final = [it.name for it in MeasureRow.__table__.columns]
_COMPLETED: Final = Rows(MeasureRow, _COLUMNS, known=Known.REPLACE)
_OTHERS: Final = Rows(
    MeasureRow, [it for it in _COLUMNS if it != "completed_at"], known=Known.REPLACE
)
"""When it was completed is in one fact only: what comes later leaves it as it is."""


async def apply(session: AsyncSession, changes: Sequence[Change]) -> None:
    """Write the rows of measures that changed; those taken back are gone."""
    gone, completed, others = [], [], []
    for change in changes:
        before, after = change.before.measures, change.after.measures
        gone += [(change.case_id, key) for key in before.keys() - after.keys()]
        when = _completions(change)
        for key, measure in after.items():
            if before.get(key) == measure:
                continue
            row = _row(change.case_id, key, measure)
            if key in when:
                completed.append(row | {"completed_at": when[key]})
            else:
                others.append(row)
    if gone:
        key_of = tuple_(MeasureRow.case_id, MeasureRow.measure_id)
        await session.execute(delete(MeasureRow).where(key_of.in_(gone)))
    await _COMPLETED.write(session, completed)
    await _OTHERS.write(session, others)


def _completions(change: Change) -> dict[UUID, datetime]:
    kept = {}
    for envelope in change.facts:
        if envelope.type == MeasureCompleted.type:
            fact = opened(envelope)
            assert isinstance(fact, MeasureCompleted)  # noqa: S101 - its type says so
            kept[fact.measure_id] = envelope.at
    return kept


def _row(case_id: UUID, measure_id: UUID, measure: Measure) -> dict[str, Any]:
    return {
        "case_id": case_id,
        "measure_id": measure_id,
        "owner": measure.owner,
        "due_on": measure.due_on,
        "follow_up_on": measure.follow_up_on,
        "effect": measure.effect,
    }
