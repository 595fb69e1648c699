"""Who may do what: a table for each kind of case. Where a role is held decides its reach.

An action that no row names may be done by nobody. `OWNER` is the one who answers for the case,
`MEASURE_OWNER` the one who answers for the measure, wherever they work.
"""

from collections.abc import Iterable, Mapping
from typing import Final, get_args

from events import Role, Track
from workflows.commands import ByPeople
from workflows.names import kebab
from workflows.state import CaseState
from workflows.terms.kinds import COMPLAINT, MISCONDUCT

OWNER: Final = "owner"
MEASURE_OWNER: Final = "measure_owner"

_MANAGE: Final = frozenset({Role.UNIT_MANAGER, Role.OPERATIONS_MANAGER, Role.SAS, OWNER})
_LEAD: Final = frozenset({Role.UNIT_MANAGER, Role.OPERATIONS_MANAGER, Role.SAS})
_HEALTH: Final = frozenset({Role.MAS})

_SAS: Final = frozenset({Role.SAS})
_INVESTIGATE: Final = _SAS | {OWNER}
_SEND: Final = _INVESTIGATE | {Role.REGISTRAR}

Table = Mapping[str, frozenset[str]]

GENERAL: Final[Table] = {
    "file-report": frozenset(Role),
    "read-queue": _LEAD | {Role.MAS, Role.DECISION_MAKER, Role.REGISTRAR},
    "read-access-log": frozenset({Role.UNIT_MANAGER, Role.ADMIN}),
    "administer": frozenset({Role.ADMIN}),
    "print-sheet": _LEAD | {Role.ADMIN},
}
"""What is about no single case."""

_OUTSIDE: Final[Table] = {
    "read-case": _MANAGE | _HEALTH | {Role.REGISTRAR},
    "confirm-classification": _MANAGE,
    "assess-severity": _MANAGE,
    "take-sas-position": _SAS,
    "raise-lex-sarah": _MANAGE | _HEALTH,
    "assign": _LEAD,
    "hand-over": _MANAGE,
    "recuse": _SAS | {Role.OPERATIONS_MANAGER},
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
    "acknowledge": _MANAGE | {Role.REGISTRAR},
    "set-complaint-kind": _MANAGE | {Role.REGISTRAR},
    "send-message": _MANAGE,
    "record-message": _MANAGE | {Role.REGISTRAR},
    "register": _MANAGE | {Role.REGISTRAR},
    "correct-report": _MANAGE,
    "reroute": _MANAGE,
    "pass-on": _MANAGE,
    "confirm-receipt": _MANAGE | _HEALTH | {Role.REGISTRAR},
    "pause-deadline": _LEAD,
    "merge": _MANAGE,
    "link": _MANAGE | _HEALTH,
    "close": _MANAGE,
    "reopen": _LEAD,
}
"""Deviations and complaints: the unit's manager handles them."""

_LEX_SARAH: Final[Table] = {
    "read-case": _LEAD | {OWNER, Role.DECISION_MAKER, Role.REGISTRAR},
    "confirm-classification": _INVESTIGATE,
    "assess-severity": _INVESTIGATE,
    "assign": _SAS | {Role.OPERATIONS_MANAGER},
    "hand-over": _INVESTIGATE,
    "recuse": _SAS | {Role.DECISION_MAKER},
    "start-investigation": _INVESTIGATE,
    "add-note": _LEAD | {OWNER, Role.DECISION_MAKER, Role.REGISTRAR},
    "add-cause": _INVESTIGATE,
    "withdraw-cause": _INVESTIGATE,
    "add-measure": _INVESTIGATE | {Role.OPERATIONS_MANAGER},
    "complete-measure": _LEAD | {OWNER, MEASURE_OWNER},
    "withdraw-measure": _INVESTIGATE,
    "follow-up-measure": _SAS,
    "answer-reporter": _INVESTIGATE,
    "answer-complainant": _INVESTIGATE,
    "waive-answer": _INVESTIGATE,
    "send-message": _INVESTIGATE,
    "record-message": _INVESTIGATE,
    "receive-lex-sarah": _SAS | {Role.OPERATIONS_MANAGER},
    "register": _SAS | {Role.REGISTRAR},
    "take-position": _INVESTIGATE,
    "decide-lex-sarah": _SAS | {Role.DECISION_MAKER},
    "answer-question": _INVESTIGATE,
    "verify-measures": _SAS,
    "inform-board": _LEAD | {OWNER},
    "require-ivo-notification": _INVESTIGATE | {Role.DECISION_MAKER},
    "correct-report": _INVESTIGATE,
    "pass-on": _INVESTIGATE,
    "confirm-receipt": _INVESTIGATE | _HEALTH | {Role.REGISTRAR},
    "pause-deadline": _SAS,
    "merge": _SAS,
    "link": _INVESTIGATE,
    "close": _SAS,
    "reopen": _SAS,
}
"""The unit's manager is told and carries out measures, and judges nothing."""

