"""What every command has in common."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from events import OwnerType, Role, Track


@dataclass(frozen=True, slots=True)
class Fresh:
    """Marks an id that is new with the command."""


NewId = Annotated[UUID, Fresh()]


@dataclass(frozen=True, slots=True)
class FromShell:
    """Marks what the shell knows and no client may say.

    `what` is `of_unit`, `title`, or of the unit that the command names `law` or `owner_type`.
    """

    what: str


OfUnit = Annotated[bool, FromShell("of_unit")]
"""Whether the one who is to own the case works in the unit it is about."""
UnitLaw = Annotated[Track | None, FromShell("law")]
UnitOwner = Annotated[OwnerType | None, FromShell("owner_type")]
ActorTitle = Annotated[UUID | None, FromShell("title")]
"""The key of the title that the one who asks has today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Every command knows when it was given, by whom, and in which role."""

    says: ClassVar[str]

    at: datetime
    by: str
    role: Role | None = None
