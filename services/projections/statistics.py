"""One row per case for counting: written from the whole case, so that it can't drift."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from events import (
    CaseClosed,
    CasePassedOn,
    CaseRerouted,
    CaseTriaged,
    ClassificationConfirmed,
    ClassificationSuggested,
    ComplainantAnswered,
    Envelope,
    HistoryImported,
    Phase,
    ReporterAnswered,
    ReportReceived,
    Route,
    opened,
)
from infra.rows import Known, Rows
from infra.tables import ReadModel
from workflows import fold

_BOTH: Final = frozenset({Route.CHILD_AT_RISK, Route.PERSONAL_DATA_INCIDENT})
"""Ways out that say nothing of whether it was a deviation too."""


class CaseCount(ReadModel):
    """What statistics need of a case: when, where, what, how grave, and how it went."""

    __tablename__ = "case_count"

    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    case_type: Mapped[str]
    unit: Mapped[str]
    reported_by_unit: Mapped[str | None]
    received_at: Mapped[datetime] = mapped_column(index=True)
    phase: Mapped[str]
    category: Mapped[str | None]
    subtype: Mapped[str | None]
    agreed: Mapped[bool | None]
    consequence: Mapped[int | None]
    likelihood: Mapped[int | None]
    value: Mapped[int | None]
    triaged_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    imported: Mapped[bool]
    routes: Mapped[list[str]] = mapped_column(ARRAY(String))
    complaint_kind: Mapped[str | None]
    outcome: Mapped[str | None]
    ivo_notified: Mapped[bool]
    raised_by_case: Mapped[bool]
    reporter_role: Mapped[str | None]


_ROWS: Final = Rows(
    CaseCount, [it.name for it in CaseCount.__table__.columns], known=Known.REPLACE
)


async def write(session: AsyncSession, histories: Iterable[Sequence[Envelope]]) -> None:
    """Write the rows of these cases anew."""
    await _ROWS.write(session, [_row(history) for history in histories if history])


def _row(history: Sequence[Envelope]) -> dict[str, Any]:
    facts = [opened(envelope) for envelope in history]
    state = fold(facts)
    at: dict[type[object], datetime] = {}
    agreed = closed = reporter_role = suggestion = None
    routes: set[str] = set()
    for envelope, fact in zip(history, facts, strict=True):
        at.setdefault(type(fact), envelope.at)
        match fact:
            case ReportReceived():
                reporter_role = fact.reporter_role
            case CasePassedOn() | CaseRerouted():
                routes.add(fact.route)
                if (
                    isinstance(fact, CaseRerouted)
                    and fact.route not in _BOTH
                    and suggestion
                    and agreed is None
                ):
                    said = suggestion.label
                    agreed = said == Route.NOT_A_DEVIATION if said else None
            case ClassificationSuggested():
                suggestion = fact
            case ClassificationConfirmed():
                agreed = fact.agreed
            case CaseClosed():
                closed = envelope.at
            case HistoryImported():
                closed = fact.closed_at
            case _:
                pass
    return {
        "case_id": history[0].case_id,
        "case_type": state.case_type,
        "unit": state.unit,
        "reported_by_unit": state.reported_by_unit,
        "received_at": state.received_at,
        "phase": state.phase,
        "category": state.category,
        "subtype": state.subtype,
        "agreed": agreed,
        "consequence": state.consequence,
        "likelihood": state.likelihood,
        "value": state.value,
        "triaged_at": at.get(CaseTriaged),
        "answered_at": at.get(ReporterAnswered) or at.get(ComplainantAnswered),
        "closed_at": closed if state.phase is Phase.CLOSED else None,
        "imported": state.imported,
        "routes": sorted(routes),
        "complaint_kind": state.complaint.kind,
        "outcome": state.lex_sarah.decision,
        "ivo_notified": state.lex_sarah.ivo_notified or state.ivo.submitted_at is not None,
        "raised_by_case": state.came_from is not None,
        "reporter_role": reporter_role,
    }
