"""Which day it is where the law counts days, and which days are worked."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count
from typing import Final
from zoneinfo import ZoneInfo

from holidays.countries.sweden import Sweden

from workflows.policy import QuietHours, WorkingDays

ZONE: Final = ZoneInfo("Europe/Stockholm")
_WEEKEND: Final = 5
_END_OF_DAY: Final = time(23, 59)
_EVES: Final = ((12, 24), (12, 31))
_USUAL: Final = WorkingDays()
_DAY: Final = timedelta(days=1)
_WEEKDAYS: Final = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"]
MONTHS: Final = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]


def local_day(at: datetime) -> date:
    """Return the calendar day on which a moment fell, in the zone of the law."""
    return at.astimezone(ZONE).date()


def end_of(day: date) -> datetime:
    """Return the last minute of a local day."""
    return datetime.combine(day, _END_OF_DAY, ZONE)


@cache
def _red_days(year: int) -> frozenset[date]:
    return frozenset(Sweden(include_sundays=False, years=year))


def is_working_day(day: date, days: WorkingDays = _USUAL) -> bool:
    """Tell whether people are at work: not weekends, not red days, and by choice not eves.

    Red days: lagen (1989:253) om allmänna helgdagar. Julafton, nyårsafton and midsommarafton
    are no red days in law; the policy says whether they are worked, and whether squeeze days.
    """
    if _is_free(day):
        return False
    if not days.eves and _is_eve(day):
        return False
    return days.squeeze or not (_is_free(day - _DAY) and _is_free(day + _DAY))


def _is_free(day: date) -> bool:
    return day.weekday() >= _WEEKEND or day in _red_days(day.year)


def _is_eve(day: date) -> bool:
    midsummer_eve = day.month == 6 and 19 <= day.day <= 25 and day.weekday() == 4  # noqa: PLR2004
    return midsummer_eve or (day.month, day.day) in _EVES


def add_working_days(day: date, many: int, days: WorkingDays = _USUAL) -> date:
    """Return the working day that lies `many` after `day`; negative counts backward."""
    step = _DAY if many > 0 else -_DAY
    left = abs(many)
    while left:
        day += step
        left -= is_working_day(day, days)
    return day


def after_working_hours(at: datetime, hours: float, days: WorkingDays = _USUAL) -> datetime:
    """Return the moment when so many hours of working days have passed since `at`.

    A working day has 24 of them by the clock on the wall, so nights pass and days off do not.
    The moment always lies on a working day.
    """
    local = at.astimezone(ZONE).replace(tzinfo=None)
    left = timedelta(hours=hours)
    while True:
        midnight = datetime.combine(local.date() + _DAY, time())
        if is_working_day(local.date(), days):
            if left < midnight - local:
                return (local + left).replace(tzinfo=ZONE).astimezone(UTC)
            left -= midnight - local
        local = midnight


def when_awake(at: datetime, quiet: QuietHours | None, days: WorkingDays = _USUAL) -> datetime:
    """Return the first moment from `at` on that lies outside the quiet hours."""
    if quiet is None or _is_awake(at, quiet, days):
        return at
    first = local_day(at)
    return next(
        moment
        for later in count()
        for wall in (time(), quiet.ends, quiet.ends.replace(fold=1))  # back from summer time
        if (moment := _on_the_wall(first + later * _DAY, wall)) > at
        and _is_awake(moment, quiet, days)
    )


def _on_the_wall(day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, ZONE).astimezone(UTC)


def _is_awake(at: datetime, quiet: QuietHours, days: WorkingDays) -> bool:
    local = at.astimezone(ZONE)
    wall = local.time()
    if quiet.working_days_only and not is_working_day(local.date(), days):
        return False
    if quiet.begins < quiet.ends:
        return not quiet.begins <= wall < quiet.ends
    return quiet.ends <= wall < quiet.begins


def in_words(at: datetime) -> str:
    """Say a moment as people do: `onsdag 25 november 2026 kl. 14.30`."""
    local = at.astimezone(ZONE)
    day = f"{_WEEKDAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local.year}"
    return f"{day} kl. {local:%H.%M}"
