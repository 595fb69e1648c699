"""What every command has in common."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from events import Role


@dataclass(frozen=True, slots=True)
class Fresh:
    """Marks an id that is new with the command."""


NewId = Annotated[UUID, Fresh()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Every command knows when it was given, by whom, and in which role."""

    says: ClassVar[str]

    at: datetime
    by: str
    role: Role | None = None
