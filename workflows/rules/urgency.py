"""What comes first in a queue: overdue, then grave, then the least time left, then age."""

from collections.abc import Callable, Mapping
from typing import Final

from events import Harm
from workflows.state import ENDED, CaseState
from workflows.terms.kinds import COMPLAINT, DEVIATION, LEX_SARAH, MISCONDUCT

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
_LIKELY_MISCONDUCT: Final = 0.4
LIKELY_THE_SAME: Final = 0.3
"""From here on it is worth a sign in the list that another case tells of the same event."""


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


def likely_misconduct(state: CaseState) -> bool:
    """Tell whether misconduct is likely enough for the list.

    The suggestion's own line misses as little as it can, and so is passed by most reports: a
    sign that most rows have is read by nobody. The case says both. Before there was a
    likelihood, the line was all there was.
    """
    said = state.suggestion
    if said is None or not said.possible_lex_sarah:
        return False
    return said.lex_sarah_confidence >= _LIKELY_MISCONDUCT or not said.lex_sarah_confidence


def _owed(state: CaseState) -> bool:
    return state.case_type in DEVIATION | LEX_SARAH and state.answer_owed


FLAGS: Final[Mapping[str, Callable[[CaseState], bool]]] = {
    "urgent": lambda state: state.urgent,
    "danger_words": _danger,
    "possible_lex_sarah": likely_misconduct,
    "sas_position_required": lambda state: state.sas_awaited,
    "ring_on_call": lambda state: any(it.on_call for it in state.outcomes),
    "nobody_reached": lambda state: state.unreached,
    "lex_sarah": lambda state: state.sas_position is True,
    "lex_sarah_raised": lambda state: bool(state.lex_sarah_raised),
    "ivo_required": lambda state: state.lex_sarah.ivo_required,
    "ivo_notified": lambda state: state.lex_sarah.ivo_notified,
    "receiver_waits": lambda state: any(it.awaited for it in state.passed_on.values()),
    "message_waits": lambda state: ("read_message", None) in state.clocks,
    "twin": lambda state: state.twin_of is not None,
    "unclassified": lambda state: (
        state.suggestion is not None
        and state.suggestion.label is None
        and state.category is None
    ),
    "possible_duplicate": lambda state: (
        state.suggestion is not None
        and state.phase not in ENDED
        and any(
            it.confidence >= LIKELY_THE_SAME and it.case_id not in state.links
            for it in state.suggestion.possible_duplicates
        )
    ),
    "reporter_waits": lambda state: _owed(state) and not state.reporter_told,
    "complainant_waits": lambda state: (
        state.case_type in COMPLAINT and not state.complainant_told
    ),
    "joint_follow_up": lambda state: any(it.joint_follow_up for it in state.outcomes),
    "unregistered": lambda state: (
        state.case_type in COMPLAINT | MISCONDUCT and state.registry_number is None
    ),
    "imported": lambda state: state.imported,
}
"""What a person should see at a glance, by code; its Swedish is in `terms.labels.FLAGS`."""


def flags(state: CaseState) -> list[str]:
    """List what a person should see at a glance, as codes."""
    return [code for code, holds in FLAGS.items() if holds(state)]
