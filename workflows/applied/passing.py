"""What becomes of a case when somebody else must know of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import events as e
from events import Event
from workflows.state import CaseState, Passed


def _passed(state: CaseState, fact: e.CasePassedOn | e.CaseRerouted) -> CaseState:
    if fact.route_id is None:  # from before receivers were followed
        return state
    told = Passed(fact.route, fact.awaits_receipt, fact.tell)
    return replace(state, passed_on={**state.passed_on, fact.route_id: told})


def _confirmed(state: CaseState, fact: e.ReceiptConfirmed) -> CaseState:
    there = replace(state.passed_on[fact.route_id], awaited=False)
    return replace(state, passed_on={**state.passed_on, fact.route_id: there})


APPLY: Final[Mapping[type[Event], Callable[[CaseState, Any], CaseState]]] = {
    e.CasePassedOn: _passed,
    e.CaseRerouted: _passed,
    e.ReceiptConfirmed: _confirmed,
}
