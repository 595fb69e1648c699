"""Divides a history into what each command made true, and the clocks that followed from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from events import CaseEscalated, DeadlinePaused, Envelope, Event


@dataclass(slots=True)
class Step:
    """What one command made true: the facts, and the clocks that followed."""

    key: tuple[datetime, str, str]
    facts: list[Event] = field(default_factory=list[Event])
    clocks: list[Event] = field(default_factory=list[Event])

    @property
    def at(self) -> datetime:
        """Return when it was done."""
        return self.key[0]


def steps(history: Sequence[Envelope], facts: Sequence[Event]) -> Iterator[Step]:
    """Divide a history into what each command made true.

    That somebody was told is left out: both plays say themselves whom they tell.
    """
    step: Step | None = None
    for envelope, fact in zip(history, facts, strict=True):
        if isinstance(fact, CaseEscalated):
            continue
        key = envelope.at, envelope.by, envelope.trace
        clock = of_a_clock(fact)
        if step is None or key != step.key or (step.clocks and not clock):
            if step:
                yield step
            step = Step(key)
        (step.clocks if clock else step.facts).append(fact)
    if step:
        yield step


def of_a_clock(fact: Event) -> bool:
    """Tell whether a fact is of a clock and follows from others; a pause is somebody's act."""
    if isinstance(fact, DeadlinePaused):
        return False
    return type(fact).model_fields.keys() >= {"code", "about"}
