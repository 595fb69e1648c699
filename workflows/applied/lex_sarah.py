"""What facts make of a lex Sarah case."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import events as e
from events import Event
from workflows.state import CaseState


def _with(state: CaseState, **changes: Any) -> CaseState:
    return replace(state, lex_sarah=replace(state.lex_sarah, **changes))


def _received(state: CaseState, _: e.LexSarahReceived) -> CaseState:
    return _with(state, protected=True)


def _registered(state: CaseState, fact: e.CaseRegistered) -> CaseState:
    return replace(state, registry_number=fact.registry_number)


def _position(state: CaseState, fact: e.PositionTaken) -> CaseState:
    who = state.lex_sarah.investigators | {fact.author}
    return replace(_with(state, position=fact.outcome, investigators=who), investigated=True)


def _decided(state: CaseState, fact: e.LexSarahDecided) -> CaseState:
    return _with(state, decision=fact.outcome)


def _answered(state: CaseState, fact: e.QuestionAnswered) -> CaseState:
    return _with(state, answered=state.lex_sarah.answered | {fact.question})


def _verified(state: CaseState, _: e.MeasuresVerified) -> CaseState:
    return _with(state, verified=True)


def _board(state: CaseState, fact: e.BoardInformed) -> CaseState:
    return _with(state, board_told=state.lex_sarah.board_told | {fact.news})


def _ivo_needed(state: CaseState, _: e.IvoFoundNecessary) -> CaseState:
    made = state.lex_sarah.notifications + 1
    return _with(state, ivo_required=True, notifications=made)


def _ivo_progressed(state: CaseState, fact: e.IvoProgressed) -> CaseState:
    match fact.step:
        case e.IvoStep.NOTIFIED:
            return _with(state, ivo_notified=True)
        case e.IvoStep.SUPPLIED:
            return _with(state, ivo_supplied=True)
        case e.IvoStep.DECIDED:
            return _with(state, ivo_decided=True)
        case e.IvoStep.WITHDRAWN:
            return _with(state, ivo_required=False)


def _raised(state: CaseState, fact: e.LexSarahRaised) -> CaseState:
    return replace(state, lex_sarah_raised=state.lex_sarah_raised | {fact.reporter})


APPLY: Final[Mapping[type[Event], Callable[[CaseState, Any], CaseState]]] = {
    e.LexSarahReceived: _received,
    e.CaseRegistered: _registered,
    e.PositionTaken: _position,
    e.LexSarahDecided: _decided,
    e.QuestionAnswered: _answered,
    e.MeasuresVerified: _verified,
    e.BoardInformed: _board,
    e.IvoFoundNecessary: _ivo_needed,
    e.IvoProgressed: _ivo_progressed,
    e.LexSarahRaised: _raised,
}
