"""Whose name is shown to whom. Source: SKR, Stöd för utredning enligt lex Sarah (2023).

A lex Sarah report has a name, so that the receiver can see that the reporter works there; the
investigation does not need it. Nobody is promised secrecy: the name is merely not shown.
"""

from typing import Final

from events import Event, LexSarahRaised, Phase, Role
from workflows.state import CaseState

_BEFORE: Final = frozenset({Phase.REPORTED, Phase.RECEIVED})
_RECEIVERS: Final = frozenset({Role.SAS, Role.OPERATIONS_MANAGER})


def hides_reporter(state: CaseState, role: Role) -> bool:
    """Tell whether the reporter's name is kept from somebody who reads in this role."""
    if state.case_type != "lex_sarah":
        return False
    return state.phase not in _BEFORE or role not in _RECEIVERS


def hides_actor(fact: Event, role: Role) -> bool:
    """Tell whether who made a fact true is kept from a reader: who reports misconduct."""
    return isinstance(fact, LexSarahRaised) and role is not Role.SAS
