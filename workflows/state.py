"""What a case is at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from events import ClassificationSuggested, Harm, Outcome, Phase, Role, Track

Key = tuple[str, UUID | None]
"""A clock's name: its rule, and the measure it is about where it is about one."""

ENDED: Final = frozenset({Phase.CLOSED, Phase.REROUTED, Phase.MERGED})


@dataclass(frozen=True, slots=True)
class Clock:
    """A running deadline, and how far up its ladder an overdue one has been told."""

    due_at: datetime
    remind_at: datetime | None = None
    reminded: bool = False
    missed: bool = False
    rung: int = -1


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
        """Whether an assessment once opened the path to SAS, and SAS has not answered."""
        return self.sas_required and self.sas_position is None

    @property
    def open_measures(self) -> frozenset[UUID]:
        """The promises not yet kept."""
        return frozenset(key for key, it in self.measures.items() if not it.completed)
