"""Finding out what happened, and doing something about it."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from events.base import Code, Event, Words
from events.vocabulary import Nature, Phase, Role


class CaseAssigned(Event):
    """Somebody now answers for the case."""

    type: ClassVar[str] = "case.assigned"

    owner: UUID


class CaseHandedOver(Event):
    """Its owner stepped aside because of jäv; that person may do nothing more in the case."""

    type: ClassVar[str] = "case.handed_over"

    recused: UUID
    owner: UUID
    reason: Words


class PersonRecused(Event):
    """Somebody was shut out of the case because of jäv, without having stepped aside."""

    type: ClassVar[str] = "case.person_recused"

    recused: UUID
    reason: Words


class InvestigationStarted(Event):
    """The owner has begun to find out what happened and why."""

    type: ClassVar[str] = "case.investigation_started"
    enters: ClassVar[Phase | None] = Phase.INVESTIGATING


class InvestigationConcluded(Event):
    """What happened and why is written down; what remains is to do something about it."""

    type: ClassVar[str] = "case.investigation_concluded"
    enters: ClassVar[Phase | None] = Phase.ACTING

    summary: Words


class NoteAdded(Event):
    """A note that can not be changed; `corrects` names an earlier one that it replaces.

    `point` is the one of the nine points of a lex Sarah investigation that it speaks to;
    `author_title` is the author's title when it was written.
    """

    type: ClassVar[str] = "case.note_added"

    note_id: UUID
    nature: Nature
    words: Words
    source: Words
    author_role: Role
    author_title: Words | None = None
    point: Code | None = None
    corrects: UUID | None = None


class AttachmentAdded(Event):
    """A file was put to the case; its content lies in the vault and can be erased."""

    type: ClassVar[str] = "case.attachment_added"

    attachment_id: UUID


class CauseAdded(Event):
    """A reason why it could happen."""

    type: ClassVar[str] = "case.cause_added"

    cause_id: UUID
    area: Code
    words: Words


class CauseWithdrawn(Event):
    """The cause turned out not to be one."""

    type: ClassVar[str] = "case.cause_withdrawn"

    cause_id: UUID
    reason: Words


class MeasureAdded(Event):
    """A promise: who does what by when against which causes, and when its effect is judged."""

    type: ClassVar[str] = "case.measure_added"

    measure_id: UUID
    causes: tuple[UUID, ...]
    kind: Code
    words: Words
    expected_effect: Words
    owner: UUID
    due_on: date
    follow_up_on: date


class ActingResumed(Event):
    """A new promise was made after the earlier ones were kept."""

    type: ClassVar[str] = "case.acting_resumed"
    enters: ClassVar[Phase | None] = Phase.ACTING


class MeasureCompleted(Event):
    """The promise is kept."""

    type: ClassVar[str] = "case.measure_completed"

    measure_id: UUID


class MeasureWithdrawn(Event):
    """The promise will not be kept, and why."""

    type: ClassVar[str] = "case.measure_withdrawn"

    measure_id: UUID
    reason: Words


class AllMeasuresCompleted(Event):
    """Every promise is kept; now it shall show whether they helped."""

    type: ClassVar[str] = "case.all_measures_completed"
    enters: ClassVar[Phase | None] = Phase.FOLLOWING_UP


class MeasureFollowedUp(Event):
    """Somebody looked whether it had the effect, and wrote what happened."""

    type: ClassVar[str] = "case.measure_followed_up"

    measure_id: UUID
    effect: bool
    words: Words
    together_with: Role | None = None
