"""A report, its correction, and what another system knew."""

from datetime import timedelta
from typing import Final

from events import (
    Event,
    Harm,
    HistoryImported,
    LexSarahReported,
    Phase,
    ReportCorrected,
    ReportReceived,
    Source,
)
from workflows.commands import CorrectReport, ImportHistory, SubmitReport
from workflows.refusals import Begun, Unknown
from workflows.state import CaseState
from workflows.terms.categories import CATEGORIES
from workflows.terms.codes import import_outcomes
from workflows.terms.hints import known

_CLOCKS_DIFFER: Final = timedelta(minutes=10)
"""How far ahead of ours a phone's clock may be before its time counts as the future."""


def submitted(command: SubmitReport, begins: type[ReportReceived]) -> list[Event]:
    """Receive a report as the fact that its case type begins with.

    Refuses a day that has not been, an unknown hint, and a lex Sarah report from nobody.
    """
    if command.occurred_at and command.occurred_at > command.received_at + _CLOCKS_DIFFER:
        raise Unknown("Skriv en dag som redan har varit.", field="occurred_at")
    if command.hint is not None and not known(command.hint):
        raise Unknown("Valet finns inte på listan.", field="hint", given=command.hint)
    brought = command.source is Source.IMPORT
    if begins is LexSarahReported and command.reporter is None and not brought:
        raise Unknown(
            "En lex Sarah-rapport behöver ditt namn. Utan namn blir den en avvikelse.",
            field="anonymous",
        )
    return [
        begins(
            case_type=command.case_type,
            report_id=command.report_id,
            number=command.number,
            received_at=command.received_at,
            unit=command.unit,
            reported_by_unit=command.reported_by_unit,
            hint=command.hint,
            harm=command.harm,
            source=command.source,
            occurred_at=command.occurred_at,
            written_at=command.written_at,
            reporter=command.reporter,
            story=command.story,
            about=command.about,
            complainant=command.complainant,
            twin_of=command.twin_of,
            urgent=command.harm is Harm.SERIOUS,
            law=command.law,
            owner_type=command.owner_type,
            came_from=command.came_from,
            recused=command.recused,
            relation=command.relation,
            answer_way=command.answer_way,
            contact=command.contact,
            wish=command.wish,
            reporter_role=command.reporter_role,
            language=command.language,
        )
    ]


def corrected(state: CaseState, command: CorrectReport) -> list[Event]:
    """Put the report right. Refuses when nothing is changed."""
    changed = {
        "unit": command.unit if command.unit != state.unit else None,
        "occurred_at": command.occurred_at
        if command.occurred_at != state.occurred_at
        else None,
        "harm": command.harm if command.harm != state.harm else None,
    }
    if not any(changed.values()):
        raise Unknown("Ange vad som ska rättas: enhet, tid eller skada.")
    if command.occurred_at and command.occurred_at > command.at + _CLOCKS_DIFFER:
        raise Unknown("Skriv en dag som redan har varit.", field="occurred_at")
    return [
        ReportCorrected(
            unit=command.unit,
            occurred_at=command.occurred_at,
            harm=command.harm,
            reason=command.reason,
            law=command.law if command.unit else None,
            owner_type=command.owner_type if command.unit else None,
        )
    ]


def imported(state: CaseState, command: ImportHistory) -> list[Event]:
    """Record what the other system made of the case; harmless when told again.

    Refused once somebody has begun on the case here: their judgement is not written over.
    """
    if state.imported:
        return []
    untouched = state.phase in (Phase.RECEIVED, Phase.REPORTED)
    untouched = untouched and not state.lex_sarah.protected
    if not untouched or state.category is not None or state.assessed:
        raise Begun
    if command.category is not None and command.category not in CATEGORIES:
        raise Unknown("Kategorin finns inte.", field="category", given=command.category)
    if command.outcome is not None and command.outcome not in import_outcomes(state.case_type):
        raise Unknown("Utfallet finns inte.", field="outcome", given=command.outcome)
    if command.ivo_notified and state.case_type != "lex_sarah":
        raise Unknown("Bara ett lex Sarah-ärende anmäls till IVO.", field="ivo_notified")
    return [
        HistoryImported(
            category=command.category,
            consequence=command.consequence,
            likelihood=command.likelihood,
            outcome=command.outcome,
            ivo_notified=command.ivo_notified,
            closed_at=command.closed_at,
        )
    ]
