"""Which step meets which need of a case: a gate before closing, or a clock that runs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from services.case_view import CaseView
from services.case_view.parts import MeasureView
from services.web.pages.desk.report import report_of
from services.web.pages.steps.catalogue import STEPS


@dataclass(frozen=True, slots=True)
class Way:
    """A step with what it is about, as a link to it."""

    step: str
    href: str
    words: str


Find = Callable[[CaseView], tuple[str, Mapping[str, str]]]
"""Names the step that is next for a need, and what its form begins with."""


def _step(name: str, **given: str) -> Find:
    return lambda _: (name, given)


def _investigate(case: CaseView) -> tuple[str, Mapping[str, str]]:
    if "start-investigation" in case.commands:
        return "start-investigation", {}
    needs_cause = any(it.measures for it in case.outcomes) and not case.causes
    return ("add-cause" if needs_cause else "conclude-investigation"), {}


def _more_measures(case: CaseView) -> tuple[str, Mapping[str, str]]:
    if "start-investigation" in case.commands:
        return "start-investigation", {}
    return ("add-measure" if case.causes else "add-cause"), {}


def _cause_without(case: CaseView) -> tuple[str, Mapping[str, str]]:
    answered = {it for measure in case.measures for it in measure.causes}
    orphan = next((it for it in case.causes if it.cause_id not in answered), None)
    return "add-measure", {"causes": str(orphan.cause_id)} if orphan else {}


def _measure(name: str, wanted: Callable[[CaseView, MeasureView], bool]) -> Find:
    def find(case: CaseView) -> tuple[str, Mapping[str, str]]:
        found = next((it for it in case.measures if wanted(case, it)), None)
        return name, {"measure_id": str(found.measure_id)} if found else {}

    return find


def _without_cause(case: CaseView, measure: MeasureView) -> bool:
    return not {it.cause_id for it in case.causes} & set(measure.causes)


def _follow_up(case: CaseView) -> tuple[str, Mapping[str, str]]:
    waits = next((it for it in case.measures if it.completed and it.effect is None), None)
    if waits is None:
        return _measure("complete-measure", lambda _, it: not it.completed)(case)
    return "follow-up-measure", {"measure_id": str(waits.measure_id)}


def _answer_reporter(case: CaseView) -> tuple[str, Mapping[str, str]]:
    if report_of(case).reachable:
        return "answer-reporter", {}
    return "waive-answer", {"whose": "reporter", "ground": "anonymous"}


def _confirm_receipt(case: CaseView) -> tuple[str, Mapping[str, str]]:
    waits = next((it for it in case.passed_on if it.awaited), None)
    return "confirm-receipt", {"route_id": str(waits.route_id)} if waits else {}


def _supplement(case: CaseView) -> tuple[str, Mapping[str, str]]:
    requests = case.ivo.requests if case.ivo else []
    return "answer-supplement", {"request_id": str(requests[0])} if requests else {}


def _nine_points(case: CaseView) -> tuple[str, Mapping[str, str]]:
    if "start-investigation" in case.commands:
        return "start-investigation", {}
    points = case.lex_sarah.points if case.lex_sarah else {}
    left = next((code for code, done in points.items() if not done), "")
    return "add-note", {"point": left} if left else {}


_done: Final = _measure("complete-measure", lambda _, it: not it.completed)

GATES: Final[Mapping[str, Find]] = {
    "complaint_kind": _step("set-complaint-kind"),
    "protected": _step("receive-lex-sarah"),
    "registered": _step("register"),
    "category": _step("confirm-classification"),
    "severity": _step("assess-severity"),
    "investigation": _investigate,
    "nine_points": _nine_points,
    "position": _step("take-position"),
    "decision": _step("decide-lex-sarah"),
    "measures": _more_measures,
    "cause_measure": _cause_without,
    "measure_cause": _measure("withdraw-measure", _without_cause),
    "measures_done": _done,
    "measures_followed_up": _follow_up,
    "joint_follow_up": _measure("follow-up-measure", lambda _, it: it.completed),
    "measures_verified": _step("verify-measures"),
    "individual_informed": _step("answer-question", question="individual_informed"),
    "noted_in_file": _step("answer-question", question="noted_in_file"),
    "police_report": _step("answer-question", question="police_report"),
    "reporter_answer": _answer_reporter,
    "complainant_answer": _step("answer-complainant"),
    "sas_position": _step("take-sas-position"),
    "receivers": _confirm_receipt,
    "board_report": _step("inform-board", news="report"),
    "ivo_notified": _step("require-ivo-notification"),
    "ivo_supplied": _step("supply-investigation"),
    "board_notification": _step("inform-board", news="notification"),
    "supplements": _supplement,
    "ivo_decision": _step("register-ivo-decision"),
}
"""By the gate's code, as in `workflows.rules.gates`; a test asks that none is missing."""


def _triage(case: CaseView) -> tuple[str, Mapping[str, str]]:
    return ("assess-severity" if case.category else "confirm-classification"), {}


CLOCKS: Final[Mapping[str, Find]] = {
    "triage": _triage,
    "read_at_once": _triage,
    "answer_reporter": _answer_reporter,
    "sas_position": _step("take-sas-position"),
    "investigate": _investigate,
    "measure_due": _done,
    "measure_effect": _follow_up,
    "acknowledge": _step("acknowledge"),
    "answer_complainant": _step("answer-complainant"),
    "read_message": _step("send-message"),
    "protect": _step("receive-lex-sarah"),
    "start_investigation": _step("start-investigation"),
    "register": _step("register"),
    "inform_board_report": _step("inform-board", news="report"),
    "inform_board_notification": _step("inform-board", news="notification"),
    "supply_investigation": _step("supply-investigation"),
    "answer_ivo": _supplement,
    "reach_receiver": _confirm_receipt,
}
"""By the clock's code; those that no single step stops have no row."""


def way_of(case: CaseView, find: Find | None) -> Way | None:
    """Return the way that the reader may go now, None where it is not theirs to go."""
    if find is None:
        return None
    step, given = find(case)
    return way_to(case, step, given) if step in case.commands else None


def way_to(case: CaseView, step: str, given: Mapping[str, str] | None = None) -> Way:
    """Return a step as a link to it."""
    query = f"?{urlencode(given)}" if given else ""
    return Way(step, f"/arende/{case.case_id}/{step}{query}", STEPS[step].leads)
