"""Clocks: set, met, missed, reminded of, climbed."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from events.base import Code, Event, Sentence, Words
from events.vocabulary import Role


class DeadlineSet(Event):
    """Something is expected by `due_at`; it moves by no rule, only by a recorded decision.

    `legal_word` is the statute's own word, where there is one ("genast"); `due_at` is then our
    target for it and not the law's. `statutory` says that the time itself is the law's.
    `rule` is the row of the law it came from. `explains` says in one sentence how the time
    came about.
    """

    type: ClassVar[str] = "case.deadline_set"

    code: Code
    about: UUID | None = None
    due_at: AwareDatetime
    remind_at: AwareDatetime | None = None
    rule: Code | None = None
    legal_word: Sentence | None = None
    statutory: bool = False
    responsible: Role | None = None
    basis: Sentence
    source: Sentence
    confidence: Code
    policy_version: int
    explains: Sentence


class DeadlineMet(Event):
    """What a clock asked for was done; `late` when after its time."""

    type: ClassVar[str] = "case.deadline_met"

    code: Code
    about: UUID | None = None
    late: bool


class DeadlineLapsed(Event):
    """The clock no longer asks for anything: the case ended in another way."""

    type: ClassVar[str] = "case.deadline_lapsed"

    code: Code
    about: UUID | None = None


class DeadlinePaused(Event):
    """Somebody decided that a target waits until a day; `due_at` is its new time.

    Only a recorded decision moves a time, and never one that a statute sets.
    """

    type: ClassVar[str] = "case.deadline_paused"

    code: Code
    about: UUID | None = None
    until: date
    due_at: AwareDatetime
    remind_at: AwareDatetime | None = None
    reason: Words
    explains: Sentence


class DeadlineReminded(Event):
    """The time is near, and the one who answers for the case is told."""

    type: ClassVar[str] = "case.deadline_reminded"

    code: Code
    about: UUID | None = None


class DeadlineMissed(Event):
    """The time passed with the duty undone. It is shown and escalated; nothing is hidden."""

    type: ClassVar[str] = "case.deadline_missed"

    code: Code
    about: UUID | None = None


class Rung(StrEnum):
    """The steps that a ladder may have: who is told of what nobody did."""

    OWNER = "owner"
    SUBSTITUTE = "substitute"
    OPERATIONS_MANAGER = "operations_manager"
    SAS = "sas"
    DIRECTOR = "director"


class LadderClimbed(Event):
    """An overdue duty was told one rung up; `next_at` is when the next rung is told.

    `step` names the rung and `to` the role it speaks to; `rung` counts the steps from 0. Facts
    from before the steps had names lack it.
    """

    type: ClassVar[str] = "case.ladder_climbed"

    code: Code
    about: UUID | None = None
    rung: int
    step: Rung | None = None
    to: Role
    policy_version: int
    next_at: AwareDatetime | None = None


class NoticeUndeliverable(Event):
    """Somebody who was to know could not be reached; a person must see to it."""

    type: ClassVar[str] = "case.notice_undeliverable"

    notice: Code
    to: Role