_IVO: Final[Table] = {
    "read-case": _SEND | {Role.DECISION_MAKER, Role.OPERATIONS_MANAGER},
    "assign": _SAS | {Role.OPERATIONS_MANAGER},
    "hand-over": _INVESTIGATE,
    "recuse": _SAS | {Role.DECISION_MAKER},
    "add-note": _SEND | {Role.DECISION_MAKER},
    "register": _SAS | {Role.REGISTRAR},
    "draft-pack": _INVESTIGATE,
    "approve-pack": _INVESTIGATE | {Role.DECISION_MAKER},
    "submit-notification": _SEND,
    "withdraw-notification": frozenset({Role.DECISION_MAKER}),
    "register-ivo-number": _SEND,
    "supply-investigation": _SEND,
    "request-supplement": _SEND,
    "answer-supplement": _SEND,
    "register-ivo-decision": _SEND,
    "inform-board": _LEAD | {OWNER},
    "link": _INVESTIGATE,
    "close": _SAS,
    "reopen": _SAS,
}
MAY: Final[Mapping[str, Table]] = {
    "deviation": _OUTSIDE,
    "complaint": _OUTSIDE,
    "lex_sarah": _LEX_SARAH,
    "ivo_notification": _IVO,
}

KINDS: Final[Mapping[Role, frozenset[str]]] = {
    Role.DECISION_MAKER: MISCONDUCT,
    Role.REGISTRAR: COMPLAINT | MISCONDUCT,
}
"""Roles that reach some kinds of cases only."""

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
    Role.DECISION_MAKER,
    Role.OPERATIONS_MANAGER,
    Role.UNIT_MANAGER,
    Role.MAS,
    Role.REGISTRAR,
    Role.STAFF,
)
"""In which role somebody acts who holds several: the one that weighs most."""


def foremost(held: Iterable[Role]) -> Role | None:
    """Return the role that weighs most of those somebody holds, None where they hold none."""
    roles = frozenset(held)
    return next((role for role in _FOREMOST if role in roles), min(roles, default=None))


def acting_role(
    action: str, state: CaseState, held: Iterable[Role], ties: Iterable[str]
) -> Role | None:
    """Return the role in which an action on a case may be done, None when it may not.

    `held` are the roles that reach the case's unit; `ties` are `OWNER` and `MEASURE_OWNER`
    where they are true. MAS reaches what runs on the health-care track; a role that a case was
    passed on to reaches that case.
    """
    allowed = MAY.get(state.case_type, {}).get(action, frozenset())
    roles = {role for role in held if _reaches(role, state)}
    for role in _FOREMOST:
        if role in roles and role in allowed:
            return role
    if allowed & set(ties):
        return next((role for role in _FOREMOST if role in roles), Role.STAFF)
    return None


def _reaches(role: Role, state: CaseState) -> bool:
    if role in {it.tell for it in state.passed_on.values()}:
        return True  # it was passed on to them
    if role is Role.MAS:
        return Track.HSL in state.tracks
    return role not in KINDS or state.case_type in KINDS[role]


def may(action: str, held: Iterable[Role]) -> bool:
    """Tell whether any of the roles may do something, in some case or about no single one."""
    tables = (GENERAL, *MAY.values())
    return any(table.get(action, frozenset()) & set(held) for table in tables)
