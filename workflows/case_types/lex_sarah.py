"""A lex Sarah report: misconduct, or a tangible risk of it. Nothing turns it into less.

It can't be rerouted: every report is investigated (SoL 27 kap. 5 §). It may join another report
of the same event once the individual is safe.
"""

from typing import Final

from events import LexSarahReported, Phase
from workflows import commands as c
from workflows.case_types.base import CaseType
from workflows.case_types.sets import ANSWERS, OPEN, REPORTED, WORK

_ANY_TIME = REPORTED | {c.RecordIvoProgress, c.InformBoard}
_OPEN = OPEN | _ANY_TIME | {c.AnswerQuestion, c.RequireIvoNotification}

LEX_SARAH: Final = CaseType(
    name="lex_sarah",
    label="Lex Sarah",
    prefix="LS",
    begins=LexSarahReported,
    flow={
        Phase.NONE: frozenset({c.SubmitReport}),
        Phase.REPORTED: _OPEN | {c.ReceiveLexSarah},
        Phase.RECEIVED: _OPEN | {c.StartInvestigation, c.Merge},
        Phase.INVESTIGATING: _OPEN | WORK | {c.TakePosition, c.Merge},
        Phase.POSITION_TAKEN: _OPEN | WORK | {c.DecideLexSarah},
        Phase.DECIDED: _OPEN | WORK | {c.VerifyMeasures},
        Phase.FOLLOWED_UP: _OPEN | WORK | {c.VerifyMeasures, c.Close},
        Phase.CLOSED: _ANY_TIME | {c.Reopen, c.SendMessage},
        Phase.MERGED: _ANY_TIME | ANSWERS | {c.Reopen},
    },
)
