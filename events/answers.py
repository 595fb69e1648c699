"""What those who told us were told back."""

from typing import ClassVar
from uuid import UUID

from events.base import Code, Event, Words
from events.vocabulary import AnswerWay, ComplaintKind, Phase


class ReporterAnswered(Event):
    """The reporter has got an answer, readable where the report was sent."""

    type: ClassVar[str] = "case.reporter_answered"

    words: Words


class ComplainantAnswered(Event):
    """The one who complained has got an answer.

    `secrecy` is the ground on which somebody else than the individual was told something.
    """

    type: ClassVar[str] = "case.complainant_answered"

    words: Words
    way: Code
    secrecy: Code | None = None


class AnswerWaived(Event):
    """No answer can or should be given, and why; `whose` is `reporter` or `complainant`."""

    type: ClassVar[str] = "case.answer_waived"

    whose: Code
    ground: Code
    reason: Words


class ComplaintAcknowledged(Event):
    """The sender knows that we have it, and what happens next."""

    type: ClassVar[str] = "case.complaint_acknowledged"
    enters: ClassVar[Phase | None] = Phase.ACKNOWLEDGED

    words: Words
    way: AnswerWay


class ComplaintKindSet(Event):
    """Staff said what it is: feedback, complaint or praise."""

    type: ClassVar[str] = "case.complaint_kind_set"

    kind: ComplaintKind


class ComplaintAnswered(Event):
    """The sender has an answer, or it is recorded why there is none; what remains is to end."""

    type: ClassVar[str] = "case.complaint_answered"
    enters: ClassVar[Phase | None] = Phase.ANSWERED


class MessageSent(Event):
    """We wrote to the one who complained, who reads it under the receipt code or got it."""

    type: ClassVar[str] = "case.message_sent"

    message_id: UUID
    words: Words
    way: AnswerWay


class MessageReceived(Event):
    """The one who complained wrote more."""

    type: ClassVar[str] = "case.message_received"

    message_id: UUID
    words: Words
    way: AnswerWay
