"""How a case ends, and how it begins again."""

from typing import ClassVar
from uuid import UUID

from events.base import Code, Event, Words
from events.vocabulary import LinkKind, Phase, Route


class CaseClosed(Event):
    """Every gate is met; the case rests until somebody reopens it."""

    type: ClassVar[str] = "case.closed"
    enters: ClassVar[Phase | None] = Phase.CLOSED


class CaseReopened(Event):
    """The case was not finished after all; whoever reported is owed a new answer."""

    type: ClassVar[str] = "case.reopened"
    enters: ClassVar[Phase | None] = Phase.INVESTIGATING

    reason: Words


class CaseRerouted(Event):
    """It is not a deviation of ours; it went to the one who shall have it."""

    type: ClassVar[str] = "case.rerouted"
    enters: ClassVar[Phase | None] = Phase.REROUTED

    route: Route
    receiver: Words
    reason: Words


class CaseMerged(Event):
    """The same event was reported before; this report goes on in that case."""

    type: ClassVar[str] = "case.merged"
    enters: ClassVar[Phase | None] = Phase.MERGED

    into: UUID
    reason: Words


class WordsErased(Event):
    """What people wrote in the case is gone for good; that it happened, and when, remains."""

    type: ClassVar[str] = "case.words_erased"

    ground: Code


class CaseLinked(Event):
    """Two cases belong together, and both go on."""

    type: ClassVar[str] = "case.linked"

    other: UUID
    kind: LinkKind
