"""What must be true before a case may close, each as a row with its words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from events import BoardNews, Question, Role
from workflows.state import CaseState
from workflows.terms.kinds import (
    COMPLAINT,
    DEVIATION,
    IVO,
    LEX_SARAH,
    MISCONDUCT,
    OUTSIDE,
    REPORTED,
)
from workflows.terms.points import TO_INVESTIGATE


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition on closing: its code, what a person reads, when it is met, and where."""

    code: str
    says: str
    met: Callable[[CaseState], bool]
    case_types: frozenset[str]


def _every_cause_has_a_measure(state: CaseState) -> bool:
    answered = {cause for it in state.measures.values() for cause in it.causes}
    return state.causes <= answered


def _every_measure_has_a_cause(state: CaseState) -> bool:
    return all(set(it.causes) & state.causes for it in state.measures.values())


def _enough_measures(state: CaseState) -> bool:
    return len(state.measures) >= max((it.measures for it in state.outcomes), default=0)


def _followed_up_together(state: CaseState) -> bool:
    if not any(it.joint_follow_up for it in state.outcomes):
        return True
    return all(it.together_with is Role.OPERATIONS_MANAGER for it in state.measures.values())


def _investigated(state: CaseState) -> bool:
    needed = any(it.investigation for it in state.outcomes) or bool(state.causes)
    return state.investigated or not needed


def _notified(state: CaseState) -> bool:
    decided = state.lex_sarah.decision
    needed = state.lex_sarah.ivo_required or (decided is not None and decided.serious)
    return state.lex_sarah.ivo_notified or not needed


def _supplied(state: CaseState) -> bool:
    return state.lex_sarah.ivo_supplied or not state.lex_sarah.ivo_notified


def _told_the_board(news: BoardNews) -> Callable[[CaseState], bool]:
    return lambda state: not state.private or news in state.lex_sarah.board_told


def _answers(*questions: Question) -> Callable[[CaseState], bool]:
    return lambda state: set(questions) <= state.lex_sarah.answered


_GRADED: Final = DEVIATION | LEX_SARAH

GATES: Final = (
    Gate(
        "complaint_kind",
        "Ange om det är en synpunkt, ett klagomål eller beröm.",
        lambda s: s.complaint.kind is not None,
        COMPLAINT,
    ),
    Gate(
        "protected",
        "Ta emot rapporten och skriv hur den enskilde skyddas.",
        # Opened again, what another system ended was received there.
        lambda s: s.lex_sarah.protected or s.imported,
        LEX_SARAH,
    ),
    Gate(
        "registered",
        "Diarieför ärendet.",
        lambda s: s.registry_number is not None,
        MISCONDUCT,
    ),
    Gate("category", "Ange en kategori.", lambda s: s.category is not None, _GRADED),
    Gate(
        "severity",
        "Bedöm allvarlighetsgraden och skriv varför.",
        lambda s: s.assessed,
        _GRADED,
    ),
    Gate("investigation", "Slutför utredningen.", _investigated, DEVIATION),
    Gate(
        "nine_points",
        "Dokumentera alla punkter i utredningen.",
        lambda s: set(TO_INVESTIGATE) <= s.lex_sarah.points,
        LEX_SARAH,
    ),
    Gate(
        "position",
        "Ta ställning till vad det var.",
        lambda s: s.lex_sarah.position is not None,
        LEX_SARAH,
    ),
    Gate("decision", "Beslutet saknas.", lambda s: s.lex_sarah.decision is not None, LEX_SARAH),
    Gate(
        "measures",
        "Lägg till fler åtgärder. Policyn kräver det vid den här allvarlighetsgraden.",
        _enough_measures,
        _GRADED,
    ),
    Gate(
        "cause_measure", "Varje orsak behöver en åtgärd.", _every_cause_has_a_measure, REPORTED
    ),
    Gate(
        "measure_cause", "Varje åtgärd behöver en orsak.", _every_measure_has_a_cause, REPORTED
    ),
    Gate(
        "measures_done",
        "Alla åtgärder ska vara genomförda eller tillbakatagna.",
        lambda s: not s.open_measures,
        REPORTED,
    ),
    Gate(
        "measures_followed_up",
        "Följ upp varje åtgärd: hade den effekt, och vad hände?",
        lambda s: all(it.effect is not None for it in s.measures.values()),
        REPORTED,
    ),
    Gate(
        "joint_follow_up",
        "Verksamhetschefen ska delta i uppföljningen av åtgärderna.",
        _followed_up_together,
        DEVIATION,
    ),
    Gate(
        "measures_verified",
        "SAS ska intyga att åtgärderna är uppföljda.",
        lambda s: s.lex_sarah.verified,
        LEX_SARAH,
    ),
    Gate(
        "individual_informed",
        "Svara på om den enskilde är informerad, och varför.",
        _answers(Question.INDIVIDUAL_INFORMED),
        LEX_SARAH,
    ),
    Gate(
        "noted_in_file",
        "Svara på om händelsen är antecknad i personakten, och varför.",
        _answers(Question.NOTED_IN_FILE),
        LEX_SARAH,
    ),
    Gate(
        "police_report",
        "Svara på om händelsen är polisanmäld, och varför.",
        _answers(Question.POLICE_REPORT),
        LEX_SARAH,
    ),
    Gate(
        "reporter_answer",
        "Svara rapportören, eller skriv varför det inte går.",
        lambda s: s.reporter_told,
        _GRADED,
    ),
    Gate(
        "complainant_answer",
        "Svara den som hört av sig, eller skriv varför det inte går.",
        lambda s: s.complainant_told or not (s.has_complainant or s.case_type == "complaint"),
        REPORTED,
    ),
    Gate(
        "sas_position",
        "SAS ska ta ställning till om det är lex Sarah.",
        lambda s: not s.sas_awaited,
        OUTSIDE,
    ),
    Gate(
        "receivers",
        "Mottagaren av det som lämnats vidare ska bekräfta att det kommit fram.",
        lambda s: not any(it.awaited for it in s.passed_on.values()),
        REPORTED,
    ),
    Gate(
        "board_report",
        "Nämnden ska informeras om rapporten.",
        _told_the_board(BoardNews.REPORT),
        LEX_SARAH,
    ),
    Gate("ivo_notified", "Anmälan till IVO ska vara skickad.", _notified, LEX_SARAH),
    Gate(
        "ivo_supplied",
        "Utredningen ska vara skickad till IVO.",
        _supplied,
        LEX_SARAH,
    ),
    Gate(
        "board_notification",
        "Nämnden ska informeras om anmälan.",
        _told_the_board(BoardNews.NOTIFICATION),
        IVO,
    ),
    Gate(
        "supplements",
        "Svara på IVO:s begäran om komplettering.",
        lambda s: not s.ivo.requests,
        IVO,
    ),
    Gate("ivo_decision", "IVO:s beslut saknas.", lambda s: s.ivo.decided, IVO),
)


def missing(state: CaseState) -> list[Gate]:
    """List the gates of this kind of case not yet met, in the order people work."""
    return [it for it in GATES if state.case_type in it.case_types and not it.met(state)]
