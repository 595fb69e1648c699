"""Telling back those who told us."""

from events import AnswerWaived, ComplainantAnswered, Event, ReporterAnswered
from workflows.commands import AnswerComplainant, AnswerReporter, WaiveAnswer
from workflows.refusals import Unknown
from workflows.state import CaseState
from workflows.terms.codes import ANSWER_WAYS, WAIVER_GROUNDS


def reporter_answered(state: CaseState, command: AnswerReporter) -> list[Event]:
    """Answer a reporter we know; for an anonymous one the reason why not is recorded."""
    if state.reporter is None:
        raise Unknown("Rapporten är anonym. Skriv i stället varför det inte går att svara.")
    return [ReporterAnswered(words=command.words)]


def complainant_answered(state: CaseState, command: AnswerComplainant) -> list[Event]:
    """Record what the one who complained behind the report was told."""
    if not state.has_complainant:
        raise Unknown("Rapporten har ingen som klagat.")
    if command.way not in ANSWER_WAYS:
        raise Unknown("Sättet finns inte på listan.", field="way", choices=list(ANSWER_WAYS))
    return [ComplainantAnswered(words=command.words, way=command.way)]


def waived(state: CaseState, command: WaiveAnswer) -> list[Event]:
    """Record why there is no answer; `anonymous` is no ground where we know who it was."""
    if command.whose not in ("reporter", "complainant"):
        raise Unknown("Ange reporter eller complainant.", field="whose")
    if command.whose == "complainant" and not state.has_complainant:
        raise Unknown("Rapporten har ingen som klagat.", field="whose")
    if command.ground not in WAIVER_GROUNDS:
        raise Unknown(
            "Skälet finns inte på listan.", field="ground", choices=list(WAIVER_GROUNDS)
        )
    if command.whose == "reporter" and command.ground == "anonymous" and state.reporter:
        raise Unknown("Rapportören är känd och ska få svar.", field="ground")
    return [AnswerWaived(whose=command.whose, ground=command.ground, reason=command.reason)]
