"""Who may do what: one table. Where a role is held decides which cases it reaches.

An action that no row names may be done by nobody. `OWNER` is the one who answers for the case,
`MEASURE_OWNER` the one who answers for the measure, wherever they work.
"""

from collections.abc import Iterable
from typing import Final, get_args

from events import Role, Track
from workflows.commands import ByPeople
from workflows.names import kebab
from workflows.state import CaseState

OWNER: Final = "owner"
MEASURE_OWNER: Final = "measure_owner"

_MANAGE: Final = frozenset({Role.UNIT_MANAGER, Role.OPERATIONS_MANAGER, Role.SAS, OWNER})
_LEAD: Final = frozenset({Role.UNIT_MANAGER, Role.OPERATIONS_MANAGER, Role.SAS})
_HEALTH: Final = frozenset({Role.MAS})

MAY: Final[dict[str, frozenset[str]]] = {
    "file-report": frozenset(Role),
    "read-queue": _LEAD | {Role.MAS},
    "read-case": _MANAGE | _HEALTH,
    "read-access-log": frozenset({Role.UNIT_MANAGER, Role.ADMIN}),
    "administer": frozenset({Role.ADMIN}),
    "confirm-classification": _MANAGE,
    "assess-severity": _MANAGE,
    "take-sas-position": frozenset({Role.SAS}),
    "assign": _LEAD,
    "hand-over": _MANAGE,
    "start-investigation": _MANAGE,
    "conclude-investigation": _MANAGE,
    "add-note": _MANAGE | _HEALTH,
    "add-cause": _MANAGE,
    "withdraw-cause": _MANAGE,
    "add-measure": _MANAGE,
    "complete-measure": _MANAGE | {MEASURE_OWNER},
    "withdraw-measure": _MANAGE,
    "follow-up-measure": _MANAGE,
    "answer-reporter": _MANAGE,
    "answer-complainant": _MANAGE,
    "waive-answer": _MANAGE,
    "correct-report": _MANAGE,
    "reroute": _MANAGE,
    "merge": _MANAGE,
    "link": _MANAGE | _HEALTH,
    "close": _MANAGE,
    "reopen": _LEAD,
}
RESPONSIBLE: Final = frozenset(
    {
        Role.STAFF,
        Role.ALARM_OPERATOR,
        Role.UNIT_MANAGER,
        Role.OPERATIONS_MANAGER,
        Role.SAS,
        Role.MAS,
        Role.QUALITY_COORDINATOR,
    }
)
"""Who may be given a case or a measure: it lets them see it, so never the administrator."""

COMMANDS: Final[dict[str, type[ByPeople]]] = {
    kebab(command.__name__): command for command in get_args(ByPeople)
}

_FOREMOST: Final = (
    Role.SAS,
    Role.OPERATIONS_MANAGER,
    Role.UNIT_MANAGER,
    Role.MAS,
    Role.STAFF,
)
"""In which role somebody acts who holds several: the one that weighs most."""


def acting_role(
    action: str, state: CaseState, held: Iterable[Role], ties: Iterable[str]
) -> Role | None:
    """Return the role in which an action on a case may be done, None when it may not.

    `held` are the roles that reach the case's unit; `ties` are `OWNER` and `MEASURE_OWNER`
    where they are true. MAS reaches what runs on the health-care track only.
    """
    allowed = MAY.get(action, frozenset())
    roles = set(held)
    if Track.HSL not in state.tracks:
        roles.discard(Role.MAS)
    for role in _FOREMOST:
        if role in roles and role in allowed:
            return role
    if allowed & set(ties):
        return next((role for role in _FOREMOST if role in roles), Role.STAFF)
    return None


def may(action: str, held: Iterable[Role]) -> bool:
    """Tell whether any of the roles may do something that is about no single case."""
    return bool(MAY.get(action, frozenset()) & set(held))
