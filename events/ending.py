"""How a case ends, and how it begins again."""

from typing import ClassVar
from uuid import UUID

from events.base import Code, Event, Sentence, Words
from events.vocabulary import LinkKind, Phase, Role, Route


class CaseClosed(Event):
    """Every gate is met; the case rests until somebody reopens it."""

    type: ClassVar[str] = "case.closed"
    enters: ClassVar[Phase | None] = Phase.CLOSED


class CaseReopened(Event):
    """The case was not finished after all; whoever reported is owed a new answer."""

    type: ClassVar[str] = "case.reopened"
    enters: ClassVar[Phase | None] = Phase.INVESTIGATING

    reason: Words


class NotificationReopened(CaseReopened):
    """The notification to IVO was not over after all."""

    type: ClassVar[str] = "case.notification_reopened"
    enters: ClassVar[Phase | None] = Phase.SUPPLIED


class CaseRerouted(Event):
    """It is not a deviation of ours; it went to the one who shall have it, and ended here.

    `tell` is our own role that receives it, where there is one. `secrecy` is the ground on
    which it could be told outside the social services. `basis` is what the law says, in words.
    """

    type: ClassVar[str] = "case.rerouted"
    enters: ClassVar[Phase | None] = Phase.REROUTED

    route: Route
    route_id: UUID | None = None
    receiver: Words
    reason: Words
    tell: Role | None = None
    secrecy: Code | None = None
    at_once: bool = False
    awaits_receipt: bool = False
    basis: Sentence = ""


class CasePassedOn(Event):
    """Another one must know too; the case itself goes on here. Fields as in `CaseRerouted`."""

    type: ClassVar[str] = "case.passed_on"

    route: Route
    route_id: UUID
    receiver: Words
    reason: Words
    tell: Role | None = None
    secrecy: Code | None = None
    at_once: bool = False
    awaits_receipt: bool = False
    basis: Sentence = ""


class ReceiptConfirmed(Event):
    """The one it was passed on to has it: known, not hoped."""

    type: ClassVar[str] = "case.receipt_confirmed"

    route_id: UUID
    words: Words


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
