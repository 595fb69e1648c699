"""The steps that make sense in a case now, in groups with plain headings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from services.case_view import CaseView
from services.web.pages.desk.report import report_of
from services.web.pages.desk.ways import Way, way_to
from services.web.pages.steps.choices import pausable

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "Bedöma": (
        "confirm-classification",
        "assess-severity",
        "set-complaint-kind",
        "take-sas-position",
        "raise-lex-sarah",
        "receive-lex-sarah",
        "take-position",
        "decide-lex-sarah",
    ),
    "Utreda": (
        "start-investigation",
        "add-note",
        "add-cause",
        "withdraw-cause",
        "conclude-investigation",
        "answer-question",
    ),
    "Åtgärder": (
        "add-measure",
        "complete-measure",
        "follow-up-measure",
        "withdraw-measure",
        "verify-measures",
    ),
    "Svara och skriva": (
        "answer-reporter",
        "answer-complainant",
        "acknowledge",
        "send-message",
        "record-message",
        "waive-answer",
    ),
    "Anmälan till IVO": (
        "require-ivo-notification",
        "approve-pack",
        "submit-notification",
        "register-ivo-number",
        "supply-investigation",
        "request-supplement",
        "answer-supplement",
        "register-ivo-decision",
        "withdraw-notification",
    ),
    "Ansvar och jäv": ("assign", "hand-over", "recuse"),
    "Lämna vidare eller koppla": ("pass-on", "confirm-receipt", "reroute", "link", "merge"),
    "Rätta, skjuta upp, avsluta": (
        "correct-report",
        "pause-deadline",
        "register",
        "inform-board",
        "close",
        "reopen",
    ),
}
"""Every command stands in one group; a test asks."""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and the steps under it."""

    heading: str
    ways: list[Way]


def _complains(case: CaseView) -> bool:
    return report_of(case).complained


_SENSE: Final[Mapping[str, Callable[[CaseView], object]]] = {
    "withdraw-cause": lambda case: case.causes,
    "add-measure": lambda case: case.causes,
    "complete-measure": lambda case: any(not it.completed for it in case.measures),
    "withdraw-measure": lambda case: any(it.effect is None for it in case.measures),
    "follow-up-measure": lambda case: any(it.completed for it in case.measures),
    "confirm-receipt": lambda case: any(it.awaited for it in case.passed_on),
    "pause-deadline": lambda case: any(map(pausable, case.deadlines)),
    "answer-reporter": lambda case: report_of(case).reachable,
    "answer-complainant": _complains,
    "send-message": _complains,
    "record-message": _complains,
    "answer-supplement": lambda case: case.ivo and case.ivo.requests,
    "close": lambda case: not case.gates,
}
"""What a step needs there to be something of; the flow table knows the phase only."""


def makes_sense(case: CaseView, step: str) -> bool:
    """Tell whether there is anything for a step to be about."""
    needs = _SENSE.get(step)
    return needs is None or bool(needs(case))


def groups(case: CaseView, but: str | None = None) -> list[Group]:
    """List the steps that the reader may take, but for the one shown on its own."""
    told = [
        Group(
            heading,
            [
                way_to(case, it)
                for it in steps
                if it in case.commands and it != but and makes_sense(case, it)
            ],
        )
        for heading, steps in GROUPS.items()
    ]
    return [it for it in told if it.ways]
