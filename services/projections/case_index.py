"""One row per case: what the queues and a reporter's own list show."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from events import Route
from infra.rows import Known, Rows
from infra.tables import ReadModel
from services.projections.change import Change
from workflows.rules.urgency import flags, priority
from workflows.state import ENDED, CaseState

_OPEN = text("open")


class CaseRow(ReadModel):
    """A case as a list sees it. Never a story, never a name."""

    __tablename__ = "case_index"
    __table_args__ = (
        Index(
            "ix_case_index_unit_queue",
            "unit",
            "priority",
            "due_at",
            "received_at",
            "case_id",
            postgresql_where=_OPEN,
        ),
        Index(
            "ix_case_index_owner_queue",
            "owner",
            "priority",
            "due_at",
            "received_at",
            "case_id",
            postgresql_where=text("open AND owner IS NOT NULL"),
        ),
        Index("ix_case_index_unit_received", "unit", "received_at"),
        Index("ix_case_index_ended", "received_at", postgresql_where=text("NOT open")),
        Index(
            "ix_case_index_unreached",
            "case_id",
            postgresql_where=text("open AND 'nobody_reached' = ANY(flags)"),
        ),
        Index(
            "ix_case_index_misconduct",
            "case_type",
            "received_at",
            postgresql_where=text("case_type IN ('lex_sarah', 'ivo_notification')"),
        ),
        Index(
            "ix_case_index_sas_awaited",
            "due_at",
            postgresql_where=text("open AND 'sas_position_required' = ANY(flags)"),
        ),
        Index(
            "ix_case_index_queue",
            "priority",
            "due_at",
            "received_at",
            "case_id",
            postgresql_where=_OPEN,
        ),
    )

    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    report_id: Mapped[UUID | None]
    number: Mapped[str] = mapped_column(index=True)
    case_type: Mapped[str]
    unit: Mapped[str]
    reported_by_unit: Mapped[str | None]
    phase: Mapped[str]
    open: Mapped[bool]
    category: Mapped[str | None]
    suggested_category: Mapped[str | None]
    suggested_route: Mapped[str | None]
    suggested_kind: Mapped[str | None]
    hint: Mapped[str | None]
    consequence: Mapped[int | None]
    likelihood: Mapped[int | None]
    value: Mapped[int | None]
    owner: Mapped[UUID | None]
    reporter: Mapped[UUID | None] = mapped_column(index=True)
    received_at: Mapped[datetime]
    due_at: Mapped[datetime]
    overdue: Mapped[bool]
    priority: Mapped[int]
    flags: Mapped[list[str]] = mapped_column(ARRAY(String))
    tracks: Mapped[list[str]] = mapped_column(ARRAY(String))
    passed_to: Mapped[list[str]] = mapped_column(ARRAY(String))


FOREVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""Sorts a case without a clock last."""


_ROWS: Final = Rows(CaseRow, [it.name for it in CaseRow.__table__.columns], known=Known.REPLACE)


async def apply(session: AsyncSession, changes: Sequence[Change]) -> None:
    """Write each changed case's row anew."""
    await _ROWS.write(session, [_row(change.case_id, change.after) for change in changes])


def _row(case_id: UUID, state: CaseState) -> dict[str, Any]:
    suggestion = state.suggestion
    due = min((clock.due_at for clock in state.clocks.values()), default=None)
    return {
        "case_id": case_id,
        "report_id": state.report_id,
        "number": state.number,
        "case_type": state.case_type,
        "unit": state.unit,
        "reported_by_unit": state.reported_by_unit,
        "phase": state.phase,
        "open": state.phase not in ENDED,
        "category": state.category,
        "hint": state.hint,
        "suggested_category": suggestion.category if suggestion else None,
        "suggested_route": (
            suggestion.route
            if suggestion and suggestion.label == Route.NOT_A_DEVIATION
            else None
        ),
        "suggested_kind": suggestion.kind if suggestion else None,
        "consequence": state.consequence,
        "likelihood": state.likelihood,
        "value": state.value,
        "owner": state.owner,
        "reporter": state.reporter,
        "received_at": state.received_at,
        "due_at": due or FOREVER,
        "overdue": state.overdue,
        "priority": priority(state),
        "flags": flags(state),
        "tracks": list(state.tracks),
        "passed_to": sorted({it.tell for it in state.passed_on.values() if it.tell}),
    }
