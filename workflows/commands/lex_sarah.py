"""Receiving, judging, deciding and following up misconduct."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pydantic import AwareDatetime

from events import (
    BoardNews,
    Code,
    IvoStep,
    LexSarahOutcome,
    Question,
    RegistryNumber,
    Words,
)
from workflows.commands.base import ActorTitle, Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveLexSarah(Asked):
    """Receive the report, and say how the individual is protected now."""

    says: ClassVar[str] = "ta emot lex Sarah-rapporten"

    protection: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Register(Asked):
    """Enter the case in the public registry; with a secrecy mark name its provision."""

    says: ClassVar[str] = "diarieföra ärendet"

    registry_number: RegistryNumber
    registered_on: date
    secrecy_mark: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePosition(Asked):
    """End the investigation by saying what it was, and why."""

    says: ClassVar[str] = "ta ställning"

    outcome: LexSarahOutcome
    reason: Words
    author_title: ActorTitle = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideLexSarah(Asked):
    """Decide by delegation; `delegation` says by which."""

    says: ClassVar[str] = "besluta"

    outcome: LexSarahOutcome
    reason: Words
    delegation: Words
    author_title: ActorTitle = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerQuestion(Asked):
    """Answer yes or no to what the case must answer, and say why."""

    says: ClassVar[str] = "besvara frågan"

    question: Question
    yes: bool
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyMeasures(Asked):
    """Say, as SAS, that every planned measure was done, and what they led to."""

    says: ClassVar[str] = "intyga att åtgärderna är uppföljda"

    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class InformBoard(Asked):
    """Record that a private provider has told the board of the report or notification."""

    says: ClassVar[str] = "anteckna att nämnden är informerad"

    news: BoardNews
    informed_at: AwareDatetime
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RequireIvoNotification(Asked):
    """Say that it is clear that it is serious: IVO must be notified now."""

    says: ClassVar[str] = "begära anmälan till IVO"

    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordIvoProgress(Asked):
    """Tell the lex Sarah case how far its notification has come; asked by that case."""

    says: ClassVar[str] = "notera hur långt anmälan har kommit"

    step: IvoStep
    happened_at: AwareDatetime
