"""A notification to IVO: the child of a lex Sarah case; made here, sent by hand."""

from typing import Final

from events import Phase
from workflows import commands as c
from workflows.case_types.base import CaseType
from workflows.case_types.sets import CLOCKS

_ANY_TIME = CLOCKS | {c.Escalate, c.Link, c.EraseWords, c.Recuse}
_OPEN = _ANY_TIME | {
    c.Assign,
    c.HandOver,
    c.AddNote,
    c.AddAttachment,
    c.Register,
}
_UNSENT = _OPEN | {c.DraftPack, c.WithdrawNotification}
_SENT = _OPEN | {
    c.RegisterIvoNumber,
    c.InformBoard,
    c.RequestSupplement,
    c.AnswerSupplement,
}

IVO_NOTIFICATION: Final = CaseType(
    name="ivo_notification",
    label="Anmälan till IVO",
    prefix="IVO",
    flow={
        Phase.NONE: frozenset({c.OpenIvoNotification}),
        Phase.REQUIRED: _UNSENT,
        Phase.DRAFTED: _UNSENT | {c.ApprovePack},
        Phase.APPROVED: _UNSENT | {c.SubmitNotification},
        Phase.SUBMITTED: _SENT | {c.SupplyInvestigation},
        Phase.SUPPLIED: _SENT | {c.RegisterIvoDecision},
        Phase.DECIDED: _SENT | {c.Close},
        Phase.CLOSED: _ANY_TIME | {c.Reopen},
    },
)
