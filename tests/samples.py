"""Ready-made commands and facts ("controls"): name only what the test is about."""

from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from uuid import UUID

import pytest

from events import (
    AnswerWay,
    BoardNews,
    ComplaintKind,
    Harm,
    LexSarahOutcome,
    LinkKind,
    Nature,
    OwnerType,
    Question,
    Role,
    Route,
    SentHow,
)
from services.policies import default
from workflows import CaseState, Incomplete, Refusal, commands, decide, fold
from workflows.terms.points import TO_INVESTIGATE

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ANNA, BO, CIM = UUID(int=11), UUID(int=12), UUID(int=13)
"""Anna manages the unit (or investigates misconduct), Bo can take over, Cim reported."""
DISA, EVA = UUID(int=14), UUID(int=15)
"""Disa decides by delegation, Eva is SAS."""
OTHER_CASE = UUID(int=2)
WORDS = UUID(int=21)
CAUSE, CAUSE_2 = UUID(int=31), UUID(int=32)
MEASURE, MEASURE_2 = UUID(int=41), UUID(int=42)
NOTE = UUID(int=51)
FILE = UUID(int=61)
ROUTE_ID = UUID(int=71)
MESSAGE = UUID(int=81)
REQUEST = UUID(int=91)
DIGEST = "0" * 64

policy = cache(default)


def _asked(command, by=str(ANNA), **usual):
    return partial(command, **{"at": MONDAY + timedelta(hours=1), "by": by} | usual)


def _system(command, **usual):
    return _asked(command, by="system:test", **usual)


submit = _asked(
    commands.SubmitReport,
    at=MONDAY,
    by=str(CIM),
    case_type="deviation",
    report_id=UUID(int=1),
    number="A-2026-00001",
    received_at=MONDAY,
    unit="solrosen",
    story=WORDS,
    reporter=CIM,
)
anonymous = partial(submit, by="system:intake", reporter=None)
serious = partial(submit, harm=Harm.SERIOUS)

history = _system(commands.ImportHistory)
suggest = _system(commands.SuggestClassification, model="words-1")
escalate = _system(
    commands.Escalate, rule="at_once", policy_version=1, why="Genast.", to=(Role.SAS,)
)
remind = _system(commands.RemindDeadline, code="triage")
miss = _system(commands.MissDeadline, code="triage")
climb = _system(commands.ClimbLadder, code="triage", rung=0)
undeliverable = _system(commands.ReportUndeliverable, notice="received", to=Role.UNIT_MANAGER)
attach = _system(commands.AddAttachment, attachment_id=FILE)

