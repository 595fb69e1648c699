"""What a field lets people choose among: closed lists, and what the case itself holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from events import (
    AnswerWay,
    BoardNews,
    LinkKind,
    Nature,
    Role,
    SentHow,
)
from infra.people.colleagues import Colleague
from infra.people.identity import Actor
from infra.people.units import UnitData
from services.case_view import CaseView
from services.case_view.parts import MeasureView, RunningClock
from services.web.pages.said import day
from workflows import Policy
from workflows.rules.duties import BY_CODE
from workflows.rules.routing import ROUTING
from workflows.terms import codes
from workflows.terms.categories import CATEGORIES
from workflows.terms.labels import (
    COMPLAINT_KINDS,
    HARMS,
    QUESTIONS,
    ROLES,
    ROUTES,
    TRACKS,
)
from workflows.terms.outcomes import EXPLAINED
from workflows.terms.points import DECISION, POINTS


class Option(NamedTuple):
    """Something to choose, and its words."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Scene:
    """The case, who reads it, and who and what there is around it."""

    case: CaseView
    actor: Actor
    colleagues: Sequence[Colleague]
    units: Sequence[UnitData]
    policy: Policy


_WAYS: Final = {
    AnswerWay.CODE: "Under koden",
    AnswerWay.EMAIL: "Med e-post",
    AnswerWay.PHONE: "Per telefon",
    AnswerWay.LETTER: "Med brev",
    AnswerWay.MEETING: "Vid ett möte",
}
_NATURES: Final = {Nature.FACT: "Faktum", Nature.ASSESSMENT: "Bedömning"}
LINKS: Final = {
    LinkKind.SAME_EVENT: "Samma händelse",
    LinkKind.PATTERN: "Samma mönster",
    LinkKind.CONSEQUENCE_OF: "En följd av det andra",
}
_NEWS: Final = {BoardNews.REPORT: "Rapporten", BoardNews.NOTIFICATION: "Anmälan till IVO"}
_SENT: Final = {SentHow.E_SERVICE: "IVO:s e-tjänst", SentHow.POST: "Post"}
_WHOSE: Final = {
    "reporter": "Den som rapporterade",
    "complainant": "Den som hörde av sig",
}
SECRECY_MARKS: Final = {"osl_26_1": "26 kap. 1 § OSL (socialtjänst)"}


def _listed(rows: Mapping[Any, str]) -> Callable[[Scene], list[Option]]:
    options = [Option(str(code), label) for code, label in rows.items()]
    return lambda _: options


def _categories(scene: Scene) -> list[Option]:
    off = scene.policy.categories_off
    return [Option(it.code, it.label) for it in CATEGORIES.values() if it.code not in off]


def _subtypes(_: Scene) -> list[Option]:
    return [Option(*it) for row in CATEGORIES.values() for it in row.subtypes]


def _people(scene: Scene) -> list[Option]:
    return [Option(str(it.account_id), it.shown) for it in scene.colleagues]


def _units(scene: Scene) -> list[Option]:
    return [Option(it.code, it.name) for it in scene.units]


def _causes(scene: Scene) -> list[Option]:
    return [Option(str(it.cause_id), it.text or it.area_says) for it in scene.case.causes]


def _others(scene: Scene) -> list[Option]:
    me = scene.actor.account_id
    return [it for it in _people(scene) if it.value != str(me)]


def _measures(which: Callable[[MeasureView], bool]) -> Callable[[Scene], list[Option]]:
    return lambda scene: [
        Option(str(it.measure_id), it.text or it.kind_says)
        for it in scene.case.measures
        if which(it)
    ]


def _open_measures(scene: Scene) -> list[Option]:
    """List the measures not done; only their own to whoever may do nothing else here."""
    manages = "withdraw-measure" in scene.case.commands or scene.case.kind == "lex_sarah"
    mine = _measures(lambda it: not it.completed and scene.actor.works_for(it.owner))
    return _measures(lambda it: not it.completed)(scene) if manages else mine(scene)


def _ways(rows: Mapping[Any, str]) -> Callable[[Scene], list[Option]]:
    """List ways; under the code only where there is one to read under."""

    def ways(scene: Scene) -> list[Option]:
        way = scene.case.complaint.answer_way if scene.case.complaint else None
        coded = way in (AnswerWay.CODE, AnswerWay.EMAIL)
        return [Option(str(code), it) for code, it in rows.items() if coded or code != "code"]

    return ways


