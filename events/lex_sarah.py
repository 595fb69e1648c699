"""Misconduct: received, judged, decided, followed up (SoL 27 kap., LSS 24 b-f §§)."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from events.base import Code, Event, RegistryNumber, Words
from events.vocabulary import BoardNews, IvoStep, LexSarahOutcome, Phase, Question


class LexSarahReceived(Event):
    """A receiver has the report and has seen to that the individual is safe now."""

    type: ClassVar[str] = "case.lex_sarah_received"
    enters: ClassVar[Phase | None] = Phase.RECEIVED

    protection: Words


class CaseRegistered(Event):
    """The case stands in the public registry (OSL 5:1-2, 5:5).

    `secrecy_mark` is the provision behind the mark, where there is one.
    """

    type: ClassVar[str] = "case.registered"

    registry_number: RegistryNumber
    registered_on: date
    secrecy_mark: Code | None = None


class PositionTaken(Event):
    """The investigation ends in a position: what it was, and why. It is the ninth point."""

    type: ClassVar[str] = "case.position_taken"
    enters: ClassVar[Phase | None] = Phase.POSITION_TAKEN

    author: UUID
    outcome: LexSarahOutcome
    reason: Words
    author_title: Words | None = None


class LexSarahDecided(Event):
    """The decision by delegation: a document of its own, by another than the investigator."""

    type: ClassVar[str] = "case.lex_sarah_decided"
    enters: ClassVar[Phase | None] = Phase.DECIDED

    outcome: LexSarahOutcome
    reason: Words
    delegation: Words
    author_title: Words | None = None


class QuestionAnswered(Event):
    """Yes or no, and why: was the individual told, is it in the personal file, and so on."""

    type: ClassVar[str] = "case.question_answered"

    question: Question
    yes: bool
    reason: Words


class MeasuresVerified(Event):
    """SAS has seen that every planned measure was done and what it led to."""

    type: ClassVar[str] = "case.measures_verified"
    enters: ClassVar[Phase | None] = Phase.FOLLOWED_UP

    words: Words


class BoardInformed(Event):
    """A private provider has told the board (SoL 27:4, 27:6; LSS 24 d, 24 f)."""

    type: ClassVar[str] = "case.board_informed"

    news: BoardNews
    informed_at: AwareDatetime
    words: Words


class IvoFoundNecessary(Event):
    """It is clear that it is serious: IVO must be notified, whatever the phase."""

    type: ClassVar[str] = "case.ivo_found_necessary"

    reason: Words


class IvoProgressed(Event):
    """How far the notification has come, told in the case it belongs to."""

    type: ClassVar[str] = "case.ivo_progressed"

    step: IvoStep
    happened_at: AwareDatetime
