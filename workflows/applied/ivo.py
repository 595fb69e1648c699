"""What facts make of a notification to IVO."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import events as e
from events import Event
from workflows.state import CaseState


def _with(state: CaseState, **changes: Any) -> CaseState:
    return replace(state, ivo=replace(state.ivo, **changes))


def _required(state: CaseState, fact: e.IvoNotificationRequired) -> CaseState:
    return replace(
        state,
        case_type=fact.case_type,
        number=fact.number,
        came_from=fact.came_from,
        received_at=fact.required_at,
        unit=fact.unit,
        law=fact.law,
        owner_type=fact.owner_type,
        recused=frozenset(map(str, fact.recused)),
        links=frozenset({fact.came_from}),
    )


def _drafted(state: CaseState, fact: e.PackDrafted) -> CaseState:
    return _with(
        state,
        version_number=fact.version_number,
        missing=fact.missing,
        with_investigation=fact.with_investigation,
        approvers=frozenset(),
    )


def _approved(state: CaseState, fact: e.PackApproved) -> CaseState:
    return _with(state, approvers=state.ivo.approvers | {fact.approver})


def _submitted(state: CaseState, fact: e.NotificationSubmitted) -> CaseState:
    return _with(state, submitted_at=fact.submitted_at, ivo_number=fact.ivo_number)


def _numbered(state: CaseState, fact: e.IvoNumberRegistered) -> CaseState:
    return _with(state, ivo_number=fact.ivo_number)


def _supplied(state: CaseState, _: e.InvestigationSupplied) -> CaseState:
    return _with(state, supplied=True)


def _asked(state: CaseState, fact: e.SupplementRequested) -> CaseState:
    return _with(state, requests=state.ivo.requests | {fact.request_id})


def _sent(state: CaseState, fact: e.SupplementAnswered) -> CaseState:
    return _with(
        state,
        requests=state.ivo.requests - {fact.request_id},
        answered=state.ivo.answered | {fact.request_id},
    )


def _decided(state: CaseState, _: e.IvoDecided) -> CaseState:
    return _with(state, decided=True)


APPLY: Final[Mapping[type[Event], Callable[[CaseState, Any], CaseState]]] = {
    e.IvoNotificationRequired: _required,
    e.PackDrafted: _drafted,
    e.PackApproved: _approved,
    e.NotificationSubmitted: _submitted,
    e.IvoNumberRegistered: _numbered,
    e.InvestigationSupplied: _supplied,
    e.SupplementRequested: _asked,
    e.SupplementAnswered: _sent,
    e.IvoDecided: _decided,
}
