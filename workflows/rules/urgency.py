"""What comes first in a queue: overdue, then grave, then the least time left, then age."""

from typing import Final

from events import Harm
from workflows.state import CaseState
from workflows.terms.kinds import DEVIATION, LEX_SARAH

_GUESS: Final[dict[Harm, int]] = {
    Harm.SERIOUS: 12,
    Harm.MINOR: 6,
    Harm.NEAR_MISS: 5,
    Harm.UNKNOWN: 4,
    Harm.NONE: 3,
}
"""How an unassessed report is placed among values 1–16; it orders the queue, no more."""

_ALARM: Final = 17
_GRAVE: Final = {"lex_sarah": 14, "ivo_notification": 16}
"""Whatever was guessed of it, somebody has called it misconduct."""
_OVERDUE: Final = 100


def priority(state: CaseState) -> int:
    """Return a number that is smaller the sooner somebody should look (−117 to −1)."""
    grave = state.value if state.value is not None else _GUESS[state.harm]
    if state.value is None and (state.urgent or _danger(state)):
        grave = _ALARM
    if state.case_type in _GRAVE:
        grave = max(grave, _GRAVE[state.case_type])
    return -grave - (_OVERDUE if state.overdue else 0)


def _danger(state: CaseState) -> bool:
    return state.suggestion is not None and state.suggestion.immediate_danger


def _owed(state: CaseState) -> bool:
    return state.case_type in DEVIATION | LEX_SARAH and state.answer_owed


def flags(state: CaseState) -> list[str]:
    """List what a person should see at a glance, as codes."""
    suggestion = state.suggestion
    said = {
        "urgent": state.urgent,
        "danger_words": _danger(state),
        "possible_lex_sarah": suggestion is not None and suggestion.possible_lex_sarah,
        "sas_position_required": state.sas_awaited,
        "ring_on_call": any(it.on_call for it in state.outcomes),
        "nobody_reached": state.unreached,
        "lex_sarah": state.sas_position is True,
        "lex_sarah_raised": bool(state.lex_sarah_raised),
        "ivo_required": state.lex_sarah.ivo_required,
        "ivo_notified": state.lex_sarah.ivo_notified,
        "receiver_waits": any(it.awaited for it in state.passed_on.values()),
        "message_waits": ("read_message", None) in state.clocks,
        "twin": state.twin_of is not None,
        "unclassified": suggestion is not None
        and suggestion.category is None
        and state.category is None,
        "reporter_waits": _owed(state) and not state.reporter_told,
        "imported": state.imported,
    }
    return [code for code, true in said.items() if true]
