"""Letting one of our own targets wait, by a recorded decision."""

from datetime import date, datetime, timedelta
from typing import Final

from events import DeadlinePaused, Event
from workflows.commands import PauseDeadline
from workflows.law import law_on
from workflows.policy import Policy, Target
from workflows.refusals import Unknown
from workflows.rules.calendar import (
    add_working_days,
    end_of,
    in_words,
    is_working_day,
    local_day,
)
from workflows.rules.duties import BY_CODE
from workflows.state import CaseState, Clock, Key

_LONGEST: Final = timedelta(days=366)


def paused(state: CaseState, command: PauseDeadline, policy: Policy) -> list[Event]:
    """Move a target's time by as long as it waits; never a statute's, nor one that passed.

    The clock lives on all the time: a pause has a last day, and cannot go quiet. A day that
    it waits already is not counted once more.
    """
    clock = state.clocks.get((command.code, command.about))
    if clock is None:
        raise Unknown("Den tiden löper inte i ärendet.", field="code")
    _may_wait(state, command.code, command.at, clock)
    today = local_day(command.at)
    if not today < command.until <= today + _LONGEST:
        raise Unknown("Ange en dag som kommer, högst ett år bort.", field="until")
    waited = max(today, clock.paused_until or today)
    if command.until <= waited:
        raise Unknown(f"Tiden väntar redan till {waited.isoformat()}.", field="until")
    due = _moved(clock.due_at, waited, command.until, policy, policy.targets[command.code])
    wait = due - clock.due_at
    remind = clock.remind_at + wait if clock.remind_at and not clock.reminded else None
    return [
        DeadlinePaused(
            code=command.code,
            about=command.about,
            until=command.until,
            due_at=due,
            remind_at=remind,
            reason=command.reason,
            explains=f"Tiden väntar till {command.until.isoformat()} enligt beslut i ärendet. "
            f"Ny tid: senast {in_words(due)}.",
        )
    ]


def next_that_may_wait(state: CaseState, at: datetime) -> Key | None:
    """Return the clock that runs out first among those that may wait, None where none may."""
    for key, clock in sorted(state.clocks.items(), key=lambda it: it[1].due_at):
        try:
            _may_wait(state, key[0], at, clock)
        except Unknown:
            continue
        return key
    return None


def _may_wait(state: CaseState, code: str, at: datetime, clock: Clock) -> None:
    duty = BY_CODE[code]
    if not duty.aimed:
        raise Unknown(
            "Den tiden kan inte pausas: den är bestämd av lag eller för en åtgärd.",
            field="code",
        )
    if not duty.pausable:
        raise Unknown("Den tiden kan inte pausas: det kan vara allvarligt.", field="code")
    word = law_on(duty.law, local_day(at), state.law, state.owner_type).word
    if word is not None:
        raise Unknown(f"Den tiden kan inte pausas: lagen säger {word}.", field="code")
    if clock.missed or clock.due_at <= at:
        raise Unknown("Tiden har redan gått ut och kan inte pausas.", field="code")


def _moved(due: datetime, start: date, until: date, policy: Policy, target: Target) -> datetime:
    if target.hours is not None:
        return due + (until - start)
    last = local_day(due)
    if target.working_days is None:
        return end_of(last + (until - start))
    worked = policy.working_days()
    waits = sum(
        is_working_day(start + timedelta(days=n), worked)
        for n in range(1, (until - start).days + 1)
    )
    day = add_working_days(last, waits, worked)
    return end_of(day)
