"""Starts and stops the clocks of `workflows.rules.duties`, each with its frozen reason.

The row of the law is chosen by the day of the legal step. A statute's word ("genast") is kept
apart from our target for it; where the time itself is the law's, no policy moves it.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from uuid import UUID

from events import (
    DeadlineLapsed,
    DeadlineMet,
    DeadlineSet,
    Event,
    HistoryImported,
    ReportReceived,
    Source,
)
from workflows.law import OURS, LawRow, law_on
from workflows.policy import Policy
from workflows.rules.calendar import local_day
from workflows.rules.duties import DUTIES, Duty
from workflows.rules.times import Time, aimed, by_law, dated
from workflows.state import ENDED, CaseState, Key


def consequences(
    state: CaseState, facts: Sequence[Event], at: datetime, policy: Policy
) -> list[Event]:
    """List the clocks that these facts start, stop and let lapse.

    `state` is the case with the facts already in it. A clock that has run once for the same
    thing is not started again, unless its duty says so.
    """
    met: dict[Key, DeadlineMet] = {}
    begun: dict[Key, DeadlineSet] = {}
    for fact in facts:
        for duty in _touched(state.case_type, type(fact)):
            key = (duty.code, _about(duty, fact))
            clock = state.clocks.get(key)
            if clock is not None and isinstance(fact, duty.stops) and duty.if_stops(fact):
                met[key] = DeadlineMet(code=key[0], about=key[1], late=clock.due_at < at)
            elif _starts(duty, fact) and _runs(duty, state, key):
                begun[key] = _set(duty, state, fact, at, policy)
    return [*met.values(), *_lapsed(state, met.keys()), *begun.values()]


@cache
def _touched(kind: str, fact: type[Event]) -> tuple[Duty, ...]:
    """Return the duties of a kind of case that a kind of fact may start or stop."""
    brought = issubclass(fact, HistoryImported)
    return tuple(
        duty
        for duty in DUTIES
        if kind in duty.case_types and (brought or issubclass(fact, duty.starts + duty.stops))
    )


def _about(duty: Duty, fact: Event) -> UUID | None:
    return getattr(fact, duty.about, None) if duty.about else None


def _starts(duty: Duty, fact: Event) -> bool:
    """Tell whether a fact starts a duty's clock.

    For a case from another system our clocks start when it is brought here still open, not
    when it was reported there; one that was closed there starts what is counted from that.
    """
    if isinstance(fact, HistoryImported) and fact.closed_at is not None:
        return HistoryImported in duty.starts
    if isinstance(fact, HistoryImported):
        return any(issubclass(it, ReportReceived) for it in duty.starts)
    if isinstance(fact, ReportReceived) and fact.source is Source.IMPORT:
        return False
    return isinstance(fact, duty.starts) and duty.if_starts(fact)


def _runs(duty: Duty, state: CaseState, key: Key) -> bool:
    return (
        (state.phase not in ENDED or state.phase in duty.outlives)
        and (key not in state.clocks if duty.again else key not in state.spent)
        and duty.only(state)
    )


def _lapsed(state: CaseState, met: Collection[Key]) -> list[Event]:
    """Let go of every clock of an ended case but those that outlive it."""
    if state.phase not in ENDED:
        return []
    living = {duty.code for duty in DUTIES if state.phase in duty.outlives}
    return [
        DeadlineLapsed(code=code, about=about)
        for code, about in state.clocks
        if code not in living and (code, about) not in met
    ]


def _set(
    duty: Duty, state: CaseState, fact: Event, at: datetime, policy: Policy
) -> DeadlineSet:
    step: datetime = (getattr(fact, duty.since, None) if duty.since else None) or at
    row = law_on(duty.law, local_day(step), state.law, state.owner_type)
    time = _time(duty, row, fact, step, policy)
    return DeadlineSet(
        code=duty.code,
        about=_about(duty, fact),
        due_at=time.due_at,
        remind_at=time.remind_at if time.remind_at and time.remind_at > at else None,
        rule=row.id.lower(),
        legal_word=row.word,
        statutory=duty.statutory,
        responsible=row.responsible,
        basis=row.basis,
        source=row.source,
        confidence=row.confidence,
        policy_version=policy.version,
        explains=time.explains,
    )


def _time(duty: Duty, row: LawRow, fact: Event, step: datetime, policy: Policy) -> Time:
    if duty.day:
        return dated(getattr(fact, duty.day), row, policy, ours=duty.law == OURS)
    if duty.statutory:
        return by_law(row, local_day(step), policy)
    return aimed(policy.targets[duty.code], row, step, policy)
