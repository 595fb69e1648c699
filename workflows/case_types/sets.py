"""Commands that several case types allow together."""

from typing import Final

from workflows import commands as c

CLOCKS: Final = frozenset(
    {c.RemindDeadline, c.MissDeadline, c.ClimbLadder, c.ReportUndeliverable}
)
ANY_TIME: Final = CLOCKS | {
    c.Escalate,
    c.Link,
    c.EraseWords,
    c.ReceiveMessage,
    c.ConfirmReceipt,
    c.Recuse,
}
"""What time, handlers and the outside world say, however far the case has come.

Who is partial is shut out of an ended case too: it can still be read, and opened again.
"""

REPORTED: Final = ANY_TIME | {c.SuggestClassification, c.ImportHistory}
"""What comes to any case that began with a report."""

ANSWERS: Final = frozenset(
    {
        c.AnswerReporter,
        c.AnswerComplainant,
        c.WaiveAnswer,
        c.SendMessage,
        c.RecordMessage,
    }
)
OPEN: Final = (
    REPORTED
    | ANSWERS
    | {
        c.ConfirmClassification,
        c.AssessSeverity,
        c.Assign,
        c.HandOver,
        c.AddNote,
        c.AddAttachment,
        c.CorrectReport,
        c.PassOn,
        c.Register,
        c.PauseDeadline,
    }
)
"""What may be done with any open case that began with a report."""

JUDGED: Final = frozenset({c.TakeSasPosition, c.RaiseLexSarah})
"""How a case that is no lex Sarah case may lead to one."""

WORK: Final = frozenset(
    {
        c.AddCause,
        c.WithdrawCause,
        c.AddMeasure,
        c.CompleteMeasure,
        c.WithdrawMeasure,
        c.FollowUpMeasure,
    }
)
