"""What a queue may be narrowed to, as conditions on the rows of `read.case_index`."""

from collections.abc import Mapping
from typing import Final

from events import Phase
from workflows.terms.kinds import COMPLAINT, IVO, LEX_SARAH, MISCONDUCT

MINE: Final = "mine"
"""Reaches as far as the person's cases do, in whatever unit."""

_GRAVE_VALUE: Final = 8


def _any_of(column: str, *values: str) -> str:
    listed = ", ".join(f"'{value}'" for value in sorted(values))
    return f"{column} IN ({listed})"


def _flagged(*codes: str) -> str:
    listed = ", ".join(f"'{code}'" for code in codes)
    return f"flags && ARRAY[{listed}]::varchar[]"


_LATE: Final = "overdue"
_UNTOUCHED: Final = _any_of("phase", Phase.REPORTED, Phase.RECEIVED, Phase.REQUIRED)
_TOLD_GRAVE: Final = _flagged("urgent", "danger_words", "possible_lex_sarah")
_KNOWN_GRAVE: Final = _flagged("sas_position_required", "ivo_required")
_GRAVE: Final = (
    f"(value >= {_GRAVE_VALUE} OR value IS NULL AND {_TOLD_GRAVE}"
    f" OR {_KNOWN_GRAVE} OR {_any_of('case_type', *MISCONDUCT)})"
)
_DONE_BUT_UNTOLD: Final = _any_of(
    "phase",
    *(Phase.ACTING, Phase.FOLLOWING_UP, Phase.ANSWERED, Phase.DECIDED, Phase.FOLLOWED_UP),
)
_JOINT: Final = f"({_flagged('joint_follow_up')} AND phase = '{Phase.FOLLOWING_UP}')"
_TO_SAS: Final = (
    f"({_any_of('case_type', *MISCONDUCT)}"
    f" OR {_flagged('sas_position_required')}"
    " OR value IS NULL AND 'possible_lex_sarah' = ANY(flags))"
)

ONLY: Final[Mapping[str, str]] = {
    "late": _LATE,
    "new": f"(owner IS NULL AND {_UNTOUCHED})",
    MINE: "owner = ANY(:me)",
    "grave": _GRAVE,
    "unanswered": (
        f"({_flagged('message_waits', 'complainant_waits')}"
        f" OR {_DONE_BUT_UNTOLD} AND {_flagged('reporter_waits')})"
    ),
    "misconduct": _TO_SAS,
    "position": _flagged("sas_position_required"),
    "joint": _JOINT,
    "operations": f"({_LATE} OR {_GRAVE} OR {_JOINT})",
    "to_decide": (
        f"({_any_of('case_type', *LEX_SARAH)} AND phase = '{Phase.POSITION_TAKEN}'"
        f" OR {_any_of('case_type', *IVO)} AND phase = '{Phase.DRAFTED}')"
    ),
    "unregistered": _flagged("unregistered"),
    "unconfirmed": _flagged("receiver_waits"),
    "unclassified": _flagged("unclassified"),
    "unreached": _flagged("nobody_reached"),
    "complaints": _any_of("case_type", *COMPLAINT),
}
"""By name. `grave` is what was judged so, or told so and not judged; `unanswered` is who wrote
to us, and reporters of what has been looked into; `:me` are oneself and whom one stands in for.
"""
