"""What must be true before a case may close, each as a row with its words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from events import Role
from workflows.state import CaseState


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition on closing: its code, what a person reads, and whether it is met."""

    code: str
    says: str
    met: Callable[[CaseState], bool]


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


GATES: Final = (
    Gate("category", "Ange en kategori.", lambda s: s.category is not None),
    Gate(
        "severity",
        "Bedöm allvarlighetsgraden och skriv varför.",
        lambda s: s.assessed,
    ),
    Gate("investigation", "Slutför utredningen.", _investigated),
    Gate(
        "measures",
        "Lägg till fler åtgärder. Policyn kräver det vid den här allvarlighetsgraden.",
        _enough_measures,
    ),
    Gate("cause_measure", "Varje orsak behöver en åtgärd.", _every_cause_has_a_measure),
    Gate("measure_cause", "Varje åtgärd behöver en orsak.", _every_measure_has_a_cause),
    Gate(
        "measures_done",
        "Alla åtgärder ska vara genomförda eller tillbakatagna.",
        lambda s: not s.open_measures,
    ),
    Gate(
        "measures_followed_up",
        "Följ upp varje åtgärd: hade den effekt, och vad hände?",
        lambda s: all(it.effect is not None for it in s.measures.values()),
    ),
    Gate(
        "joint_follow_up",
        "Verksamhetschefen ska delta i uppföljningen av åtgärderna.",
        _followed_up_together,
    ),
    Gate(
        "reporter_answer",
        "Svara rapportören, eller skriv varför det inte går.",
        lambda s: s.reporter_told,
    ),
    Gate(
        "complainant_answer",
        "Svara den som klagat, eller skriv varför det inte går.",
        lambda s: s.complainant_told or not s.has_complainant,
    ),
    Gate(
        "sas_position",
        "SAS ska ta ställning till om det är lex Sarah.",
        lambda s: not s.sas_awaited,
    ),
)


def missing(state: CaseState) -> list[Gate]:
    """List the gates not yet met, in the order people work."""
    return [gate for gate in GATES if not gate.met(state)]
