"""How facts that only some case types have change a case. Used by `workflows.evolve` only."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from events import Event
from workflows.applied import complaint, ivo, lex_sarah, passing
from workflows.state import CaseState

APPLY: Final[Mapping[type[Event], Callable[[CaseState, Any], CaseState]]] = {
    **complaint.APPLY,
    **lex_sarah.APPLY,
    **ivo.APPLY,
    **passing.APPLY,
}
