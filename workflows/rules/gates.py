"""What must be true before a case may close, each as a row with its words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from workflows.policy import Policy
from workflows.state import CaseState


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition on closing: its code, what a person reads, and whether it is met."""

    code: str
    says: str
    met: Callable[[CaseState, Policy], bool]


def _every_cause_has_a_measure(state: CaseState, _: Policy) -> bool:
    answered = {cause for it in state.measures.values() for cause in it.causes}
    return state.causes <= answered


def _every_measure_has_a_cause(state: CaseState, _: Policy) -> bool:
    return all(set(it.causes) & state.causes for it in state.measures.values())


def _enough_measures(state: CaseState, _: Policy) -> bool:
    return len(state.measures) >= max((it.measures for it in state.outcomes), default=0)


def _followed_up_together(state: CaseState, _: Policy) -> bool:
    if not any(it.joint_follow_up for it in state.outcomes):
        return True
    return all(it.together_with is not None for it in state.measures.values())


def _investigated(state: CaseState, policy: Policy) -> bool:
    needed = (state.value or 0) >= policy.investigate_from_value or bool(state.causes)
    return state.investigated or not needed


GATES: Final = (
    Gate("category", "Ange en kategori.", lambda s, _: s.category is not None),
    Gate(
        "severity",
        "Bedöm allvarlighetsgraden och skriv varför.",
        lambda s, _: s.value is not None,
    ),
    Gate("investigation", "Slutför utredningen.", _investigated),
    Gate(
        "measures",
        "Lägg till minst en åtgärd. Policyn kräver det vid den här allvarlighetsgraden.",
        _enough_measures,
    ),
    Gate("cause_measure", "Varje orsak behöver en åtgärd.", _every_cause_has_a_measure),
    Gate("measure_cause", "Varje åtgärd behöver en orsak.", _every_measure_has_a_cause),
    Gate(
        "measures_done",
        "Alla åtgärder ska vara genomförda eller tillbakatagna.",
        lambda s, _: not s.open_measures,
    ),
    Gate(
        "measures_followed_up",
        "Följ upp varje åtgärd: hade den effekt, och vad hände?",
        lambda s, _: all(it.effect is not None for it in s.measures.values()),
    ),
    Gate(
        "joint_follow_up",
        "Verksamhetschefen ska delta i uppföljningen av åtgärderna.",
        _followed_up_together,
    ),
    Gate(
        "reporter_answer",
        "Svara rapportören, eller skriv varför det inte går.",
        lambda s, _: s.reporter_told or s.imported,
    ),
    Gate(
        "complainant_answer",
        "Svara den som klagat, eller skriv varför det inte går.",
        lambda s, _: s.complainant_told or not s.has_complainant,
    ),
    Gate(
        "sas_position",
        "SAS ska ta ställning till om det är lex Sarah.",
        lambda s, _: s.sas_position is not None or not s.sas_required,
    ),
)


def missing(state: CaseState, policy: Policy) -> list[Gate]:
    """List the gates not yet met, in the order people work."""
    return [gate for gate in GATES if not gate.met(state, policy)]
