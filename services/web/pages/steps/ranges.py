"""Which days and moments a field may hold, so that the picker opens where it should."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from infra import clock
from workflows.rules.calendar import ZONE

_DAY: Final = timedelta(days=1)
_YEAR: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Range:
    """The first and the last that may be chosen, in the form of a browser's own fields."""

    first: str = ""
    last: str = ""


ANY: Final = Range()

_DAYS: Final[Mapping[str, tuple[timedelta | None, timedelta | None]]] = {
    "due_on": (timedelta(), None),
    "follow_up_on": (timedelta(), None),
    "until": (_DAY, _YEAR),
    "registered_on": (None, timedelta()),
    "decided_on": (None, timedelta()),
}
"""By the field: from and to, counted from today. What is not here may be any day."""


def range_of(name: str, *, moment: bool) -> Range:
    """Return what a field may hold. Every moment that is asked for has already been."""
    if moment:
        return Range(last=f"{clock.now().astimezone(ZONE):%Y-%m-%dT%H:%M}")
    first, last = _DAYS.get(name, (None, None))
    return Range(_in(first), _in(last))


def _in(span: timedelta | None) -> str:
    return "" if span is None else (clock.today() + span).isoformat()
