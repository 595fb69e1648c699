"""What comes first in a case, what else may be done, and what remains before it may close."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from services.case_view import CaseView
from services.case_view.parts import RunningClock
from services.web.pages.desk.possible import Group, groups
from services.web.pages.desk.ways import CLOCKS, GATES, Way, way_of, way_to
from workflows.state import ENDED

_ON_THE_PAGE: Final[Mapping[str, str]] = {
    "confirm-classification": "#suggestion",
    "assess-severity": "#severity",
    "take-sas-position": "#sas",
    "answer-reporter": "#answer",
    "answer-complainant": "#answer",
}
"""Steps whose form stands on the case page itself."""


@dataclass(frozen=True, slots=True)
class Remaining:
    """A gate not yet met, and the way to meet it where it is the reader's."""

    code: str
    says: str
    way: Way | None


@dataclass(frozen=True, slots=True)
class Next:
    """The one next step with the clock that runs on it; `others` are everything else."""

    first: Way | None
    clock: RunningClock | None
    others: list[Group]
    remaining: list[Remaining]
    ended: bool

    def is_next(self, step: str) -> bool:
        """Tell whether a step is the one that comes first."""
        return self.first is not None and self.first.step == step

    @property
    def address(self) -> str:
        """Where the next step is taken: on the page where its form stands there."""
        if self.first is None:
            return ""
        return _ON_THE_PAGE.get(self.first.step, self.first.href)


def next_of(case: CaseView) -> Next:
    """Say what comes next for the one who reads."""
    first = next(_in_order(case), None)
    clock = next((it for it in case.deadlines if first and _is_for(case, it, first)), None)
    return Next(
        first=first,
        clock=clock,
        others=groups(case, but=first.step if first else None),
        remaining=[
            Remaining(it.code, it.says, way_of(case, GATES.get(it.code))) for it in case.gates
        ],
        ended=case.phase in ENDED,
    )


def _in_order(case: CaseView) -> Iterator[Way]:
    """Go through what may come first: what others wait for, what is late, gates, the end."""
    missing = [it.code for it in case.gates]
    if "sas_position" in missing and (way := way_of(case, GATES["sas_position"])):
        yield way
    running = {it.code for it in case.deadlines}
    urgent = [it.code for it in case.deadlines if it.overdue]
    waiting = [it for it in ("read_message", "acknowledge", "protect") if it in running]
    for code in (*urgent, *waiting):
        if way := way_of(case, CLOCKS.get(code)):
            yield way
    for code in missing:
        if way := way_of(case, GATES.get(code)):
            yield way
    if not missing and "close" in case.commands:
        yield way_to(case, "close")
    for code in running:
        if way := way_of(case, CLOCKS.get(code)):
            yield way


def _is_for(case: CaseView, clock: RunningClock, way: Way) -> bool:
    found = way_of(case, CLOCKS.get(clock.code))
    if found is None:
        return False
    both = {"confirm-classification", "assess-severity"}
    return found.step == way.step or {found.step, way.step} <= both
