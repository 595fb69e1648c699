"""A report, its correction, and what another system knew."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from events import (
    AnswerWay,
    Code,
    Harm,
    Number,
    OwnerType,
    Relation,
    Role,
    Score,
    Source,
    Track,
    Words,
)
from workflows.commands.base import Asked, UnitLaw, UnitOwner


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitReport(Asked):
    """Open a case by telling what happened."""

    says: ClassVar[str] = "rapportera"

    case_type: Code
    report_id: UUID
    number: Number
    received_at: datetime
    unit: Code
    reported_by_unit: Code | None = None
    hint: Code | None = None
    harm: Harm = Harm.UNKNOWN
    source: Source = Source.SYSTEM
    occurred_at: datetime | None = None
    written_at: datetime | None = None
    reporter: UUID | None = None
    story: Words
    about: Words | None = None
    complainant: Words | None = None
    twin_of: UUID | None = None
    law: Track = Track.SOL
    owner_type: OwnerType = OwnerType.IN_HOUSE
    came_from: UUID | None = None
    recused: tuple[UUID, ...] = ()
    relation: Relation | None = None
    answer_way: AnswerWay | None = None
    contact: Words | None = None
    wish: Words | None = None
    reporter_role: Role | None = None
    language: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportHistory(Asked):
    """Tell what another system made of a case that it handled."""

    says: ClassVar[str] = "föra in historik"

    category: Code | None = None
    consequence: Score | None = None
    likelihood: Score | None = None
    outcome: Code | None = None
    ivo_notified: bool | None = None
    closed_at: AwareDatetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectReport(Asked):
    """Put right what the report said about place, time or harm."""

    says: ClassVar[str] = "rätta rapporten"

    unit: Code | None = None
    occurred_at: AwareDatetime | None = None
    harm: Harm | None = None
    reason: Words
    law: UnitLaw = None
    owner_type: UnitOwner = None
