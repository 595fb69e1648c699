"""What kind of thing it was: suggested by a machine, confirmed by a person."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from events.base import Code, Event
from events.vocabulary import Route


class Evidence(BaseModel):
    """A stretch of the story that spoke for a label, as character offsets: never the words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: int
    end: int
    label: Code


class ClassificationSuggested(Event):
    """A model read the report. Without a category it found none worth suggesting."""

    type: ClassVar[str] = "case.classification_suggested"

    model: Code
    category: Code | None = None
    subtype: Code | None = None
    route: Route | None = None
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    immediate_danger: bool = False
    possible_lex_sarah: bool = False


class ClassificationConfirmed(Event):
    """A person said what kind of thing it was; `agreed` tells whether the model had said so."""

    type: ClassVar[str] = "case.classification_confirmed"

    category: Code
    subtype: Code | None = None
    agreed: bool | None = None
