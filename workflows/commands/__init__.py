"""What may be asked of a case. Imperative mood; `at`, `by` and `role` come from the shell.

`says` is the command in Swedish after "Det går inte att …". A field of type `Words` holds the
key of words already kept in the vault; `NewId` is chosen by the client or the shell, and what
is marked `FromShell` by the shell alone.
"""

from workflows.commands.answers import (
    Acknowledge,
    AnswerComplainant,
    AnswerReporter,
    ReceiveMessage,
    RecordMessage,
    SendMessage,
    SetComplaintKind,
    WaiveAnswer,
)
from workflows.commands.base import (
    Asked,
    Fresh,
    FromShell,
    NewId,
)
from workflows.commands.clocks import (
    ClimbLadder,
    MissDeadline,
    PauseDeadline,
    RemindDeadline,
    ReportUndeliverable,
)
from workflows.commands.ending import (
    Close,
    ConfirmReceipt,
    EraseWords,
    Link,
    Merge,
    PassOn,
    Reopen,
    Reroute,
)
from workflows.commands.intake import (
    CorrectReport,
    ImportHistory,
    SubmitReport,
)
from workflows.commands.ivo import (
    AnswerSupplement,
    ApprovePack,
    DraftPack,
    OpenIvoNotification,
    RegisterIvoDecision,
    RegisterIvoNumber,
    RequestSupplement,
    SubmitNotification,
    SupplyInvestigation,
    WithdrawNotification,
)
from workflows.commands.judgement import (
    AssessSeverity,
    ConfirmClassification,
    Escalate,
    RaiseLexSarah,
    SuggestClassification,
    TakeSasPosition,
)
from workflows.commands.lex_sarah import (
    AnswerQuestion,
    DecideLexSarah,
    InformBoard,
    ReceiveLexSarah,
    RecordIvoProgress,
    Register,
    RequireIvoNotification,
    TakePosition,
    VerifyMeasures,
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
    Recuse,
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
    | ReceiveMessage
    | RecordIvoProgress
    | DraftPack
)
"""Given by handlers, timer, import, upload, eraser, other cases; where moot no effect."""

ByPeople = (
    ConfirmClassification
    | AssessSeverity
    | TakeSasPosition
    | RaiseLexSarah
    | Assign
    | HandOver
    | Recuse
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
    | Acknowledge
    | SetComplaintKind
    | SendMessage
    | RecordMessage
    | ReceiveLexSarah
    | Register
    | TakePosition
    | DecideLexSarah
    | AnswerQuestion
    | VerifyMeasures
    | InformBoard
    | RequireIvoNotification
    | ApprovePack
    | SubmitNotification
    | WithdrawNotification
    | RegisterIvoNumber
    | SupplyInvestigation
    | RequestSupplement
    | AnswerSupplement
    | RegisterIvoDecision
    | PauseDeadline
    | CorrectReport
    | Reroute
    | PassOn
    | ConfirmReceipt
    | Merge
    | Link
    | Close
    | Reopen
)
"""Given by a person with a role; each is `POST /api/v1/cases/{case_id}/{kebab-name}`."""

Opening = SubmitReport | OpenIvoNotification
"""What begins a case."""

Command = Opening | BySystem | ByPeople

__all__ = [
    "Acknowledge",
    "AddAttachment",
    "AddCause",
    "AddMeasure",
    "AddNote",
    "AnswerComplainant",
    "AnswerQuestion",
    "AnswerReporter",
    "AnswerSupplement",
    "ApprovePack",
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
    "ConfirmReceipt",
    "CorrectReport",
    "DecideLexSarah",
    "DraftPack",
    "EraseWords",
    "Escalate",
    "FollowUpMeasure",
    "Fresh",
    "FromShell",
    "HandOver",
    "ImportHistory",
    "InformBoard",
    "Link",
    "Merge",
    "MissDeadline",
    "NewId",
    "OpenIvoNotification",
    "Opening",
    "PassOn",
    "PauseDeadline",
    "RaiseLexSarah",
    "ReceiveLexSarah",
    "ReceiveMessage",
    "RecordIvoProgress",
    "RecordMessage",
    "Recuse",
    "Register",
    "RegisterIvoDecision",
    "RegisterIvoNumber",
    "RemindDeadline",
    "Reopen",
    "ReportUndeliverable",
    "RequestSupplement",
    "RequireIvoNotification",
    "Reroute",
    "SendMessage",
    "SetComplaintKind",
    "StartInvestigation",
    "SubmitNotification",
    "SubmitReport",
    "SuggestClassification",
    "SupplyInvestigation",
    "TakePosition",
    "TakeSasPosition",
    "VerifyMeasures",
    "WaiveAnswer",
    "WithdrawCause",
    "WithdrawMeasure",
    "WithdrawNotification",
]
