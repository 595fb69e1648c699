"""Small lives that meet every phase of every case type: what `workflows.diagram` draws from."""

from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

from events import (
    AnswerWay,
    ComplaintKind,
    Harm,
    LexSarahOutcome,
    Nature,
    Question,
    Role,
    Route,
    SentHow,
)
from workflows import commands as c
from workflows.case_types import CaseType
from workflows.policy import AlarmRule, Band, Decides, Ladder, Matrix, Policy, Target
from workflows.rules.duties import TARGET_CODES
from workflows.terms.points import TO_INVESTIGATE

_AT: Final = datetime(2026, 3, 2, 8, tzinfo=UTC)
_DAY: Final = date(2026, 3, 16)
_BY, _DECIDER = str(UUID(int=1)), str(UUID(int=9))
_ID, _OTHER, _WORDS = UUID(int=2), UUID(int=3), UUID(int=4)
_FOUR: Final = ("1", "2", "3", "4")
_ALARM: Final = AlarmRule(why=".", tell=(Role.UNIT_MANAGER,))
POLICY: Final = Policy(
    version=1,
    municipality=".",
    valid_from=_AT.date(),
    matrix=Matrix(consequence=_FOUR, likelihood=_FOUR, bands=(Band(from_value=1, label="."),)),
    escalation=(),
    ticked_serious=_ALARM,
    danger_words=_ALARM,
    lex_sarah_reported=_ALARM,
    position_taken=_ALARM,
    ivo_required=_ALARM,
    decides=Decides(lex_sarah=(Role.SAS,), ivo=(Role.SAS,)),
    receivers={},
    targets={code: Target(hours=1, what="vänta", source=".") for code in TARGET_CODES},
    ladder=Ladder(hours_between=1),
    notices={},
)
"""The least a policy can ask for: what it asks moves no arrow."""

Life = tuple[c.Command, ...]


def _ask(command: type[Any], by: str = _BY, **said: Any) -> Any:
    return command(at=_AT, by=by, **said)


def _measure(measure_id: UUID) -> Any:
    return _ask(
        c.AddMeasure,
        measure_id=measure_id,
        causes=(_ID,),
        kind="rutin",
        words=_WORDS,
        expected_effect=_WORDS,
        owner=_ID,
        due_on=_DAY,
        follow_up_on=_DAY,
    )


def _complete(measure_id: UUID) -> Any:
    return _ask(c.CompleteMeasure, measure_id=measure_id)


def _judge(measure_id: UUID) -> Any:
    return _ask(c.FollowUpMeasure, measure_id=measure_id, effect=True, words=_WORDS)


def opening(kind: CaseType) -> c.Command:
    """Return the command that opens a case of this kind."""
    opened: c.Command = _ask(
        c.SubmitReport,
        case_type=kind.name,
        report_id=_ID,
        number="A-2026-00001",
        received_at=_AT,
        unit="1",
        harm=Harm.NONE,
        reporter=_ID,
        story=_WORDS,
    )
    if c.OpenIvoNotification in kind.flow[next(iter(kind.flow))]:
        opened = _ask(
            c.OpenIvoNotification,
            case_type=kind.name,
            number="IVO-2026-00001",
            came_from=_OTHER,
            required_at=_AT,
            unit="1",
        )
    return opened


