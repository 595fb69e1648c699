"""What people have said in a lex Sarah case: protection, answers, position, decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from events import BoardNews, LexSarahOutcome, OwnerType
from services.case_view import CaseView
from services.case_view.parts import Moment
from workflows.terms.labels import OUTCOMES, QUESTIONS
from workflows.terms.outcomes import FINDINGS, MEANINGS


@dataclass(frozen=True, slots=True)
class Answer:
    """A question that must have an answer, and the last one that was given, if any."""

    code: str
    asks: str
    given: Moment | None

    @property
    def yes(self) -> bool | None:
        """The answer; None while there is none."""
        return bool(self.given.fact["yes"]) if self.given else None


@dataclass(frozen=True, slots=True)
class Meaning:
    """One of the five outcomes: its words, what they mean, and whether it goes to IVO."""

    label: str
    finding: str
    serious: bool
    means: str


THE_FIVE: Final = [
    Meaning(OUTCOMES[it], FINDINGS[it.finding], it.serious, MEANINGS[it])
    for it in LexSarahOutcome
]
"""The five, from the least grave to the gravest."""


def answers_of(case: CaseView) -> list[Answer]:
    """List the four questions with the answers that stand."""
    last = {it.fact["question"]: it for it in told(case, "case.question_answered")}
    return [Answer(code, asks, last.get(code)) for code, asks in QUESTIONS.items()]


def standing(case: CaseView, kind: str, *, stands: bool) -> Moment | None:
    """Return the last moment of a kind, where what it said still stands."""
    moments = told(case, kind)
    return moments[-1] if moments and stands else None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """What the board must hear of a private provider, and when it did, if it has."""

    news: BoardNews
    about: str
    given: Moment | None

    @property
    def informed_at(self) -> datetime | None:
        """When it was told, as somebody wrote it down."""
        return datetime.fromisoformat(self.given.fact["informed_at"]) if self.given else None


def board_rows(case: CaseView) -> list[BoardRow]:
    """List what a private provider must tell the board of in this kind of case."""
    if case.owner_type != OwnerType.PRIVATE:
        return []
    news = BoardNews.REPORT if case.kind == "lex_sarah" else BoardNews.NOTIFICATION
    about = {BoardNews.REPORT: "rapporten", BoardNews.NOTIFICATION: "anmälan"}[news]
    given = [it for it in told(case, "case.board_informed") if it.fact["news"] == news]
    return [BoardRow(news, about, given[-1] if given else None)]


def three_facts(case: CaseView) -> list[tuple[str, str]]:
    """Tell class, severity and notification apart: they are three different facts."""
    lex = case.lex_sarah
    if lex is None:
        return []
    outcome = lex.decision or lex.position
    return [
        ("Klass", FINDINGS[outcome.finding] if outcome else "Inte bedömd"),
        ("Allvarligt", _yes_no(outcome.serious) if outcome else "Inte bedömt"),
        ("Anmält till IVO", _yes_no(lex.ivo_notified)),
    ]


def told(case: CaseView, kind: str) -> Sequence[Moment]:
    """List the moments of a kind, in order."""
    return [it for it in case.timeline if it.type == kind]


def _yes_no(true: bool) -> str:  # noqa: FBT001 - it is the whole question
    return "Ja" if true else "Nej"
