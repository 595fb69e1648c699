"""What may be asked of a case. Imperative mood; `at`, `by` and `role` come from the shell.

`says` is the command in Swedish after "Det går inte att …". A field of type `Words` holds the
key of words already kept in the vault; `NewId` is chosen by the client or the shell.
"""

from workflows.commands.answers import AnswerComplainant, AnswerReporter, WaiveAnswer
from workflows.commands.base import Asked, Fresh, NewId
from workflows.commands.clocks import (
    ClimbLadder,
    MissDeadline,
    RemindDeadline,
    ReportUndeliverable,
)
from workflows.commands.ending import Close, EraseWords, Link, Merge, Reopen, Reroute
from workflows.commands.intake import CorrectReport, ImportHistory, SubmitReport
from workflows.commands.judgement import (
    AssessSeverity,
    ConfirmClassification,
    Escalate,
    SuggestClassification,
    TakeSasPosition,
)
from workflows.commands.work import (
    AddAttachment,
    AddCause,
    AddMeasure,
    AddNote,
    Assign,
    CompleteMeasure,
    ConcludeInvestigation,
    FollowUpMeasure,
    HandOver,
    StartInvestigation,
    WithdrawCause,
    WithdrawMeasure,
)

BySystem = (
    SuggestClassification
    | Escalate
    | RemindDeadline
    | MissDeadline
    | ClimbLadder
    | ReportUndeliverable
    | ImportHistory
    | AddAttachment
    | EraseWords
)
"""Given by handlers, timer, import, upload, eraser; where moot they have no effect."""

ByPeople = (
    ConfirmClassification
    | AssessSeverity
    | TakeSasPosition
    | Assign
    | HandOver
    | StartInvestigation
    | ConcludeInvestigation
    | AddNote
    | AddCause
    | WithdrawCause
    | AddMeasure
    | CompleteMeasure
    | WithdrawMeasure
    | FollowUpMeasure
    | AnswerReporter
    | AnswerComplainant
    | WaiveAnswer
    | CorrectReport
    | Reroute
    | Merge
    | Link
    | Close
    | Reopen
)
"""Given by a person with a role; each is `POST /api/v1/cases/{case_id}/{kebab-name}`."""

Command = SubmitReport | BySystem | ByPeople

__all__ = [
    "AddAttachment",
    "AddCause",
    "AddMeasure",
    "AddNote",
    "AnswerComplainant",
    "AnswerReporter",
    "Asked",
    "AssessSeverity",
    "Assign",
    "ByPeople",
    "BySystem",
    "ClimbLadder",
    "Close",
    "Command",
    "CompleteMeasure",
    "ConcludeInvestigation",
    "ConfirmClassification",
    "CorrectReport",
    "EraseWords",
    "Escalate",
    "FollowUpMeasure",
    "Fresh",
    "HandOver",
    "ImportHistory",
    "Link",
    "Merge",
    "MissDeadline",
    "NewId",
    "RemindDeadline",
    "Reopen",
    "ReportUndeliverable",
    "Reroute",
    "StartInvestigation",
    "SubmitReport",
    "SuggestClassification",
    "TakeSasPosition",
    "WaiveAnswer",
    "WithdrawCause",
    "WithdrawMeasure",
]
