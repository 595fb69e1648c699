"""What the documents of a lex Sarah case say: plain facts, filled in by whoever knows the case.

There is no place for the name of who reported, nor for the name of whom it happened to.
None, or nothing but space, means that it is not known; the documents then say so.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime

from events import LexSarahOutcome, Nature, OwnerType, Track
from workflows.terms.codes import CAUSE_AREAS
from workflows.terms.points import POINTS

When = date | datetime
"""A datetime has its zone; a date alone means that the time of day is not known."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes or decides in their work, with name and title."""

    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePoint:
    """A note under one of the nine points, with all that a note must carry."""

    point: str
    at: datetime
    source: str
    nature: Nature
    text: str
    author: Person

    def __post_init__(self) -> None:
        _one_of(POINTS, self.point)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A cause that was found. Measures point at it by its key; the key is never shown."""

    key: str
    text: str
    area: str | None = None

    def __post_init__(self) -> None:
        if self.area is not None:
            _one_of(CAUSE_AREAS, self.area)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure against causes: planned until it has a day on which it was done."""

    text: str
    causes: tuple[str, ...]
    owner_title: str | None = None
    due: date | None = None
    done: date | None = None
    effect: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """What was done at once to protect people, and when."""

    text: str
    at: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """Yes, no, or None while nobody has answered."""

    individual_informed: bool | None = None
    individual_informed_why: str | None = None
    representative_informed: bool | None = None
    in_personal_file: bool | None = None
    police_report: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """The position that ended the investigation."""

    outcome: str
    reasons: str
    by: Person
    at: datetime

    def __post_init__(self) -> None:
        _one_of(list(LexSarahOutcome), self.outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The decision on the case, by somebody to whom the right was delegated."""

    outcome: str
    reasons: str
    by: Person
    at: datetime
    delegation: str | None = None
    notify_ivo: bool | None = None

    def __post_init__(self) -> None:
        _one_of(list(LexSarahOutcome), self.outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Our number, the registry's (diarienummer), the case it came from, and IVO's."""

    ours: str
    registry: str | None = None
    parent: str | None = None
    ivo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom IVO may turn to."""

    name: str | None = None
    title: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who notifies: a board in a municipality, or a private provider by its name."""

    owner: OwnerType
    name: str | None = None
    municipality: str | None = None
    org_number: str | None = None
    address: str | None = None
    postal_code: str | None = None
    town: str | None = None
    contact: Contact = Contact()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """Where it happened."""

    name: str | None = None
    address: str | None = None
    municipality: str | None = None
    kind: str | None = None
    law: Track | None = None
    owner: OwnerType | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened. `ended` only where it went on for more than a moment."""

    began: When | None = None
    ended: When | None = None
    description: str | None = None
    consequences: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision, worded by the caller; unverified ones are marked wherever they are shown."""

    text: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that the documents are made of.

    `made` is the day that stands on the documents and `version` counts the packs of this case.
    `ground` is why IVO is told; it can be known before the investigation is `concluded`.
    `case` has the numbers of the case that investigation and decision stand in, where the
    notification has others.
    """

    made: date
    version: int
    numbers: Numbers
    sender: Sender
    operation: Operation
    event: Event
    case: Numbers | None = None
    questions: Questions = Questions()
    ground: str | None = None
    reported: date | None = None
    started: date | None = None
    concluded: date | None = None
    notes: tuple[NotePoint, ...] = ()
    causes: tuple[Cause, ...] = ()
    measures: tuple[Measure, ...] = ()
    protections: tuple[Protection, ...] = ()
    position: Position | None = None
    decision: Decision | None = None
    signer: Person | None = None
    citations: tuple[Citation, ...] = ()

    def __post_init__(self) -> None:
        if self.ground is not None:
            _one_of([it for it in LexSarahOutcome if it.serious], self.ground)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to send along, by the name it has with us."""

    name: str
    content: bytes


def _one_of(known: Container[str], code: str) -> None:
    if code not in known:
        raise ValueError(f"unknown code: {code!r}")
