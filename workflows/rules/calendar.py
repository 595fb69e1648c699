"""Which day it is where the law counts days, and which days are worked."""

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from holidays.countries.sweden import Sweden

ZONE: Final = ZoneInfo("Europe/Stockholm")
_WEEKEND: Final = 5
_END_OF_DAY: Final = time(23, 59)
_EVES: Final = ((12, 24), (12, 31))
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


def is_working_day(day: date, *, eves_are_working_days: bool = False) -> bool:
    """Tell whether people are at work: not weekends, not red days, and by choice not eves.

    Red days: lagen (1989:253) om allmänna helgdagar. Julafton, nyårsafton and midsommarafton
    are no red days in law; the policy says whether they are worked.
    """
    if day.weekday() >= _WEEKEND or day in _red_days(day.year):
        return False
    return eves_are_working_days or not _is_eve(day)


def _is_eve(day: date) -> bool:
    midsummer_eve = day.month == 6 and 19 <= day.day <= 25 and day.weekday() == 4  # noqa: PLR2004
    return midsummer_eve or (day.month, day.day) in _EVES


def add_working_days(day: date, count: int, *, eves_are_working_days: bool = False) -> date:
    """Return the working day that lies `count` after `day`; negative counts backward."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day, eves_are_working_days=eves_are_working_days)
    return day


def in_words(at: datetime) -> str:
    """Say a moment as people do: `onsdag 25 november 2026 kl. 14.30`."""
    local = at.astimezone(ZONE)
    day = f"{_WEEKDAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local.year}"
    return f"{day} kl. {local:%H.%M}"