_CLASSIFY: Final = _ask(c.ConfirmClassification, category="omsorg")
_ASSESS: Final = _ask(c.AssessSeverity, consequence=1, likelihood=1, reason=_WORDS)
_ANSWER: Final = _ask(c.AnswerReporter, words=_WORDS)
_START: Final = _ask(c.StartInvestigation)
_CAUSE: Final = _ask(c.AddCause, cause_id=_ID, area="procedurer_rutiner", words=_WORDS)
_CONCLUDE: Final = _ask(c.ConcludeInvestigation, summary=_WORDS)
_CLOSE: Final = _ask(c.Close)
_REOPEN: Final = _ask(c.Reopen, reason=_WORDS)
_REROUTE: Final = _ask(
    c.Reroute, route=Route.NOT_A_DEVIATION, route_id=_ID, receiver=_WORDS, reason=_WORDS
)
_MERGE: Final = _ask(c.Merge, into=_OTHER, reason=_WORDS)
_HISTORY: Final = _ask(c.ImportHistory, closed_at=_AT)
_REPLY: Final = _ask(c.AnswerComplainant, words=_WORDS, way="phone")
_REGISTER: Final = _ask(c.Register, registry_number="SN 2026/1", registered_on=_AT.date())
_RECEIVE: Final = _ask(c.ReceiveLexSarah, protection=_WORDS)
_POINTS: Final = tuple(
    _ask(
        c.AddNote,
        note_id=UUID(int=100 + n),
        nature=Nature.FACT,
        words=_WORDS,
        source=_WORDS,
        point=point,
    )
    for n, point in enumerate(TO_INVESTIGATE)
)
_QUESTIONS: Final = tuple(
    _ask(c.AnswerQuestion, question=question, yes=True, reason=_WORDS) for question in Question
)
_POSITION: Final = _ask(c.TakePosition, outcome=LexSarahOutcome.MISCONDUCT, reason=_WORDS)
_DECIDE: Final = _ask(
    c.DecideLexSarah,
    _DECIDER,
    outcome=LexSarahOutcome.MISCONDUCT,
    reason=_WORDS,
    delegation=_WORDS,
)
_VERIFY: Final = _ask(c.VerifyMeasures, words=_WORDS)
_RECUSE: Final = _ask(c.Recuse, _DECIDER, person=UUID(_BY), reason=_WORDS)
_DRAFT: Final = _ask(c.DraftPack, digest="0" * 64)
_DRAFT_WHOLE: Final = _ask(c.DraftPack, digest="0" * 64, with_investigation=True)
_WITHDRAW: Final = _ask(c.WithdrawNotification, reason=_WORDS)
_SUBMIT: Final = _ask(
    c.SubmitNotification, submitted_at=_AT, how=SentHow.E_SERVICE, receipt=_WORDS
)
_SUPPLY: Final = _ask(c.SupplyInvestigation, supplied_at=_AT, how=SentHow.POST)
_IVO_SAYS: Final = _ask(
    c.RegisterIvoDecision, decided_on=_AT.date(), decision="closed", words=_WORDS
)


def _approved(version: int) -> Life:
    return tuple(_ask(c.ApprovePack, by, version_number=version) for by in (_BY, _DECIDER))


ASIDE: Final[Life] = (
    *(_CONCLUDE, _CLOSE, _REOPEN, _REROUTE, _MERGE, _HISTORY, _WITHDRAW, _DRAFT),
    *(_REPLY, _START, _RECUSE),
)
"""Tried at every step of a life, to see where else it could have gone."""

LIVES: Final[dict[str, tuple[Life, ...]]] = {
    "deviation": (
        (_CLASSIFY, _ASSESS, _ANSWER, _START, _CONCLUDE, _CLOSE),
        (
            *(_CLASSIFY, _ASSESS, _ANSWER, _START, _CAUSE, _measure(_ID), _CONCLUDE),
            *(_complete(_ID), _measure(_OTHER), _complete(_OTHER), _judge(_ID), _judge(_OTHER)),
            *(_CLOSE, _REOPEN, _ANSWER, _CONCLUDE),
        ),
        (_REROUTE, _REOPEN),
        (_MERGE, _REOPEN),
    ),
    "complaint": (
        (
            _ask(c.Acknowledge, words=_WORDS, way=AnswerWay.PHONE),
            _ask(c.SetComplaintKind, kind=ComplaintKind.COMPLAINT),
            *(_START, _REPLY, _CLOSE, _REOPEN),
        ),
        (_REROUTE, _REOPEN),
        (_MERGE, _REOPEN),
    ),
    "lex_sarah": (
        (
            *(_CLASSIFY, _ASSESS, _REGISTER, _RECEIVE),
            *(_START, *_POINTS, _POSITION, _DECIDE, *_QUESTIONS, _ANSWER, _VERIFY),
            *(_CLOSE, _REOPEN),
        ),
        (_RECEIVE, _MERGE, _REOPEN),
    ),
    "ivo_notification": (
        (
            *(_DRAFT, *_approved(1), _DRAFT, *_approved(2), _SUBMIT, _SUPPLY, _IVO_SAYS),
            *(_REGISTER, _CLOSE, _REOPEN),
        ),
        (_DRAFT_WHOLE, *_approved(1), _SUBMIT),
    ),
}
"""After the opening: what somebody does, in an order that meets every phase."""
