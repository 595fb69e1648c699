"""What a municipality may choose: one document, versioned, valid from a date.

Law is not here: a policy can tell more people sooner, and ask for more; it can not take a duty
away (`workflows.rules.policy_check`). The shipped default is `infra/policies/default.toml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from events import Code, Role, Route, Rung, Score, Sentence, Track


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


Labels = Annotated[tuple[Sentence, ...], Field(min_length=4, max_length=4)]


class Band(_Part):
    """A label for all values from `from_value` and upward, until the next band."""

    from_value: Annotated[int, Field(ge=1, le=16)]
    label: Sentence


class Matrix(_Part):
    """Words for the four consequences, the four likelihoods, and the bands of their product."""

    consequence: Labels
    likelihood: Labels
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]

    def label(self, value: int) -> str:
        """Name the band that a value (1–16) falls in."""
        return max(
            (band for band in self.bands if band.from_value <= value),
            key=lambda band: band.from_value,
        ).label

    @model_validator(mode="after")
    def _starts_at_one(self) -> Self:
        if min(band.from_value for band in self.bands) != 1:
            raise ValueError("Matrisens lägsta band måste börja på 1.")
        return self


class Floor(_Part):
    """Smallest numbers that must all be reached."""

    value: Annotated[int, Field(ge=1, le=16)] = 1
    consequence: Score = 1
    likelihood: Score = 1

    def reached(self, consequence: int, likelihood: int) -> bool:
        """Tell whether an assessment reaches every floor."""
        return (
            consequence * likelihood >= self.value
            and consequence >= self.consequence
            and likelihood >= self.likelihood
        )


class EscalationRule(_Part):
    """When any of `when` is reached on any of `tracks`: who is told and what is asked for."""

    rule: Code
    when: Annotated[tuple[Floor, ...], Field(min_length=1)]
    tracks: tuple[Track, ...] = tuple(Track)
    why: Sentence
    tell: tuple[Role, ...] = ()
    at_once: bool = False
    on_call: bool = False
    sas_position: bool = False
    measures: Annotated[int, Field(ge=0, le=9)] = 0
    joint_follow_up: bool = False


class AlarmRule(_Part):
    """Who is told at once, whatever the score."""

    why: Sentence
    tell: Annotated[tuple[Role, ...], Field(min_length=1)]
    on_call: bool = False


class Receiver(_Part):
    """Who gets what belongs elsewhere: a name to read, and our own role where it is ours."""

    name: Sentence
    role: Role | None = None


class Decides(_Part):
    """Which roles decide by delegation; the law only says that the board does."""

    lex_sarah: Annotated[tuple[Role, ...], Field(min_length=1)]
    ivo: Annotated[tuple[Role, ...], Field(min_length=1)]


What = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""Ends "Senast … ska du …", and leaves room in that sentence for the rest."""


class Target(_Part):
    """How soon we want something done: in working days, days, or hours on the wall."""

    working_days: Annotated[int, Field(ge=1, le=260)] | None = None
    days: Annotated[int, Field(ge=1, le=365)] | None = None
    hours: Annotated[float, Field(gt=0, le=24 * 365)] | None = None
    remind_working_days_before: Annotated[int, Field(ge=0, le=60)] | None = None
    remind_hours_before: Annotated[float, Field(gt=0)] | None = None
    what: What
    source: Sentence

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        given = [it for it in (self.working_days, self.days, self.hours) if it is not None]
        if len(given) != 1:
            raise ValueError("Ange ett av working_days, days och hours.")
        return self


_FORMERLY: Final[dict[str, Rung]] = {
    Role.UNIT_MANAGER: Rung.OWNER,
    Role.OPERATIONS_MANAGER: Rung.OPERATIONS_MANAGER,
    Role.SAS: Rung.SAS,
    Role.DECISION_MAKER: Rung.DIRECTOR,
}
"""What the roles of a policy from before the rungs had names are called now."""


class Ladder(_Part):
    """Whom an overdue duty is told, rung by rung, and how long each rung is given.

    `hours_between` are hours of working days, nights counted; `grave_hours_between` are hours
    on the wall, for what can't wait until Monday.
    """

    rungs: Annotated[tuple[Rung, ...], Field(min_length=1)] = tuple(Rung)
    hours_between: Annotated[float, Field(gt=0, le=24 * 60)]
    grave_hours_between: Annotated[float, Field(gt=0, le=24 * 60)] = 4

    @model_validator(mode="before")
    @classmethod
    def _of_roles(cls, given: Any) -> Any:
        """Read the `roles` of older documents: those that became rungs, in their order."""
        if not isinstance(given, Mapping) or "rungs" in given:
            return given
        if not isinstance(roles := given.get("roles"), list | tuple):
            return given
        known = {name: it for name, it in given.items() if name != "roles"}
        found = [_FORMERLY.get(it, it) for it in map(str, roles)]
        rungs = [it for it in dict.fromkeys(found) if it not in set(Role) - set(Rung)]
        # A ladder of roles that became no rung would tell nobody: better everybody.
        return known | ({"rungs": rungs} if rungs or not found else {})

    @model_validator(mode="after")
    def _told_once(self) -> Self:
        if len(self.rungs) != len(set(self.rungs)):
            raise ValueError("Samma steg står två gånger.")
        return self


class QuietHours(_Part):
    """When ordinary mail waits: from one time of day to another, and perhaps on days off."""

    begins: time
    ends: time
    working_days_only: bool = True

    @model_validator(mode="after")
    def _times_of_day(self) -> Self:
        if self.begins.tzinfo or self.ends.tzinfo or self.begins == self.ends:
            raise ValueError("Ange två olika klockslag, till exempel 18:00 och 07:00.")
        return self


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Which days are worked beside what the law says: eves and squeeze days, by choice."""

    eves: bool = False
    squeeze: bool = True


class Policy(_Part):
    """One municipality's choices, from one day."""

    version: Annotated[int, Field(ge=1)]
    municipality: Sentence
    valid_from: date
    matrix: Matrix
    escalation: tuple[EscalationRule, ...]
    ticked_serious: AlarmRule
    danger_words: AlarmRule
    lex_sarah_reported: AlarmRule
    position_taken: AlarmRule
    ivo_required: AlarmRule
    decides: Decides
    receivers: dict[Route, Receiver]
    targets: dict[Code, Target]
    ladder: Ladder
    categories_off: frozenset[Code] = frozenset()
    quiet_hours: QuietHours | None = None
    eves_are_working_days: bool = False
    squeeze_days_are_working_days: bool = True
    investigate_from_value: Annotated[int, Field(ge=1, le=16)] = 4
    silent_unit_days: Annotated[int, Field(ge=1)] = 90
    notices: dict[Code, Sentence]

    def working_days(self) -> WorkingDays:
        """Return which days this municipality works."""
        return WorkingDays(self.eves_are_working_days, self.squeeze_days_are_working_days)
