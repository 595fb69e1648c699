"""A deviation: something in our own work went wrong, or nearly did."""

from typing import Final

from events import Phase
from workflows import commands as c
from workflows.case_types.base import CaseType
from workflows.case_types.sets import ANSWERS, JUDGED, OPEN, REPORTED, WORK

_OPEN = OPEN | JUDGED | {c.Reroute, c.Merge}
_WORK = _OPEN | WORK | {c.Close}

DEVIATION: Final = CaseType(
    name="deviation",
    label="Avvikelse",
    prefix="A",
    flow={
        Phase.NONE: frozenset({c.SubmitReport}),
        Phase.RECEIVED: _OPEN,
        Phase.TRIAGED: _OPEN | {c.StartInvestigation, c.Close},
        Phase.INVESTIGATING: _WORK | {c.ConcludeInvestigation},
        Phase.ACTING: _WORK,
        Phase.FOLLOWING_UP: _WORK,
        Phase.CLOSED: REPORTED | {c.Reopen, c.SendMessage},
        Phase.REROUTED: REPORTED | ANSWERS | {c.Reopen},
        Phase.MERGED: REPORTED | ANSWERS | {c.Reopen},
    },
)
