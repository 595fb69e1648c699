"""Passing on what also, or only, belongs to somebody else; and knowing that it got there."""

from datetime import datetime
from typing import Any

from events import CasePassedOn, CaseRerouted, Event, ReceiptConfirmed, Route
from workflows.commands import ConfirmReceipt, PassOn, Reroute
from workflows.policy import Policy
from workflows.refusals import Incomplete, Unknown
from workflows.rules.routing import ROUTING, law_of
from workflows.state import CaseState
from workflows.terms.codes import PASSING_SECRECY


def rerouted(state: CaseState, command: Reroute, policy: Policy) -> list[Event]:
    """Pass the case on for good; who must be asked first has been (`decisions.ending`)."""
    return [CaseRerouted(**_told(state, command, policy))]


def passed_on(state: CaseState, command: PassOn, policy: Policy) -> list[Event]:
    """Tell somebody else once, while the case goes on here."""
    if command.route_id in state.passed_on:
        return []
    if not ROUTING[command.route].receiver:
        raise Unknown("Det finns ingen annan att meddela. Avsluta i stället.", field="route")
    return [CasePassedOn(**_told(state, command, policy))]


def confirmed(state: CaseState, command: ConfirmReceipt) -> list[Event]:
    """Record that the receiver has it, once."""
    passed = state.passed_on.get(command.route_id)
    if passed is None:
        raise Unknown("Ärendet har inte lämnats till den mottagaren.", field="route_id")
    if not passed.awaited:
        return []
    return [ReceiptConfirmed(route_id=command.route_id, words=command.words)]


def _told(state: CaseState, command: Reroute | PassOn, policy: Policy) -> dict[str, Any]:
    rule = ROUTING[command.route]
    if command.secrecy is not None and command.secrecy not in PASSING_SECRECY:
        raise Unknown(
            "Grunden finns inte på listan.", field="secrecy", choices=list(PASSING_SECRECY)
        )
    if rule.secrecy and command.secrecy is None:
        raise Incomplete(
            "Pröva sekretessen först: på vilken grund får uppgifterna lämnas?",
            missing=["secrecy"],
        )
    receiver = policy.receivers.get(command.route)
    return {
        "route": command.route,
        "route_id": command.route_id,
        "receiver": command.receiver,
        "reason": command.reason,
        "tell": receiver.role if receiver else None,
        "secrecy": command.secrecy,
        "at_once": rule.at_once,
        "awaits_receipt": rule.receiver,
        "basis": _basis(command.route, state, command.at),
    }


def _basis(route: Route, state: CaseState, at: datetime) -> str:
    row = law_of(route, state, at)
    if row is None:
        return ""
    word = f", {row.word}" if row.word else ""
    warning = f" ({row.confidence.warning})" if row.confidence.warning else ""
    return f"{row.basis}{word}: {row.asks}{warning}."
