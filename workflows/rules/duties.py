"""Every clock there is: what starts it, what stops it, and which row of the law it rests on.

How long a clock runs is the municipality's choice (`Policy.targets`) where no statute says it;
where one does (`LawRow.months`, `years`) it is the law's and no policy moves it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import events as e
from events import AnswerWay, Event
from workflows.law import OURS
from workflows.state import CaseState
from workflows.terms.kinds import (
    COMPLAINT,
    DEVIATION,
    EVERY,
    IVO,
    LEX_SARAH,
    MISCONDUCT,
    OUTSIDE,
    REPORTED,
)


def _always(_: CaseState) -> bool:
    return True


def _any(_: Event) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One clock. `law` is the id of a row in `workflows.law`.

    The time is, in this order: the end of the day that the starting fact names in `day`; the
    law's own months or years from the moment in `since` (or the fact's own); the policy's
    target of the same code. `about` names the field that tells clocks of one code apart.
    `only`, `if_starts` and `if_stops` narrow when it starts and stops. It runs once for the
    same thing, unless `again`. `outlives` names the phases of an ended case in which it runs.
    `pausable` is False where somebody grave waits: nobody may let that wait longer.
    """

    code: str
    law: str
    case_types: frozenset[str]
    starts: tuple[type[Event], ...]
    stops: tuple[type[Event], ...]
    about: str | None = None
    day: str | None = None
    since: str | None = None
    statutory: bool = False
    only: Callable[[CaseState], bool] = _always
    if_starts: Callable[[Event], bool] = _any
    if_stops: Callable[[Event], bool] = _any
    again: bool = False
    pausable: bool = True
    outlives: frozenset[e.Phase] = frozenset()

    @property
    def aimed(self) -> bool:
        """Whether the policy has a target for it."""
        return self.day is None and not self.statutory


_ENDED: Final = frozenset({e.Phase.CLOSED, e.Phase.REROUTED, e.Phase.MERGED})
_HANDED_ON: Final = frozenset({e.Phase.REROUTED, e.Phase.MERGED})

