"""What the timer and the ladder ask."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from events import Code, Role, Words
from workflows.commands.base import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindDeadline(Asked):
    """Say that a time is near; asked by the timer, never by a person."""

    says: ClassVar[str] = "påminna om en tid"

    code: Code
    about: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseDeadline(Asked):
    """Decide that a target waits until a day, and say why; never what a statute sets."""

    says: ClassVar[str] = "pausa en tid"

    code: Code
    about: UUID | None = None
    until: date
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class MissDeadline(Asked):
    """Record that time ran out; asked by the timer, never by a person."""

    says: ClassVar[str] = "notera en missad tid"

    code: Code
    about: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClimbLadder(Asked):
    """Tell an overdue duty one rung up; `rung` counts from 0 and is told once."""

    says: ClassVar[str] = "eskalera en missad tid"

    code: Code
    about: UUID | None = None
    rung: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportUndeliverable(Asked):
    """Record that nobody in a role could be reached."""

    says: ClassVar[str] = "notera ett meddelande som inte kom fram"

    notice: Code
    to: Role
