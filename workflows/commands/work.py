"""Owning, noting, finding causes, promising measures, and looking whether they helped."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from events import Code, Nature, Role, Words
from workflows.commands.base import ActorTitle, Asked, NewId, OfUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign(Asked):
    """Give the case to somebody who answers for it."""

    says: ClassVar[str] = "tilldela ärendet"

    owner: UUID
    of_unit: OfUnit = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Asked):
    """Step aside because of jäv, and name who goes on."""

    says: ClassVar[str] = "lämna över ärendet"

    owner: UUID
    reason: Words
    of_unit: OfUnit = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recuse(Asked):
    """Shut somebody out of the case who is in it (jäv) and did not step aside."""

    says: ClassVar[str] = "anteckna jäv"

    person: UUID
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class StartInvestigation(Asked):
    """Begin to find out what happened."""

    says: ClassVar[str] = "börja utreda"

    of_unit: OfUnit = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeInvestigation(Asked):
    """Write down what happened and why."""

    says: ClassVar[str] = "slutföra utredningen"

    summary: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote(Asked):
    """Write a note that will not change; `corrects` names an earlier one it replaces.

    `point` is which of the nine points of a lex Sarah investigation it speaks to.
    """

    says: ClassVar[str] = "skriva en anteckning"

    note_id: NewId
    nature: Nature
    words: Words
    source: Words
    point: Code | None = None
    corrects: UUID | None = None
    author_title: ActorTitle = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAttachment(Asked):
    """Tell that a file was put to the case; asked by the upload, never on its own."""

    says: ClassVar[str] = "lägga till en fil"

    attachment_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCause(Asked):
    """Name a reason why it could happen."""

    says: ClassVar[str] = "lägga till en orsak"

    cause_id: NewId
    area: Code
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCause(Asked):
    """Take a cause back, and say why."""

    says: ClassVar[str] = "ta tillbaka en orsak"

    cause_id: UUID
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMeasure(Asked):
    """Promise that somebody does something by a day, and when its effect is judged."""

    says: ClassVar[str] = "lägga till en åtgärd"

    measure_id: NewId
    causes: tuple[UUID, ...]
    kind: Code
    words: Words
    expected_effect: Words
    owner: UUID
    due_on: date
    follow_up_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteMeasure(Asked):
    """Report a promise kept."""

    says: ClassVar[str] = "klarmarkera en åtgärd"

    measure_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawMeasure(Asked):
    """Take a promise back, and say why."""

    says: ClassVar[str] = "ta tillbaka en åtgärd"

    measure_id: UUID
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpMeasure(Asked):
    """Say whether a kept promise had its effect, and what happened."""

    says: ClassVar[str] = "följa upp en åtgärd"

    measure_id: UUID
    effect: bool
    words: Words
    together_with: Role | None = None
