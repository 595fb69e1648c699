"""What has been judged and answered in a case, read out of its facts for the page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.case_view import CaseView
from services.case_view.parts import Moment
from workflows.terms.codes import ANSWER_SECRECY, ANSWER_WAYS, WAIVER_GROUNDS

_ACKNOWLEDGED: Final = "Bekräftelse"
_ANSWERS: Final = {
    "case.reporter_answered": "Svar till den som rapporterade",
    "case.complainant_answered": "Svar till den som hörde av sig",
    "case.complaint_acknowledged": _ACKNOWLEDGED,
}
_WHOSE: Final = {
    "reporter": "Inget svar till den som rapporterade",
    "complainant": "Inget svar till den som hörde av sig",
}
_TRACKS: Final = {"sol": "SoL", "lss": "LSS", "hsl": "HSL"}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that was given, or that none is: what it is, by whom, and its words."""

    title: str
    at: datetime
    by: str | None
    text: str | None
    more: str


@dataclass(frozen=True, slots=True)
class Severity:
    """How grave it was judged to be, by whom, and why; `asks` is what the policy made of it."""

    label: str
    tracks: list[str]
    tracks_say: str
    reason: str | None
    at: datetime
    by: str | None
    asks: list[str]


@dataclass(frozen=True, slots=True)
class Position:
    """SAS's position on whether it is to be handled as lex Sarah."""

    lex_sarah: bool
    reason: str | None
    at: datetime
    by: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """The latest of each judgement, and every answer; `summary` ends the investigation."""

    severity: Severity | None
    position: Position | None
    answers: list[Answer]
    summary: Moment | None
    corrections: list[Moment]

    @property
    def answered(self) -> bool:
        """Whether anybody has an answer, or it is said why not; that it came is none."""
        return any(it.title != _ACKNOWLEDGED for it in self.answers)


def record_of(case: CaseView) -> Record:
    """Gather what has been judged and answered."""
    return Record(
        severity=_severity(case),
        position=_position(case),
        answers=[it for moment in case.timeline if (it := _answer(moment))],
        summary=latest(case, "case.investigation_concluded"),
        corrections=[it for it in case.timeline if it.type == "case.report_corrected"],
    )


def latest(case: CaseView, kind: str) -> Moment | None:
    """Return the last fact of a kind, None where there is none."""
    return next((it for it in reversed(case.timeline) if it.type == kind), None)


def _severity(case: CaseView) -> Severity | None:
    moment = latest(case, "case.severity_assessed")
    if moment is None:
        return None
    tracks = [str(it) for it in moment.fact["tracks"]]
    return Severity(
        label=moment.fact["label"],
        tracks=tracks,
        tracks_say=", ".join(_TRACKS[it] for it in tracks),
        reason=moment.words.get("reason"),
        at=moment.at,
        by=moment.by_name,
        asks=[it.why for it in case.outcomes],
    )


def _position(case: CaseView) -> Position | None:
    moment = latest(case, "case.sas_position_taken")
    if moment is None or case.sas_position is None:
        return None
    return Position(
        lex_sarah=moment.fact["lex_sarah"],
        reason=moment.words.get("reason"),
        at=moment.at,
        by=moment.by_name,
    )


def _answer(moment: Moment) -> Answer | None:
    if moment.type == "case.answer_waived":
        title = _WHOSE[moment.fact["whose"]]
        more = WAIVER_GROUNDS[moment.fact["ground"]]
        return Answer(title, moment.at, moment.by_name, moment.words.get("reason"), more)
    if moment.type not in _ANSWERS:
        return None
    way = ANSWER_WAYS.get(moment.fact.get("way", ""), "")
    secrecy = ANSWER_SECRECY.get(moment.fact.get("secrecy") or "", "")
    more = ". ".join(it for it in (way, secrecy) if it)
    title = _ANSWERS[moment.type]
    return Answer(title, moment.at, moment.by_name, moment.words.get("words"), more)