def _routes(*, receiving: bool) -> Callable[[Scene], list[Option]]:
    """List where something may belong, with who gets it by the policy."""

    def routes(scene: Scene) -> list[Option]:
        said = scene.policy.receivers
        return [
            Option(str(it), f"{says}: {said[it].name}" if it in said else says)
            for it, says in ROUTES.items()
            if ROUTING[it].receiver or not receiving
        ]

    return routes


def _whose(scene: Scene) -> list[Option]:
    """List who may be left without an answer: those who are there."""
    first = scene.case.timeline[0]
    told = ["reporter"] if scene.case.kind != "complaint" or first.fact.get("reporter") else []
    complained = scene.case.kind == "complaint" or "complainant" in first.words
    return [Option(it, _WHOSE[it]) for it in (*told, *(["complainant"] if complained else []))]


def _notes(scene: Scene) -> list[Option]:
    return [
        Option(str(it.note_id), f"{day(it.at)}: {(it.text or '')[:60]}")
        for it in scene.case.notes
    ]


def _clocks(scene: Scene) -> list[Option]:
    """List the clocks that may wait; which of several measures a clock is about goes along."""
    return [
        Option(
            f"{it.code} {it.about}" if it.about else it.code,
            f"{it.says.capitalize()}, {day(it.due_at)}",
        )
        for it in scene.case.deadlines
        if pausable(it)
    ]


def pausable(clock: RunningClock) -> bool:
    """Tell whether a clock may wait: a target of ours that has not passed, and no statute's."""
    duty = BY_CODE[clock.code]
    ours = duty.aimed and duty.pausable and clock.legal_word is None
    return ours and not clock.overdue


def _receivers(scene: Scene) -> list[Option]:
    return [Option(str(it.route_id), it.says) for it in scene.case.passed_on if it.awaited]


def _requests(scene: Scene) -> list[Option]:
    requests = scene.case.ivo.requests if scene.case.ivo else []
    return [Option(str(it), f"Begäran {n}") for n, it in enumerate(requests, start=1)]


_POINTS: Final = {code: says for code, says in POINTS.items() if code != DECISION}

CHOICES: Final[Mapping[str, Callable[[Scene], list[Option]]]] = {
    "category": _categories,
    "subtype": _subtypes,
    "tracks": _listed(TRACKS),
    "owner": _people,
    "others": _others,
    "nature": _listed(_NATURES),
    "point": _listed(_POINTS),
    "corrects": _notes,
    "area": _listed(codes.CAUSE_AREAS),
    "cause_id": _causes,
    "causes": _causes,
    "kind": _listed(codes.MEASURE_KINDS),
    "open_measures": _open_measures,
    "kept_measures": _measures(lambda it: it.completed),
    "unjudged_measures": _measures(lambda it: it.effect is None),
    "together_with": _listed({it: ROLES[it] for it in (Role.OPERATIONS_MANAGER, Role.SAS)}),
    "answer_way": _ways(_WAYS),
    "heard_way": _listed({it: says for it, says in _WAYS.items() if it != "code"}),
    "told_way": _ways(codes.ANSWER_WAYS),
    "secrecy": _listed(codes.ANSWER_SECRECY),
    "passing_secrecy": _listed(codes.PASSING_SECRECY),
    "whose": _whose,
    "ground": _listed(codes.WAIVER_GROUNDS),
    "complaint_kind": _listed(COMPLAINT_KINDS),
    "units": _units,
    "harm": _listed(HARMS),
    "clocks": _clocks,
    "route": _routes(receiving=False),
    "receiving_route": _routes(receiving=True),
    "route_id": _receivers,
    "link_kind": _listed(LINKS),
    "secrecy_mark": _listed(SECRECY_MARKS),
    "outcome": _listed(EXPLAINED),
    "question": _listed(QUESTIONS),
    "news": _listed(_NEWS),
    "how": _listed(_SENT),
    "request_id": _requests,
    "ivo_decision": _listed(codes.IVO_DECISIONS),
}
"""By the name of the field, or by the name that the step gives the list."""
