"""The parts of a case's view: clocks, measures, notes, messages, and what each kind has."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

import events as e

Said = dict[str, str | None]


class Moment(BaseModel):
    """One fact: when, who, what in a sentence, its fields, and what was written.

    `by` is None where who it was is not shown: the one who reported misconduct.
    """

    sequence: int
    at: datetime
    by: str | None
    by_name: str | None
    type: str
    says: str
    fact: dict[str, Any]
    words: Said


class RunningClock(BaseModel):
    """A deadline that runs: `explains` says in a sentence how it came about.

    `legal_word` is the statute's; `statutory` that the time itself is the law's and no target.
    """

    code: str
    says: str
    about: UUID | None
    due_at: datetime
    overdue: bool
    rule: str | None
    legal_word: str | None
    statutory: bool
    responsible: str | None
    basis: str
    source: str
    confidence: str
    explains: str


class CauseView(BaseModel):
    """A reason why it could happen."""

    cause_id: UUID
    area: str
    area_says: str
    text: str | None


class MeasureView(BaseModel):
    """A promise and how far it has come; `outcome` is what was seen when it was followed up."""

    measure_id: UUID
    causes: list[UUID]
    kind: str
    kind_says: str
    text: str | None
    expected_effect: str | None
    owner: UUID
    owner_name: str | None
    due_on: date
    follow_up_on: date
    completed: bool
    effect: bool | None
    outcome: str | None


class NoteView(BaseModel):
    """A note as it was written: when, by whom with which title, from where, fact or not."""

    note_id: UUID
    at: datetime
    author_name: str | None
    author_title: str | None
    nature: str
    point: str | None
    source: str | None
    text: str | None
    corrects: UUID | None


class MessageView(BaseModel):
    """A message to or from the one who complained."""

    message_id: UUID
    at: datetime
    from_us: bool
    way: str
    text: str | None


class GateView(BaseModel):
    """Something that remains before the case may close."""

    code: str
    says: str


class PassedView(BaseModel):
    """Somebody else who was told, and whether it is known that it got there."""

    route_id: UUID
    route: str
    says: str
    awaited: bool


class ComplaintView(BaseModel):
    """What only a complaint has; the name and the address come from the vault."""

    kind: e.ComplaintKind | None
    kind_says: str | None
    relation: e.Relation | None
    answer_way: e.AnswerWay | None
    complainant: str | None
    contact: str | None
    wish: str | None


class LexSarahView(BaseModel):
    """What only a lex Sarah case has. Class, severity and notified are three facts."""

    protected: bool
    points: dict[str, bool]
    position: e.LexSarahOutcome | None
    decision: e.LexSarahOutcome | None
    decision_says: str | None
    finding: str | None
    serious: bool | None
    questions: dict[str, bool]
    measures_verified: bool
    board_told: list[str]
    ivo_required: bool
    ivo_notified: bool
    ivo_supplied: bool
    ivo_decided: bool


class IvoView(BaseModel):
    """What only a notification to IVO has."""

    version_number: int
    missing: list[str]
    with_investigation: bool
    approvals: int
    submitted_at: datetime | None
    ivo_number: str | None
    supplied: bool
    requests: list[UUID]
