"""What a step's form begins with: what the address names, and what is most often true."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

from infra import clock
from services.case_view import CaseView
from services.web.pages.steps.catalogue import STEPS
from services.web.pages.steps.choices import CHOICES, Scene
from services.web.pages.steps.fields import CELL
from workflows.rules.calendar import ZONE

DUE_IN: Final = timedelta(days=14)
FOLLOWED_UP_AFTER: Final = timedelta(days=42)
"""A measure is looked at when it has been in use for some weeks."""

_ONE_OF_SEVERAL: Final = frozenset(
    {"measure_id", "cause_id", "route_id", "request_id", "whose"}
)

Given = Mapping[str, list[str]]
Begin = Callable[[Scene], Mapping[str, str | list[str]]]


def begun_with(action: str, scene: Scene, named: Given) -> Given:
    """Return what a form begins with; what the address names goes first."""
    begin = _BEGIN.get(action)
    usual = _only_choices(action, scene) | dict(begin(scene) if begin else {})
    told = {
        name: value if isinstance(value, list) else [value]
        for name, value in usual.items()
        if value
    }
    return told | {name: values for name, values in named.items() if any(values)}


def _only_choices(action: str, scene: Scene) -> dict[str, str | list[str]]:
    """Choose what there is but one of: the one measure, the one receiver."""
    told: dict[str, str | list[str]] = {}
    for name, ask in STEPS[action].asks.items():
        if name in _ONE_OF_SEVERAL:
            options = CHOICES[ask.choices or name](scene)
            told |= {name: options[0].value} if len(options) == 1 else {}
    return told


def now() -> str:
    """Return this minute as a browser's field for day and time takes it."""
    return f"{clock.now().astimezone(ZONE):%Y-%m-%dT%H:%M}"


def _today(after: timedelta = timedelta()) -> str:
    return (clock.today() + after).isoformat()


def _somebody(scene: Scene, *wanted: UUID | None) -> str:
    """Return the first who can be chosen."""
    can = {it.account_id for it in scene.colleagues}
    return next((str(it) for it in wanted if it in can), "")


def _severity(scene: Scene) -> Mapping[str, str | list[str]]:
    case = scene.case
    before = [it for it in case.timeline if it.type == "case.severity_assessed"]
    if not before:
        return {"tracks": [case.law]}
    cell = f"{case.consequence}x{case.likelihood}"
    return {CELL: cell, "tracks": [str(it) for it in before[-1].fact["tracks"]]}


def _measure(scene: Scene) -> Mapping[str, str | list[str]]:
    causes = [str(it.cause_id) for it in scene.case.causes]
    return {
        "causes": causes if len(causes) == 1 else [],
        "owner": _somebody(scene, scene.case.owner, scene.actor.account_id),
        "due_on": _today(DUE_IN),
        "follow_up_on": _today(FOLLOWED_UP_AFTER),
    }


def _way(choices: str) -> Begin:
    """Begin with the way that the sender asked for, where it is on the list."""

    def begin(scene: Scene) -> Mapping[str, str | list[str]]:
        way = _asked_way(scene.case)
        return {"way": way if any(it.value == way for it in CHOICES[choices](scene)) else ""}

    return begin


def _asked_way(case: CaseView) -> str:
    return case.complaint.answer_way or "" if case.complaint else ""


_BEGIN: Final[Mapping[str, Begin]] = {
    "confirm-classification": lambda s: {
        "category": s.case.category or "",
        "subtype": s.case.subtype or "",
    },
    "assess-severity": _severity,
    "assign": lambda s: {"owner": _somebody(s, s.case.owner, s.actor.account_id)},
    "add-measure": _measure,
    "acknowledge": _way("answer_way"),
    "send-message": _way("answer_way"),
    "answer-complainant": _way("told_way"),
    "set-complaint-kind": lambda s: {
        "kind": str(s.case.complaint.kind or "") if s.case.complaint else ""
    },
    "register": lambda _: {"registered_on": _today()},
    "inform-board": lambda _: {"informed_at": now()},
    "submit-notification": lambda _: {"submitted_at": now()},
    "supply-investigation": lambda _: {"supplied_at": now()},
    "answer-supplement": lambda _: {"answered_at": now()},
    "register-ivo-decision": lambda _: {"decided_on": _today()},
}
"""By the step; the others begin empty. Nothing that is to be judged is chosen beforehand."""
