"""What must be done, by when, and what says so.

For a deviation no statute sets a time: SOSFS 2011:9 asks that reports are received and
investigated, not how fast. These rows are therefore our targets, and say so; how long they are
is the municipality's choice (`Policy.targets`), except where a person set the day.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

import events as e
from events import DeadlineLapsed, DeadlineMet, DeadlineSet, Event
from workflows.policy import Policy, Target
from workflows.rules.calendar import add_working_days, end_of, in_words, local_day
from workflows.state import ENDED, CaseState, Key

_OWN: Final = "Lokalt mål i policyn; ingen lagstadgad tid är funnen"
_SOURCE: Final = "SOSFS 2011:9 5 kap. (paragrafnummer ej bekräftat)"
_REMIND_BEFORE: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRule:
    """One duty: the fact that starts its clock, the facts that stop it, and its source.

    With `day` the time is the end of the day that the starting fact names in that field, and
    the clock is about the measure the fact names; otherwise the policy's target of the same
    code tells how long. `confidence` is `verified`, `unverified` or `local`.
    """

    code: str
    case_types: frozenset[str]
    starts: tuple[type[Event], ...]
    stops: tuple[type[Event], ...]
    basis: str = _OWN
    source: str = _SOURCE
    confidence: str = "local"
    legal_word: str | None = None
    day: str | None = None
    only: str | None = None
    valid_from: date
    valid_to: date | None = None

    def in_force(self, at: datetime) -> bool:
        """Tell whether the rule was valid on that local day."""
        return self.valid_from <= local_day(at) < (self.valid_to or date.max)


_DEVIATION: Final = frozenset({"deviation"})
_START: Final = date(2000, 1, 1)

DEADLINES: Final = (
    DeadlineRule(
        code="triage",
        case_types=_DEVIATION,
        starts=(e.ReportReceived,),
        stops=(e.CaseTriaged,),
        valid_from=_START,
    ),
    DeadlineRule(
        code="read_at_once",
        case_types=_DEVIATION,
        starts=(e.ReportReceived, e.ReportCorrected),
        stops=(e.CaseAssigned, e.SeverityAssessed, e.ClassificationConfirmed),
        only="urgent",
        valid_from=_START,
    ),
    DeadlineRule(
        code="answer_reporter",
        case_types=_DEVIATION,
        starts=(e.ReportReceived,),
        stops=(e.ReporterAnswered, e.AnswerWaived),
        only="reporter",
        valid_from=_START,
    ),
    DeadlineRule(
        code="sas_position",
        case_types=_DEVIATION,
        starts=(e.SeverityAssessed,),
        stops=(e.SasPositionTaken,),
        only="sas_awaited",
        valid_from=_START,
    ),
    DeadlineRule(
        code="investigate",
        case_types=_DEVIATION,
        starts=(e.CaseTriaged,),
        stops=(e.InvestigationConcluded, e.CaseClosed),
        valid_from=_START,
    ),
    DeadlineRule(
        code="measure_due",
        case_types=_DEVIATION,
        starts=(e.MeasureAdded,),
        stops=(e.MeasureCompleted, e.MeasureWithdrawn),
        basis="Dagen som bestämdes när åtgärden lades till",
        day="due_on",
        valid_from=_START,
    ),
    DeadlineRule(
        code="measure_effect",
        case_types=_DEVIATION,
        starts=(e.MeasureAdded,),
        stops=(e.MeasureFollowedUp, e.MeasureWithdrawn),
        basis="Dagen som bestämdes när åtgärden lades till",
        day="follow_up_on",
        valid_from=_START,
    ),
    DeadlineRule(
        code="finish_reopened",
        case_types=_DEVIATION,
        starts=(e.CaseReopened,),
        stops=(e.CaseClosed,),
        valid_from=_START,
    ),
)
TARGET_CODES: Final = frozenset(rule.code for rule in DEADLINES if rule.day is None)


def consequences(
    state: CaseState, facts: Sequence[Event], at: datetime, policy: Policy
) -> list[Event]:
    """List the clocks that these facts start, stop and let lapse.

    `state` is the case with the facts already in it. A clock that has run once for the same
    thing is not started again, but for a case that was reopened.
    """
    met: dict[Key, DeadlineMet] = {}
    begun: dict[Key, DeadlineSet] = {}
    for fact in facts:
        for rule in DEADLINES:
            key = (rule.code, _about(rule, fact))
            clock = state.clocks.get(key)
            if clock is not None and isinstance(fact, rule.stops) and _stops(rule, fact):
                met[key] = DeadlineMet(code=key[0], about=key[1], late=clock.due_at < at)
            elif _starts(rule, fact) and _runs(rule, state, fact, at):
                begun[key] = _set(rule, fact, at, policy)
    if state.phase in ENDED:
        return [*met.values(), *_lapsed(state, met.keys())]
    return [*met.values(), *begun.values()]


def _about(rule: DeadlineRule, fact: Event) -> UUID | None:
    return getattr(fact, "measure_id", None) if rule.day else None


def _starts(rule: DeadlineRule, fact: Event) -> bool:
    """Tell whether a fact starts a rule's clock.

    For a case from another system our clocks start when it is brought here still open, not
    when it was reported there.
    """
    if e.ReportReceived in rule.starts and isinstance(fact, e.HistoryImported):
        return fact.closed_at is None
    if isinstance(fact, e.ReportReceived) and fact.source is e.Source.IMPORT:
        return False
    return isinstance(fact, rule.starts)


def _stops(rule: DeadlineRule, fact: Event) -> bool:
    if rule.code == "answer_reporter" and isinstance(fact, e.AnswerWaived):
        return fact.whose == "reporter"
    return True


def _runs(rule: DeadlineRule, state: CaseState, fact: Event, at: datetime) -> bool:
    key = (rule.code, _about(rule, fact))
    again = isinstance(fact, e.CaseReopened) and key not in state.clocks
    return (
        state.case_type in rule.case_types
        and rule.in_force(at)
        and (again or key not in state.spent)
        and (rule.only is None or bool(getattr(state, rule.only)))
    )


def _lapsed(state: CaseState, met: Collection[Key]) -> list[Event]:
    """Let go of every clock of an ended case, but the answer its reporter is still owed."""
    owed: set[Key] = {("answer_reporter", None)} if state.phase is not e.Phase.CLOSED else set()
    return [
        DeadlineLapsed(code=code, about=about)
        for code, about in state.clocks
        if (code, about) not in owed and (code, about) not in met
    ]


def _set(rule: DeadlineRule, fact: Event, at: datetime, policy: Policy) -> DeadlineSet:
    remind: datetime | None
    if rule.day:
        due, remind = _dated(getattr(fact, rule.day), policy)
        explains = f"Senast {in_words(due)}: {rule.basis[0].lower()}{rule.basis[1:]}."
    else:
        due, remind, explains = _aimed(policy.targets[rule.code], at, policy)
    return DeadlineSet(
        code=rule.code,
        about=_about(rule, fact),
        due_at=due,
        remind_at=remind if remind and remind > at else None,
        legal_word=rule.legal_word,
        basis=rule.basis,
        source=rule.source,
        confidence=rule.confidence,
        policy_version=policy.version,
        explains=explains,
    )


def _dated(day: date, policy: Policy) -> tuple[datetime, datetime]:
    before = add_working_days(day, -_REMIND_BEFORE, policy.working_days())
    return end_of(day), end_of(before).replace(hour=8, minute=0)


def _aimed(
    target: Target, at: datetime, policy: Policy
) -> tuple[datetime, datetime | None, str]:
    worked = policy.working_days()
    if target.working_days is not None:
        day = add_working_days(local_day(at), target.working_days, worked)
        due = end_of(day)
        days = target.working_days
        how = f"{days} {'arbetsdag' if days == 1 else 'arbetsdagar'}"
        remind = None
        if target.remind_working_days_before is not None:
            before = target.remind_working_days_before
            day = add_working_days(day, -before, worked) if before else day
            remind = end_of(day).replace(hour=8, minute=0)
    else:
        hours = target.hours or 0
        due = at.astimezone(UTC) + timedelta(hours=hours)  # time that passes, not wall time
        said = f"{hours:g}".replace(".", ",")
        how = f"{said} {'timme' if hours == 1 else 'timmar'} på klockan"
        early = target.remind_hours_before
        remind = due - timedelta(hours=early) if early else None
    what = f"{target.what[0].lower()}{target.what[1:]}"
    said = f"{how} enligt policyn, version {policy.version}"
    return due, remind, f"Senast {in_words(due)} ska du {what}: {said}."
