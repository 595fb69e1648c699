"""Every read model's table, so that all of them are known where they are made or rebuilt."""

from typing import Final

from services.projections import agenda, case_index, deadline_due, measure, statistics

SCHEMA: Final = "read"
TABLES: Final = (
    case_index.CaseRow,
    deadline_due.DeadlineDue,
    measure.MeasureRow,
    agenda.AgendaItem,
    statistics.CaseCount,
)
