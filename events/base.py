"""What every event has in common: it is a fact, it is frozen, and it names nobody."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints

from events.vocabulary import Phase

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_.-]{1,60}$")]
"""A word from a closed list: a category, a unit, a rule. Too narrow to hold a story."""

Sentence = Annotated[str, StringConstraints(max_length=400)]
"""A Swedish sentence that the rules wrote. Never what a person typed."""


class VaultRef(UUID):
    """The key of words kept in the vault, where they are encrypted and can be erased."""


class Event(BaseModel):
    """A fact about one case. Past tense, immutable, free of personal data."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: ClassVar[str]
    version: ClassVar[int] = 1
    enters: ClassVar[Phase | None] = None


class Envelope(BaseModel):
    """An event with its address: which case, which place in its history, who, when, which trace.

    `by` is an account's id, or `system:<process>` where no person acted. `trace` is a W3C
    trace id (32 hex digits). `chain` is the hash that binds the event to all before it in the
    case; empty until the store has given it its place.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    event_id: UUID
    case_id: UUID
    case_type: Code
    sequence: int
    type: str
    version: int
    at: AwareDatetime
    by: str
    trace: str
    body: dict[str, object]
    chain: str = ""
