"""What every event has in common: it is a fact, it is frozen, and it names nobody."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import (
    Annotated,
    ClassVar,
    Self,
    TypedDict,
    Unpack,
    get_args,
    get_type_hints,
)
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from events.vocabulary import Phase

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_.-]{1,60}$")]
"""A word from a closed list: a category, a unit, a rule. Too narrow to hold a story."""

Number = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}-[0-9]{4}-[0-9]{5,}$")]
"""A case's number as people say it: letters of its kind, year, running number."""

_PART = "[0-9]{1,5}"
_YEAR = "(?:19|20)[0-9]{2}"
RegistryNumber = Annotated[
    str,
    StringConstraints(
        pattern=rf"^(?:[A-ZÅÄÖ]{{1,6}}[ -]?{_PART}(?:[./:-]{_PART}){{1,5}}"
        rf"|(?:{_PART}[./:-]){{1,5}}{_YEAR}(?:[./:-]{_PART}){{0,5}}"
        rf"|{_YEAR}(?:[./:-]{_PART}){{1,5}})$"
    ),
]
"""A number in a registry (diarienummer): ours, or IVO's; with letters first, or a year in it.

Too narrow to hold a name, a personal number or a telephone number.
"""

Checksum = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in hex."""

Score = Annotated[int, Field(ge=1, le=4)]
"""A step on the scales of consequence and likelihood."""

Sentence = Annotated[str, StringConstraints(max_length=400)]
"""A Swedish sentence that the rules wrote. Never what a person typed."""


@dataclass(frozen=True, slots=True)
class InVault:
    """Marks a field whose value is a key to words kept encrypted and erasable in the vault."""


Words = Annotated[UUID, InVault()]
"""What a person wrote, told by its key in the vault. The words themselves are never here."""


class Event(BaseModel):
    """A fact about one case. Past tense, immutable, free of personal data."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: ClassVar[str]
    version: ClassVar[int] = 1
    enters: ClassVar[Phase | None] = None

    @classmethod
    def vault_fields(cls) -> tuple[str, ...]:
        """Name the fields that point into the vault."""
        return _words(cls)


@cache
def _words(cls: type[Event]) -> tuple[str, ...]:
    hints = get_type_hints(cls, include_extras=True)
    return tuple(name for name in cls.model_fields if holds_words(hints[name]))


def holds_words(hint: object) -> bool:
    """Tell whether a type hint is `Words`, alone or as one of a union."""
    if any(isinstance(part, InVault) for part in getattr(hint, "__metadata__", ())):
        return True
    return any(holds_words(part) for part in get_args(hint))


_set = object.__setattr__


class _Fields(TypedDict):
    event_id: UUID
    case_id: UUID
    case_type: str
    sequence: int
    type: str
    version: int
    at: datetime
    by: str
    trace: str
    body: dict[str, object]
    chain: str


class Envelope(BaseModel):
    """An event with its address: which case, which place in it, who, when, which trace.

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

    @classmethod
    def trusted(cls, **fields: Unpack[_Fields]) -> Self:
        """Make one of values that were checked when they were written. Give all of them.

        As `model_construct` does, at a sixth of its price: every case is read several times.
        """
        made = cls.__new__(cls)
        _set(made, "__dict__", fields)
        _set(made, "__pydantic_fields_set__", set(fields))
        _set(made, "__pydantic_extra__", None)
        _set(made, "__pydantic_private__", None)
        return made
