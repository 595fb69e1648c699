"""A complaint: somebody outside told us something; staff say whether it also is praise."""

from typing import Final

from events import Phase
from workflows import commands as c
from workflows.case_types.base import CaseType
from workflows.case_types.sets import ANSWERS, JUDGED, OPEN, REPORTED, WORK

_OPEN = OPEN | JUDGED | {c.SetComplaintKind, c.Reroute, c.Merge}

COMPLAINT: Final = CaseType(
    name="complaint",
    label="Synpunkt eller klagomål",
    prefix="S",
    flow={
        Phase.NONE: frozenset({c.SubmitReport}),
        Phase.RECEIVED: _OPEN | {c.Acknowledge},
        Phase.ACKNOWLEDGED: _OPEN | {c.StartInvestigation},
        Phase.INVESTIGATING: _OPEN | WORK,
        Phase.ANSWERED: _OPEN | WORK | {c.Close},
        Phase.CLOSED: REPORTED | {c.Reopen, c.SendMessage},
        Phase.REROUTED: REPORTED | ANSWERS | {c.Reopen},
        Phase.MERGED: REPORTED | ANSWERS | {c.Reopen},
    },
)
