"""Finds the row that was in force on the day of a legal step."""

from datetime import date
from typing import Final

from events import OwnerType, Track
from workflows.law.base import LawRow
from workflows.law.complaints import COMPLAINTS
from workflows.law.lex_sarah import LEX_SARAH
from workflows.law.routes import ROUTES

ROWS: Final[tuple[LawRow, ...]] = (*LEX_SARAH, *COMPLAINTS, *ROUTES)


class NoSuchLaw(LookupError):  # noqa: N818 - says what is missing
    """No row of that id was in force for that act and owner on that day."""


def law_on(rule: str, day: date, track: Track, owner: OwnerType) -> LawRow:
    """Return the row in force on a local day; raises `NoSuchLaw`.

    The day is that of the legal step, never that of the event in the world.
    """
    for row in ROWS:
        if row.id == rule and row.in_force(day) and track in row.tracks and owner in row.owners:
            return row
    raise NoSuchLaw(f"{rule} {day} {track} {owner}")
