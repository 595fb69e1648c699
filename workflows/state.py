"""What a case is at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from events import (
    AnswerWay,
    BoardNews,
    ClassificationSuggested,
    ComplaintKind,
    Harm,
    LexSarahOutcome,
    Outcome,
    OwnerType,
    Phase,
    Question,
    Relation,
    Role,
    Route,
    Track,
)

Key = tuple[str, UUID | None]
"""A clock's name: its rule, and the measure, route or request it is about, if any."""

ENDED: Final = frozenset({Phase.CLOSED, Phase.REROUTED, Phase.MERGED})


@dataclass(frozen=True, slots=True)
class Clock:
    """A running deadline, and how far up its ladder an overdue one has been told."""

    due_at: datetime
    remind_at: datetime | None = None
    reminded: bool = False
    missed: bool = False
    rung: int = -1
    paused_until: date | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A promise and what became of it; `effect` is None until somebody has looked."""

    causes: tuple[UUID, ...]
    owner: UUID
    due_on: date
    follow_up_on: date
    completed: bool = False
    effect: bool | None = None
    together_with: Role | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """Somebody else was told, and whether it is known that it got there."""

    route: Route
    awaited: bool
    tell: Role | None = None


@dataclass(frozen=True, slots=True)
class Complaint:
    """What only a complaint has."""

    kind: ComplaintKind | None = None
    relation: Relation | None = None
    answer_way: AnswerWay | None = None
    messages: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class LexSarah:
    """What only a lex Sarah case has. Class, severity and notified are three separate facts."""

    protected: bool = False
    points: frozenset[str] = frozenset()
    position: LexSarahOutcome | None = None
    investigators: frozenset[UUID] = frozenset()
    decision: LexSarahOutcome | None = None
    answered: frozenset[Question] = frozenset()
    verified: bool = False
    board_told: frozenset[BoardNews] = frozenset()
    ivo_required: bool = False
    ivo_notified: bool = False
    ivo_supplied: bool = False
    ivo_decided: bool = False
    notifications: int = 0


@dataclass(frozen=True, slots=True)
class Ivo:
    """What only a notification to IVO has; `requests` are those not yet answered."""

    version_number: int = 0
    missing: tuple[str, ...] = ()
    with_investigation: bool = False
    approvers: frozenset[UUID] = frozenset()
    submitted_at: datetime | None = None
    ivo_number: str | None = None
    supplied: bool = False
    requests: frozenset[UUID] = frozenset()
    answered: frozenset[UUID] = frozenset()
    decided: bool = False


@dataclass(frozen=True, slots=True)
class CaseState:
    """A case at one moment; `sequence` counts the facts it is built from."""

    sequence: int = 0
    phase: Phase = Phase.NONE
    case_type: str = ""
    report_id: UUID | None = None
    number: str = ""
    unit: str = ""
    reported_by_unit: str | None = None
    received_at: datetime | None = None
    occurred_at: datetime | None = None
    harm: Harm = Harm.UNKNOWN
    hint: str | None = None
    urgent: bool = False
    reporter: UUID | None = None
    has_complainant: bool = False
    twin_of: UUID | None = None
    came_from: UUID | None = None
    law: Track = Track.SOL
    owner_type: OwnerType = OwnerType.IN_HOUSE
    registry_number: str | None = None
    imported: bool = False
    suggestion: ClassificationSuggested | None = None
    category: str | None = None
    subtype: str | None = None
    consequence: int | None = None
    likelihood: int | None = None
    tracks: tuple[Track, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    escalated: frozenset[str] = frozenset()
    sas_required: bool = False
    sas_position: bool | None = None
    owner: UUID | None = None
    recused: frozenset[str] = frozenset()
    investigated: bool = False
    notes: frozenset[UUID] = frozenset()
    attachments: frozenset[UUID] = frozenset()
    causes: frozenset[UUID] = frozenset()
    withdrawn_causes: frozenset[UUID] = frozenset()
    measures: Mapping[UUID, Measure] = field(default_factory=dict[UUID, Measure])
    withdrawn_measures: frozenset[UUID] = frozenset()
    reporter_told: bool = False
    complainant_told: bool = False
    clocks: Mapping[Key, Clock] = field(default_factory=dict[Key, Clock])
    spent: frozenset[Key] = frozenset()
    erased: bool = False
    unreached: bool = False
    links: frozenset[UUID] = frozenset()
    passed_on: Mapping[UUID, Passed] = field(default_factory=dict[UUID, Passed])
    lex_sarah_raised: frozenset[UUID] = frozenset()
    complaint: Complaint = Complaint()
    lex_sarah: LexSarah = LexSarah()
    ivo: Ivo = Ivo()

    @property
    def value(self) -> int | None:
        """Consequence times likelihood, 1–16; None until assessed."""
        if self.consequence is None or self.likelihood is None:
            return None
        return self.consequence * self.likelihood

    @property
    def assessed(self) -> bool:
        """Whether a person judged the severity here; an imported one gave no reason."""
        return bool(self.tracks)

    @property
    def overdue(self) -> bool:
        """Whether any running clock has passed its time."""
        return any(clock.missed for clock in self.clocks.values())

    @property
    def sas_awaited(self) -> bool:
        """Whether an assessment once opened the path to SAS, and SAS has not answered.

        A lex Sarah case is on that path already.
        """
        on_it = self.case_type == "lex_sarah"
        return self.sas_required and self.sas_position is None and not on_it

    @property
    def answer_owed(self) -> bool:
        """Whether there is a reporter whom we can answer: known, or by a receipt code."""
        return self.reporter is not None or self.has_code

    @property
    def has_code(self) -> bool:
        """Whether whoever told us has a receipt code to read under."""
        return self.complaint.answer_way in (AnswerWay.CODE, AnswerWay.EMAIL)

    @property
    def private(self) -> bool:
        """Whether the unit belongs to a private provider."""
        return self.owner_type is OwnerType.PRIVATE

    @property
    def open_measures(self) -> frozenset[UUID]:
        """The promises not yet kept."""
        return frozenset(key for key, it in self.measures.items() if not it.completed)
