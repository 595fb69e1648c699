"""How a due time comes about, and the one Swedish sentence that says so."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from workflows.law import LawRow
from workflows.policy import Policy, Target
from workflows.rules.calendar import add_working_days, end_of, in_words, local_day

_MORNING: Final = 8
_SET_BY_PERSON: Final = "dagen som bestämdes när åtgärden lades till"
_NUMBERS: Final = {1: "en", 2: "två", 3: "tre", 4: "fyra", 5: "fem", 6: "sex"}


@dataclass(frozen=True, slots=True)
class Time:
    """When something is due, when to remind of it, and why."""

    due_at: datetime
    remind_at: datetime | None
    explains: str


def dated(day: date, row: LawRow, policy: Policy, *, ours: bool) -> Time:
    """Return the end of a day that a person or a letter has set; reminded the day before."""
    due = end_of(day)
    why = _SET_BY_PERSON if ours else f"dagen i brevet ({_cited(row)})"
    return Time(due, _morning(_before(day, 1, policy)), f"Senast {in_words(due)}: {why}.")


def by_law(row: LawRow, step: date, policy: Policy) -> Time:
    """Return the law's own time, by the calendar from the day of the step.

    A month or year ends on the day of the same number, or the last of a shorter month. It is
    not moved off a holiday: earlier is safe.
    """
    day = step + relativedelta(months=row.months or 0, years=row.years or 0)
    due = end_of(day)
    years, months = row.years or 0, row.months or 0
    how = _spelled(years, "år", "år") if years else _spelled(months, "månad", "månader")
    why = f"{how} från {step.isoformat()} enligt {_cited(row)}"
    begins = "Bevara till" if years else "Senast"  # years: how long something is kept
    return Time(due, _morning(_before(day, 5, policy)), f"{begins} {in_words(due)}: {why}.")


def aimed(target: Target, row: LawRow, at: datetime, policy: Policy) -> Time:
    """Return our own target from a moment on; the law's word is told beside it, not in it."""
    due, remind, how = _counted(target, at, policy)
    what = f"{target.what[0].lower()}{target.what[1:]}"
    law = f"; lagen säger {row.word} ({_cited(row)})" if row.word else ""
    said = f"{how} enligt policyn, version {policy.version}{law}"
    return Time(due, remind, f"Senast {in_words(due)} ska du {what}: {said}.")


def _counted(
    target: Target, at: datetime, policy: Policy
) -> tuple[datetime, datetime | None, str]:
    remind = None
    if target.hours is not None:
        due = at.astimezone(UTC) + timedelta(hours=target.hours)  # time that passes
        said = f"{target.hours:g}".replace(".", ",")
        early = target.remind_hours_before
        remind = due - timedelta(hours=early) if early else None
        return due, remind, f"{said} {'timme' if target.hours == 1 else 'timmar'} på klockan"
    if target.days is not None:
        day = local_day(at) + timedelta(days=target.days)
        how = f"{target.days} {'dag' if target.days == 1 else 'dagar'}"
    else:
        days = target.working_days or 0
        day = add_working_days(local_day(at), days, policy.working_days())
        how = f"{days} {'arbetsdag' if days == 1 else 'arbetsdagar'}"
    before = target.remind_working_days_before
    if before is not None:
        remind = _morning(_before(day, before, policy))
    return end_of(day), remind, how


def _before(day: date, count: int, policy: Policy) -> date:
    if not count:
        return day
    return add_working_days(day, -count, policy.working_days())


def _morning(day: date) -> datetime:
    return end_of(day).replace(hour=_MORNING, minute=0)


def _cited(row: LawRow) -> str:
    warning = row.confidence.warning
    return f"{row.basis}, {warning}" if warning else row.basis


def _spelled(count: int, one: str, more: str) -> str:
    return f"{_NUMBERS.get(count, count)} {one if count == 1 else more}"
