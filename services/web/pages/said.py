"""Times, days and spans as people say them, in the zone where the law counts days."""

from datetime import date, datetime
from typing import Final

from infra import clock
from workflows.rules.calendar import MONTHS, ZONE, local_day

_HOUR: Final = 3600


def moment(at: datetime) -> str:
    """Say a moment: `21 nov 07.12`, with the year where it is another one."""
    local = at.astimezone(ZONE)
    return f"{day(local.date())} {local:%H.%M}"


def day(when: date | datetime) -> str:
    """Say a day: `21 nov`, with the year where it is another one."""
    which = local_day(when) if isinstance(when, datetime) else when
    short = f"{which.day} {MONTHS[which.month - 1][:3]}"
    return short if which.year == clock.today().year else f"{short} {which.year}"


def whole_day(when: date | datetime) -> str:
    """Say a day whole: `21 november 2026`."""
    which = local_day(when) if isinstance(when, datetime) else when
    return f"{which.day} {MONTHS[which.month - 1]} {which.year}"


def left(due_at: datetime) -> str:
    """Say how long is left, or how late it is: `2 dagar kvar`, `1 dag för sent`."""
    now = clock.now()
    days = (local_day(due_at) - local_day(now)).days
    if due_at < now:
        return f"{_span(days, now, due_at)} för sent"
    if days == 0:
        return f"i dag {due_at.astimezone(ZONE):%H.%M}"
    return "i morgon" if days == 1 else f"{days} dagar kvar"


def is_soon(due_at: datetime) -> bool:
    """Tell whether less than three days are left."""
    return (local_day(due_at) - local_day(clock.now())).days < 3  # noqa: PLR2004 - docstring


def count(n: int, one: str, many: str) -> str:
    """Say a number with its word: `1 dag`, `2 dagar`."""
    return f"{n} {one if n == 1 else many}"


def first_upper(words: str) -> str:
    """Begin with a capital and leave the rest: a day that stands alone is a sentence."""
    return words[:1].upper() + words[1:]


def _span(days: int, now: datetime, due_at: datetime) -> str:
    if days:
        return count(-days, "dag", "dagar")
    hours = int((now - due_at).total_seconds() // _HOUR)
    return count(hours, "timme", "timmar") if hours else "mindre än en timme"
