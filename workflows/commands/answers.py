"""Telling back those who told us."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from events import AnswerWay, Code, ComplaintKind, Words
from workflows.commands.base import Asked, NewId


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReporter(Asked):
    """Tell the reporter what came of it."""

    says: ClassVar[str] = "svara rapportören"

    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerComplainant(Asked):
    """Record what the one who complained was told, and how.

    To anybody but the individual, `secrecy` says on which ground (OSL 26:1).
    """

    says: ClassVar[str] = "svara den som hört av sig"

    words: Words
    way: Code
    secrecy: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge(Asked):
    """Tell the sender that we have it, and what happens next."""

    says: ClassVar[str] = "bekräfta"

    words: Words
    way: AnswerWay


@dataclass(frozen=True, slots=True, kw_only=True)
class SetComplaintKind(Asked):
    """Say whether it is feedback, a complaint or praise."""

    says: ClassVar[str] = "ange vad det är"

    kind: ComplaintKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SendMessage(Asked):
    """Write to the one who complained: a question, or how it goes."""

    says: ClassVar[str] = "skriva till den som hört av sig"

    message_id: NewId
    words: Words
    way: AnswerWay


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMessage(Asked):
    """Write down what the one who complained said by phone, letter or e-mail."""

    says: ClassVar[str] = "skriva in ett meddelande"

    message_id: NewId
    words: Words
    way: AnswerWay


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveMessage(Asked):
    """Take in what was written under the receipt code; asked by that door only."""

    says: ClassVar[str] = "ta emot ett meddelande"

    message_id: UUID
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiveAnswer(Asked):
    """Record why somebody gets no answer; `whose` is `reporter` or `complainant`."""

    says: ClassVar[str] = "avstå från att svara"

    whose: Code
    ground: Code
    reason: Words
