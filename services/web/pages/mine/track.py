"""How far a report has come, as a row of steps that reads without colour."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from events import Phase
from services.report_steps import TRACKS, ahead, place_of, step_key
from services.reporter_view import MyReport
from services.texts import Texts
from workflows.state import ENDED
from workflows.terms.tiles import TILES

_KINDS: Final[Mapping[str, str]] = {
    "deviation": "mina.slag.avvikelse",
    "complaint": "mina.slag.synpunkt",
    "lex_sarah": "mina.slag.lex",
}


class Mark(StrEnum):
    """How a step stands; the page draws each with a sign and a word of its own."""

    DONE = "taken"
    NOW = "here"
    LEFT = "ahead"


@dataclass(frozen=True, slots=True)
class Step:
    """A step to draw; `at` is when it was taken."""

    says: str
    mark: Mark
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A report as its own reporter sees it."""

    report: MyReport
    title: str
    kind: str
    unit: str
    where: str
    marks: list[Mark]

    @property
    def number_of_steps(self) -> int:
        """How many steps have been taken, the one it stands in counted."""
        return sum(it is not Mark.LEFT for it in self.marks)


def card_of(report: MyReport, units: Mapping[str, str], t: Texts) -> Card:
    """Say what a report is about, in the words it was reported with where there are any."""
    kind = t(_KINDS[report.kind])
    return Card(
        report=report,
        title=t(f"typ.{report.hint}") if report.hint in TILES else kind,
        kind=kind,
        unit=units.get(report.unit, report.unit),
        where=_says(report, Phase(report.phase), t),
        marks=_marks(report),
    )


def steps_of(report: MyReport, t: Texts) -> list[Step]:
    """List the steps taken with their days, and those ahead; none is shown that was skipped."""
    phase = Phase(report.phase)
    last = Mark.DONE if phase in ENDED else Mark.NOW
    reached = [
        Step(_says(report, Phase(it.phase), t), Mark.DONE, it.at) for it in report.steps[:-1]
    ] + [Step(_says(report, phase, t), last, it.at) for it in report.steps[-1:]]
    left = [] if phase in ENDED else ahead(report.kind, phase)
    return reached + [Step(t(step_key(report.kind, it)), Mark.LEFT) for it in left]


def _marks(report: MyReport) -> list[Mark]:
    """Mark every step of the kind's; none where the report went elsewhere."""
    phase = Phase(report.phase)
    count = len(TRACKS[report.kind])
    here = place_of(report.kind, phase)
    if here == count:
        return []
    now = Mark.DONE if phase in ENDED else Mark.NOW
    return [Mark.DONE] * here + [now] + [Mark.LEFT] * (count - here - 1)


def _says(report: MyReport, phase: Phase, t: Texts) -> str:
    if phase is Phase.CLOSED and report.answered_at is not None:
        return t("status.klar.las")
    return t(step_key(report.kind, phase))
