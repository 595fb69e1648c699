"""How grave it was, what the policy made of it, and who was therefore told."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from events.base import Code, Event, Score, Sentence, Words
from events.vocabulary import Phase, Role, Track


class Outcome(BaseModel):
    """What one rule of the policy said, frozen: what follows, why, which rule and version."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: Code
    policy_version: int
    why: Sentence
    tell: tuple[Role, ...] = ()
    at_once: bool = False
    on_call: bool = False
    sas_position: bool = False
    measures: int = 0
    joint_follow_up: bool = False
    investigation: bool = False


class SeverityAssessed(Event):
    """A person judged consequence and likelihood (1–4 each); the policy's answer lies beside.

    `consequence` is the worse of what happened and what could have happened. `value` is the
    product, 1–16. A later assessment replaces an earlier one; both stay in the log.
    """

    type: ClassVar[str] = "case.severity_assessed"

    consequence: Score
    likelihood: Score
    value: int
    tracks: tuple[Track, ...] = (Track.SOL,)
    label: Sentence
    reason: Words
    outcomes: tuple[Outcome, ...] = ()


class CaseEscalated(Event):
    """These roles are to know, some of them at once; `on_call` asks that the jour is rung."""

    type: ClassVar[str] = "case.escalated"

    rule: Code
    policy_version: int
    why: Sentence
    to: tuple[Role, ...]
    at_once: bool = False
    on_call: bool = False


class CaseTriaged(Event):
    """The report has both a confirmed category and a severity."""

    type: ClassVar[str] = "case.triaged"
    enters: ClassVar[Phase | None] = Phase.TRIAGED


class SasPositionTaken(Event):
    """SAS has said whether this is to be handled as lex Sarah, and why."""

    type: ClassVar[str] = "case.sas_position_taken"

    lex_sarah: bool
    reason: Words


class LexSarahRaised(Event):
    """Somebody who works with the case reports misconduct from it; a case of its own opens."""

    type: ClassVar[str] = "case.lex_sarah_raised"

    reporter: UUID
    reason: Words
