"""What kind of thing it was: suggested by a machine, confirmed by a person."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from events.base import Code, Event
from events.vocabulary import Route


class Evidence(BaseModel):
    """A stretch of the story that spoke for a label, as character offsets: never the words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: int
    end: int
    label: Code


class Alternative(BaseModel):
    """What else it could be, and how sure that is (0-1)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: Code
    confidence: float


class PossibleDuplicate(BaseModel):
    """Another case that may tell of the same event; `because` names the signs, as codes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    case_id: UUID
    confidence: float
    because: tuple[Code, ...]


class ClassificationSuggested(Event):
    """A model read the report. Without a category and a route it found none worth suggesting.

    Each confidence is the share of times that such an answer was right about texts the model
    had not learned from (0-1). `route` without a category says that it seems to be no deviation
    and where it belongs. `kind` is told of what somebody outside said: feedback, complaint,
    praise, or misconduct.
    """

    type: ClassVar[str] = "case.classification_suggested"

    model: Code
    category: Code | None = None
    subtype: Code | None = None
    route: Route | None = None
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

    @property
    def label(self) -> str | None:
        """What it suggests: a category, `not_a_deviation`, or nothing.

        A route without a confidence is of an older model, which named one beside anything.
        """
        away = self.route is not None and self.route_confidence > 0
        return self.category or (Route.NOT_A_DEVIATION.value if away else None)


class ClassificationConfirmed(Event):
    """A person said what kind of thing it was; `agreed` tells whether the model had said so."""

    type: ClassVar[str] = "case.classification_confirmed"

    category: Code
    subtype: Code | None = None
    agreed: bool | None = None