DUTIES: Final = (
    Duty(
        code="triage",
        law=OURS,
        case_types=DEVIATION,
        starts=(e.ReportReceived,),
        stops=(e.CaseTriaged,),
    ),
    Duty(
        code="read_at_once",
        law=OURS,
        case_types=OUTSIDE,
        starts=(e.ReportReceived, e.ReportCorrected),
        stops=(e.CaseAssigned, e.SeverityAssessed, e.ClassificationConfirmed),
        only=lambda state: state.urgent,
        pausable=False,
    ),
    Duty(
        code="answer_reporter",
        law=OURS,
        case_types=DEVIATION | LEX_SARAH,
        starts=(e.ReportReceived,),
        stops=(e.ReporterAnswered, e.AnswerWaived),
        only=lambda state: state.answer_owed,
        if_stops=lambda fact: getattr(fact, "whose", "reporter") == "reporter",
        outlives=_HANDED_ON,
    ),
    Duty(
        code="sas_position",
        law=OURS,
        case_types=OUTSIDE,
        starts=(e.SeverityAssessed,),
        stops=(e.SasPositionTaken,),
        only=lambda state: state.sas_awaited,
        pausable=False,
    ),
    Duty(
        code="investigate",
        law=OURS,
        case_types=DEVIATION,
        starts=(e.CaseTriaged,),
        stops=(e.InvestigationConcluded, e.CaseClosed),
    ),
    Duty(
        code="acknowledge",
        law="R20",
        case_types=COMPLAINT,
        starts=(e.ReportReceived,),
        stops=(e.ComplaintAcknowledged, e.ComplainantAnswered, e.AnswerWaived),
        if_stops=lambda fact: getattr(fact, "whose", "complainant") == "complainant",
    ),
    Duty(
        code="answer_complainant",
        law="R21",
        case_types=COMPLAINT,
        starts=(e.ReportReceived,),
        stops=(e.ComplainantAnswered, e.AnswerWaived),
        if_stops=lambda fact: getattr(fact, "whose", "complainant") == "complainant",
        outlives=_HANDED_ON,
    ),
    Duty(
        code="read_message",
        law=OURS,
        case_types=REPORTED,
        starts=(e.MessageReceived,),
        stops=(e.MessageSent, e.ComplainantAnswered, e.ReporterAnswered, e.AnswerWaived),
        # What staff typed in they have read.
        if_starts=lambda fact: getattr(fact, "way", None) is AnswerWay.CODE,
        again=True,
        outlives=_ENDED,
    ),
    Duty(
        code="protect",
        law="R02",
        case_types=LEX_SARAH,
        starts=(e.LexSarahReported,),
        stops=(e.LexSarahReceived,),
    ),
    Duty(
        code="start_investigation",
        law="R03",
        case_types=LEX_SARAH,
        starts=(e.LexSarahReported,),
        stops=(e.InvestigationStarted,),
    ),
    Duty(
        code="register",
        law="OSL",
        case_types=MISCONDUCT,
        starts=(e.LexSarahReported, e.IvoNotificationRequired),
        stops=(e.CaseRegistered,),
    ),
    Duty(
        code="inform_board_report",
        law="R04",
        case_types=LEX_SARAH,
        # Only then is it known whose unit it was.
        starts=(e.LexSarahReported, e.ReportCorrected),
        stops=(e.BoardInformed,),
        only=lambda state: state.private,
        if_stops=lambda fact: getattr(fact, "news", None) is e.BoardNews.REPORT,
    ),
    Duty(
        code="lex_sarah_investigation",
        law="R08",
        case_types=LEX_SARAH,
        starts=(e.LexSarahReported,),
        stops=(e.LexSarahDecided,),
    ),
    Duty(
        code="notify_ivo",
        law="R05",
        case_types=IVO,
        starts=(e.IvoNotificationRequired,),
        stops=(e.NotificationSubmitted,),
    ),
    Duty(
        code="supply_investigation",
        law="R06",
        case_types=IVO,
        starts=(e.NotificationSubmitted,),
        stops=(e.InvestigationSupplied,),
        since="submitted_at",
        statutory=True,
        only=lambda state: not state.ivo.supplied,
    ),
    Duty(
        code="inform_board_notification",
        law="R07",
        case_types=IVO,
        starts=(e.NotificationSubmitted,),
        stops=(e.BoardInformed,),
        only=lambda state: state.private,
        if_stops=lambda fact: getattr(fact, "news", None) is e.BoardNews.NOTIFICATION,
    ),
    Duty(
        code="answer_ivo",
        law="R09",
        case_types=IVO,
        starts=(e.SupplementRequested,),
        stops=(e.SupplementAnswered,),
        about="request_id",
        day="answer_by",
        statutory=True,
    ),
    Duty(
        code="destroy_documents",
        law="R11",
        case_types=MISCONDUCT,
        # However it ended: what was reported is kept too where it joined another case.
        starts=(e.CaseClosed, e.CaseMerged, e.NotificationWithdrawn, e.HistoryImported),
        stops=(e.WordsErased, e.CaseReopened),
        since="closed_at",
        statutory=True,
        only=lambda state: state.private,
        again=True,
        outlives=frozenset({e.Phase.CLOSED, e.Phase.MERGED}),
    ),
    Duty(
        code="reach_receiver",
        law=OURS,
        case_types=REPORTED,
        starts=(e.CasePassedOn, e.CaseRerouted),
        stops=(e.ReceiptConfirmed,),
        about="route_id",
        if_starts=lambda fact: bool(getattr(fact, "awaits_receipt", False)),
        outlives=_HANDED_ON,
    ),
    Duty(
        code="measure_due",
        law=OURS,
        case_types=REPORTED,
        starts=(e.MeasureAdded,),
        stops=(e.MeasureCompleted, e.MeasureWithdrawn),
        about="measure_id",
        day="due_on",
    ),
    Duty(
        code="measure_effect",
        law=OURS,
        case_types=REPORTED,
        starts=(e.MeasureAdded,),
        stops=(e.MeasureFollowedUp, e.MeasureWithdrawn),
        about="measure_id",
        day="follow_up_on",
    ),
    Duty(
        code="finish",
        law=OURS,
        case_types=EVERY,
        starts=(
            e.CaseTriaged,
            e.ComplaintAnswered,
            e.LexSarahDecided,
            e.InvestigationSupplied,
        ),
        stops=(e.CaseClosed,),
    ),
    Duty(
        code="finish_reopened",
        law=OURS,
        case_types=EVERY,
        starts=(e.CaseReopened,),
        stops=(e.CaseClosed,),
        again=True,
    ),
)
TARGET_CODES: Final = frozenset(duty.code for duty in DUTIES if duty.aimed)
BY_CODE: Final = {duty.code: duty for duty in DUTIES}
