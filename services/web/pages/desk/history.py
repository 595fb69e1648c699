"""Everything that happened in a case, as a person reads it: who did what, and what followed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from services.case_view.parts import Moment
from services.web.pages import said
from workflows.terms.labels import DEADLINES

_SYSTEM: Final = "system:"
_FOLLOWS: Final = frozenset(
    {
        "case.deadline_set",
        "case.deadline_met",
        "case.deadline_lapsed",
        "case.deadline_reminded",
        "case.deadline_missed",
        "case.ladder_climbed",
        "case.escalated",
        "case.notice_undeliverable",
        "case.triaged",
    }
)
"""What follows from others' acts: it happens by itself, whoever set it off."""
SHOWN: Final = 12
"""How many of the latest are shown; the rest is one press away."""
_LABELS: Final = {
    "words": "",
    "summary": "",
    "reason": "Skäl",
    "source": "Källa",
    "expected_effect": "Ska leda till",
    "receiver": "Mottagare",
    "protection": "Skydd",
    "delegation": "Delegation",
    "receipt": "Kvittens",
}
"""What was written, by its field; what the report itself holds is shown on its own."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that became true, and what was written about it as (label, words)."""

    says: str
    quiet: bool
    quotes: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Act:
    """What one person did at one moment with what followed from it; or time itself."""

    at: datetime
    who: str
    system: bool
    lines: list[Line] = field(default_factory=list[Line])


@dataclass(frozen=True, slots=True)
class History:
    """All acts, oldest first: those that are folded away, and the latest."""

    earlier: list[Act]
    latest: list[Act]

    @property
    def all(self) -> list[Act]:
        """Every act."""
        return [*self.earlier, *self.latest]


def history_of(timeline: Sequence[Moment]) -> History:
    """Gather a timeline, or a part of one, into acts."""
    acts: list[Act] = []
    keys: list[tuple[datetime, str | None]] = []
    for moment in timeline:
        key = moment.at, moment.by
        if not keys or keys[-1] != key:
            keys.append(key)
            acts.append(Act(moment.at, _who(moment), is_system(moment)))
        acts[-1].lines.append(_line(moment))
    split = max(0, len(acts) - SHOWN)
    return History(acts[:split], acts[split:])


def is_system(moment: Moment) -> bool:
    """Tell whether a handler or time itself did this, and no person."""
    return moment.by is not None and moment.by.startswith(_SYSTEM)


def _line(moment: Moment) -> Line:
    """Say one fact with what was written about it; the report's own words stand elsewhere."""
    quotes = [] if moment.sequence == 1 else _quotes(moment)
    return Line(_says(moment), is_system(moment) or moment.type in _FOLLOWS, quotes)


def _says(moment: Moment) -> str:
    """Say it in a sentence; how a clock came about is told where the clocks are."""
    if moment.type != "case.deadline_set":
        return moment.says
    about = DEADLINES.get(moment.fact["code"], moment.fact["code"])
    return (
        f"Ny tid: {about} senast {said.moment(datetime.fromisoformat(moment.fact['due_at']))}."
    )


def _quotes(moment: Moment) -> list[tuple[str, str]]:
    return [
        (_LABELS[name], words)
        for name, words in moment.words.items()
        if words is not None and name in _LABELS
    ]


def _who(moment: Moment) -> str:
    if moment.by is None:
        return "Namnet visas inte"
    if is_system(moment):
        return ""
    return moment.by_name or "Någon"
