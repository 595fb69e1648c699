"""A deviation: something in our own work went wrong, or nearly did."""

from typing import Final

from events import Phase
from workflows import commands as c
from workflows.case_types.base import CaseType

_ANY_TIME = frozenset(
    {
        c.SuggestClassification,
        c.Escalate,
        c.RemindDeadline,
        c.MissDeadline,
        c.ClimbLadder,
        c.ReportUndeliverable,
        c.Link,
        c.EraseWords,
        c.ImportHistory,
    }
)
_ANSWERS = frozenset({c.AnswerReporter, c.AnswerComplainant, c.WaiveAnswer})
_OPEN = (
    _ANY_TIME
    | _ANSWERS
    | {
        c.ConfirmClassification,
        c.AssessSeverity,
        c.TakeSasPosition,
        c.Assign,
        c.HandOver,
        c.AddNote,
        c.AddAttachment,
        c.CorrectReport,
        c.Reroute,
        c.Merge,
    }
)
_WORK = _OPEN | {
    c.AddCause,
    c.WithdrawCause,
    c.AddMeasure,
    c.CompleteMeasure,
    c.WithdrawMeasure,
    c.FollowUpMeasure,
    c.Close,
}

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
        Phase.CLOSED: _ANY_TIME | {c.Reopen},
        Phase.REROUTED: _ANY_TIME | _ANSWERS | {c.Reopen},
        Phase.MERGED: _ANY_TIME | _ANSWERS | {c.Reopen},
    },
)