classify = _asked(commands.ConfirmClassification, category="omsorg")
assess = _asked(commands.AssessSeverity, consequence=1, likelihood=1, reason=WORDS)
grave = partial(assess, consequence=3, likelihood=3)
sas_says = _asked(commands.TakeSasPosition, lex_sarah=False, reason=WORDS)
assign = _asked(commands.Assign, owner=ANNA)
hand_over = _asked(commands.HandOver, owner=BO, reason=WORDS)
start = _asked(commands.StartInvestigation)
conclude = _asked(commands.ConcludeInvestigation, summary=WORDS)
note = _asked(commands.AddNote, note_id=NOTE, nature=Nature.FACT, words=WORDS, source=WORDS)
cause = _asked(commands.AddCause, cause_id=CAUSE, area="procedurer_rutiner", words=WORDS)
withdraw_cause = _asked(commands.WithdrawCause, cause_id=CAUSE, reason=WORDS)
measure = _asked(
    commands.AddMeasure,
    measure_id=MEASURE,
    causes=(CAUSE,),
    kind="rutin",
    words=WORDS,
    expected_effect=WORDS,
    owner=BO,
    due_on=date(2026, 3, 16),
    follow_up_on=date(2026, 4, 20),
)
complete = _asked(commands.CompleteMeasure, measure_id=MEASURE)
withdraw = _asked(commands.WithdrawMeasure, measure_id=MEASURE, reason=WORDS)
follow_up = _asked(commands.FollowUpMeasure, measure_id=MEASURE, effect=True, words=WORDS)
answer = _asked(commands.AnswerReporter, words=WORDS)
answer_complainant = _asked(commands.AnswerComplainant, words=WORDS, way="phone")
waive = _asked(commands.WaiveAnswer, whose="reporter", ground="declined", reason=WORDS)
correct = _asked(commands.CorrectReport, harm=Harm.MINOR, reason=WORDS)
reroute = _asked(
    commands.Reroute,
    route=Route.WORK_ENVIRONMENT,
    route_id=ROUTE_ID,
    receiver=WORDS,
    reason=WORDS,
)
merge = _asked(commands.Merge, into=OTHER_CASE, reason=WORDS)
link = _asked(commands.Link, other=OTHER_CASE, kind=LinkKind.PATTERN)
pass_on = _asked(
    commands.PassOn,
    route=Route.WORK_ENVIRONMENT,
    route_id=ROUTE_ID,
    receiver=WORDS,
    reason=WORDS,
)
confirm = _asked(commands.ConfirmReceipt, route_id=ROUTE_ID, words=WORDS)
recuse = _asked(commands.Recuse, person=BO, reason=WORDS)
raise_lex_sarah = _asked(commands.RaiseLexSarah, reason=WORDS)
pause = _asked(commands.PauseDeadline, code="finish", until=date(2026, 3, 9), reason=WORDS)
erase = _system(commands.EraseWords, ground="retention")
close = _asked(commands.Close)
reopen = _asked(commands.Reopen, reason=WORDS)

# Complaints

complain = partial(
    submit, case_type="complaint", number="S-2026-00001", reporter=None, complainant=WORDS
)
"""Somebody outside told us something."""
acknowledge = _asked(commands.Acknowledge, words=WORDS, way=AnswerWay.PHONE)
set_kind = _asked(commands.SetComplaintKind, kind=ComplaintKind.COMPLAINT)
send = _asked(commands.SendMessage, message_id=MESSAGE, words=WORDS, way=AnswerWay.PHONE)
record = _asked(commands.RecordMessage, message_id=MESSAGE, words=WORDS, way=AnswerWay.PHONE)
receive_message = _system(commands.ReceiveMessage, message_id=MESSAGE, words=WORDS)
coded = partial(complain, answer_way=AnswerWay.CODE)
"""They read under a receipt code."""

# Lex Sarah

report_misconduct = partial(submit, case_type="lex_sarah", number="LS-2026-00001")
private = partial(report_misconduct, owner_type=OwnerType.PRIVATE)
receive = _asked(commands.ReceiveLexSarah, protection=WORDS)
register = _asked(
    commands.Register, registry_number="SN 2026/123", registered_on=date(2026, 3, 2)
)
take_position = _asked(commands.TakePosition, outcome=LexSarahOutcome.MISCONDUCT, reason=WORDS)
decide_it = _asked(
    commands.DecideLexSarah,
    by=str(DISA),
    role=Role.DECISION_MAKER,
    outcome=LexSarahOutcome.MISCONDUCT,
    reason=WORDS,
    delegation=WORDS,
)
question = _asked(
    commands.AnswerQuestion,
    question=Question.INDIVIDUAL_INFORMED,
    yes=False,
    reason=WORDS,
)
verify = _asked(commands.VerifyMeasures, by=str(EVA), words=WORDS)
inform_board = _asked(
    commands.InformBoard, news=BoardNews.REPORT, informed_at=MONDAY, words=WORDS
)
require_ivo = _asked(commands.RequireIvoNotification, reason=WORDS)
progress = _system(commands.RecordIvoProgress, step="notified", happened_at=MONDAY)

POINTS = tuple(
    note(note_id=UUID(int=500 + n), point=point) for n, point in enumerate(TO_INVESTIGATE)
)
QUESTIONS = tuple(question(question=it) for it in Question)
PROTECTED = (report_misconduct(), receive())
INVESTIGATING = (*PROTECTED, classify(), assess(), register(), start())
POSITIONED = (*INVESTIGATING, *POINTS, take_position())
DECIDED = (*POSITIONED, decide_it())
VERIFIED = (*DECIDED, *QUESTIONS, answer(), verify())
"""A lex Sarah case that can be closed."""

