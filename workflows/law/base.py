"""The shape of a row of the law."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from events import OwnerType, Role, Track

NEW_ACT: Final = date(2025, 7, 1)
"""When SoL (2025:400) took the place of SoL (2001:453)."""
ALWAYS: Final = date(1900, 1, 1)
EVERY: Final = frozenset(Track)
SOCIAL: Final = frozenset({Track.SOL, Track.LSS})
SOL: Final = frozenset({Track.SOL})
LSS: Final = frozenset({Track.LSS})
HSL: Final = frozenset({Track.HSL})
ANY_OWNER: Final = frozenset(OwnerType)
PRIVATE: Final = frozenset({OwnerType.PRIVATE})
BOARD: Final = frozenset({OwnerType.IN_HOUSE})


class Confidence(StrEnum):
    """How sure we are of a row. Only `verified` is shown without a warning."""

    VERIFIED = "verified"
    OLD_PAGE = "old_page"
    UNVERIFIED = "unverified"
    LOCAL = "local"

    @property
    def warning(self) -> str:
        """Say what a reader must know, in Swedish after a comma; empty where sure."""
        return {
            self.VERIFIED: "",
            self.OLD_PAGE: "källan är äldre än dagens lag och ska bekräftas",
            self.UNVERIFIED: "ej bekräftat",
            self.LOCAL: "",
        }[self]


class Measured(StrEnum):
    """How the time of a row is counted."""

    NONE = "none"
    """No time is stated, or only a word; a target of our own is the policy's."""
    WALL = "wall"
    """Time that passes, whatever day it is."""
    CALENDAR = "calendar"
    """Months or years by the calendar, to the end of the day."""
    LETTER = "letter"
    """A day that a letter names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LawRow:
    """One duty while one wording was in force, for one act and kind of owner.

    `word` is the statute's own ("genast"); `hours`, `months` and `years` are times that the
    rule itself states. `asks` completes "Lagen kräver att …" or says what custom asks.
    """

    id: str
    asks: str
    basis: str
    valid_from: date = ALWAYS
    valid_to: date | None = None
    tracks: frozenset[Track] = SOCIAL
    owners: frozenset[OwnerType] = ANY_OWNER
    word: str | None = None
    hours: int | None = None
    months: int | None = None
    years: int | None = None
    measured: Measured = Measured.NONE
    responsible: Role
    overdue: str
    source: str
    confidence: Confidence

    def in_force(self, day: date) -> bool:
        """Tell whether the wording was in force on a local day; `valid_to` is not included."""
        return self.valid_from <= day < (self.valid_to or date.max)


OURS: Final = "own"
"""The row of what no law sets a time for: our own targets."""
