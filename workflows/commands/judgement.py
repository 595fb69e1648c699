"""What kind of thing it was, how grave, and who must know."""

from dataclasses import dataclass
from typing import ClassVar

from events import (
    Alternative,
    Code,
    Evidence,
    PossibleDuplicate,
    Role,
    Route,
    Score,
    Track,
    Words,
)
from workflows.commands.base import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestClassification(Asked):
    """Put a model's reading of the report beside it."""

    says: ClassVar[str] = "föreslå kategori"

    model: Code
    category: Code | None = None
    subtype: Code | None = None
    suggested_route: Route | None = None
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    immediate_danger: bool = False
    possible_lex_sarah: bool = False
    kind: Code | None = None
    alternatives: tuple[Alternative, ...] = ()
    subtype_confidence: float = 0.0
    route_confidence: float = 0.0
    kind_confidence: float = 0.0
    lex_sarah_confidence: float = 0.0
    possible_duplicates: tuple[PossibleDuplicate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmClassification(Asked):
    """Say what kind of deviation it was."""

    says: ClassVar[str] = "ange kategori"

    category: Code
    subtype: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessSeverity(Asked):
    """Judge how grave it was or could have been, and how likely it is to happen again."""

    says: ClassVar[str] = "bedöma allvarlighetsgraden"

    consequence: Score
    likelihood: Score
    tracks: tuple[Track, ...] = (Track.SOL,)
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalate(Asked):
    """Tell the roles that a frozen outcome or an alarm names."""

    says: ClassVar[str] = "eskalera"

    rule: Code
    policy_version: int
    why: str
    to: tuple[Role, ...]
    at_once: bool = False
    on_call: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSasPosition(Asked):
    """Say, as SAS, whether it is to be handled as lex Sarah, and why."""

    says: ClassVar[str] = "ta ställning till lex Sarah"

    lex_sarah: bool
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseLexSarah(Asked):
    """Report misconduct, in one's own name, from a case one works with."""

    says: ClassVar[str] = "rapportera lex Sarah"

    reason: Words
