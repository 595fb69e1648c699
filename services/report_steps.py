"""The steps that whoever reported sees: those a case has taken, and those it has left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from events import Phase

Track = tuple[tuple[Phase, ...], ...]

TRACKS: Final[Mapping[str, Track]] = {
    "deviation": (
        (Phase.RECEIVED,),
        (Phase.TRIAGED,),
        (Phase.INVESTIGATING,),
        (Phase.ACTING, Phase.FOLLOWING_UP),
        (Phase.CLOSED,),
    ),
    "complaint": (
        (Phase.RECEIVED,),
        (Phase.ACKNOWLEDGED,),
        (Phase.INVESTIGATING,),
        (Phase.ANSWERED,),
        (Phase.CLOSED,),
    ),
    "lex_sarah": (
        (Phase.REPORTED,),
        (Phase.RECEIVED,),
        (Phase.INVESTIGATING, Phase.POSITION_TAKEN),
        (Phase.DECIDED, Phase.FOLLOWED_UP),
        (Phase.CLOSED,),
    ),
}
"""By the name of the case type: phases that are one step to whoever waits for an answer."""

STEP_KEYS: Final[Mapping[Phase, str]] = {
    Phase.REPORTED: "status.mottagen",
    Phase.RECEIVED: "status.mottagen",
    Phase.ACKNOWLEDGED: "status.bekraftad",
    Phase.TRIAGED: "status.last",
    Phase.INVESTIGATING: "status.utreds",
    Phase.ACTING: "status.atgard",
    Phase.FOLLOWING_UP: "status.atgard",
    Phase.POSITION_TAKEN: "status.utreds",
    Phase.DECIDED: "status.atgard",
    Phase.FOLLOWED_UP: "status.atgard",
    Phase.ANSWERED: "status.svarad",
    Phase.CLOSED: "status.klar",
    Phase.REROUTED: "status.lamnad",
    Phase.MERGED: "status.samman",
}
"""What the texts call each phase, to those outside the case."""
_TAKEN_IN: Final = "status.last.sas"


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken: the phase it began with, and when."""

    phase: Phase
    at: datetime


def step_key(kind: str, phase: Phase) -> str:
    """Name the text of a step. What SAS takes in is read by SAS, not by the manager."""
    return _TAKEN_IN if (kind, phase) == ("lex_sarah", Phase.RECEIVED) else STEP_KEYS[phase]


def taken(kind: str, entered: Iterable[tuple[Phase, datetime]]) -> list[Taken]:
    """List the steps behind a case, the latest last; one that goes back has them before it."""
    steps: list[Taken] = []
    for phase, at in entered:
        place = place_of(kind, phase)
        while steps and place_of(kind, steps[-1].phase) > place:
            steps.pop()
        if not steps or place_of(kind, steps[-1].phase) < place:
            steps.append(Taken(phase, at))
    return steps


def ahead(kind: str, phase: Phase) -> list[Phase]:
    """List the steps that come after a phase, each by its first phase; none after an end."""
    return [group[0] for group in TRACKS[kind][place_of(kind, phase) + 1 :]]


def place_of(kind: str, phase: Phase) -> int:
    """Return which step a phase belongs to, from 0; what ends a case elsewhere is past all."""
    track = TRACKS[kind]
    return next((n for n, group in enumerate(track) if phase in group), len(track))