# Notifications to IVO

open_ivo = _system(
    commands.OpenIvoNotification,
    at=MONDAY,
    case_type="ivo_notification",
    number="IVO-2026-00001",
    came_from=OTHER_CASE,
    required_at=MONDAY,
    unit="solrosen",
)
draft = _system(commands.DraftPack, digest=DIGEST)
approve = _asked(commands.ApprovePack, version_number=1)
submitted = _asked(
    commands.SubmitNotification,
    at=MONDAY + timedelta(hours=2),
    submitted_at=MONDAY + timedelta(hours=1),
    how=SentHow.E_SERVICE,
    receipt=WORDS,
)
drop = _asked(commands.WithdrawNotification, reason=WORDS)
number_came = _asked(commands.RegisterIvoNumber, ivo_number="3.2.1-12345/2026")
supply = _asked(
    commands.SupplyInvestigation,
    at=MONDAY + timedelta(hours=4),
    supplied_at=MONDAY + timedelta(hours=3),
    how=SentHow.POST,
)
ask_more = _asked(
    commands.RequestSupplement, request_id=REQUEST, answer_by=date(2026, 3, 20), words=WORDS
)
answer_ivo = _asked(
    commands.AnswerSupplement,
    at=MONDAY + timedelta(hours=6),
    request_id=REQUEST,
    answered_at=MONDAY + timedelta(hours=5),
    how=SentHow.POST,
    words=WORDS,
)
ivo_says = _asked(
    commands.RegisterIvoDecision, decided_on=date(2026, 3, 2), decision="closed", words=WORDS
)
REQUIRED = (open_ivo(),)
DRAFTED = (*REQUIRED, draft())
APPROVED = (*DRAFTED, approve(), approve(by=str(DISA)))
SUBMITTED = (*APPROVED, submitted())
SUPPLIED = (*SUBMITTED, supply())
IVO_DECIDED = (*SUPPLIED, ivo_says(), register())
"""A notification that can be closed."""

TRIAGED = (submit(), classify(), assess())
"""A small matter, value 1."""
TRIAGED_GRAVE = (submit(), classify(), grave())
"""Value 9: a measure, the operations manager and SAS are asked for."""
ACTING = (*TRIAGED, start(), cause(), measure(), conclude())
FOLLOWING_UP = (*ACTING, complete())
CLOSED = (*TRIAGED, answer(), close())
TO_CLOSE_GRAVE = (
    submit(complainant=WORDS),
    classify(),
    grave(),
    start(),
    cause(),
    measure(),
    conclude(),
    complete(),
    follow_up(together_with=Role.OPERATIONS_MANAGER),
    answer(),
    answer_complainant(),
    sas_says(),
)
"""Everything a grave case needs before `close()`."""


def lived(*given, under=None):
    """Give the commands one after another; return every fact they made true."""
    facts, state = [], CaseState()
    for command in given:
        new = decide(state, command, under or policy())
        facts += new
        state = fold(new, state)
    return facts


def played(*given, under=None):
    """Give the commands one after another; return the case as it then is."""
    return fold(lived(*given, under=under))


def decided(*given, under=None):
    """Return the facts of the last command, given to a case where the others were given."""
    *before, last = given
    return decide(played(*before, under=under), last, under or policy())


def of(kind, facts):
    """Pick the facts of one kind."""
    return [fact for fact in facts if isinstance(fact, kind)]


def refused(*given, kind=Refusal, says="."):
    """Give the commands; the last one must be refused in these words. Return the refusal."""
    *before, last = given
    state = played(*before)
    with pytest.raises(kind, match=says) as no:
        decide(state, last, policy())
    return no.value


def missing(*given):
    """Try to close after these commands; return what is missing: code and words."""
    said = refused(*given, close(), kind=Incomplete, says="Ärendet kan inte avslutas än")
    return {it["code"]: it["says"] for it in said.detail["missing"]}
