"""The nine points of an investigation, each with the notes that document it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.case_view import CaseView
from services.case_view.parts import NoteView
from workflows.terms.points import DECISION, POINTS


@dataclass(frozen=True, slots=True)
class Written:
    """A note, and the later one that corrects it, if any; what it corrects itself."""

    note: NoteView
    corrected_by: NoteView | None
    corrects: NoteView | None


@dataclass(frozen=True, slots=True)
class Point:
    """A point: its place among the nine, whether it is documented, and its notes.

    The last one is the position; `by_position` says so.
    """

    nth: int
    code: str
    label: str
    done: bool
    notes: list[Written]

    @property
    def by_position(self) -> bool:
        """Whether the position documents it, and no note does."""
        return self.code == DECISION


def points_of(case: CaseView) -> list[Point]:
    """List the nine in the order they are read."""
    done = case.lex_sarah.points if case.lex_sarah else {}
    return [
        Point(nth, code, label, done.get(code, False), notes_of(case.notes, code))
        for nth, (code, label) in enumerate(POINTS.items(), start=1)
    ]


def notes_of(notes: Sequence[NoteView], point: str | None) -> list[Written]:
    """List the notes under a point, or under none, as they were written."""
    by_id: dict[UUID, NoteView] = {it.note_id: it for it in notes}
    later = {it.corrects: it for it in notes if it.corrects}
    return [
        Written(it, later.get(it.note_id), by_id.get(it.corrects) if it.corrects else None)
        for it in notes
        if it.point == point
    ]
