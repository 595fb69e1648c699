"""What facts make of a complaint."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import events as e
from events import Event
from workflows.state import CaseState


def _kind_set(state: CaseState, fact: e.ComplaintKindSet) -> CaseState:
    return replace(state, complaint=replace(state.complaint, kind=fact.kind))


def _message(state: CaseState, fact: e.MessageSent | e.MessageReceived) -> CaseState:
    messages = state.complaint.messages | {fact.message_id}
    return replace(state, complaint=replace(state.complaint, messages=messages))


APPLY: Final[Mapping[type[Event], Callable[[CaseState, Any], CaseState]]] = {
    e.ComplaintKindSet: _kind_set,
    e.MessageSent: _message,
    e.MessageReceived: _message,
}
