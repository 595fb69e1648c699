"""The overdue ladder: what is grave, whom a rung speaks to, and when the next one is told."""

from datetime import datetime, timedelta
from typing import Final

from events import Role, Rung
from workflows.law import ROWS
from workflows.policy import Ladder, Policy
from workflows.rules.calendar import after_working_hours
from workflows.rules.duties import DUTIES

_BY_REASON: Final = frozenset({"read_at_once", "reach_receiver"})
"""Somebody may be in danger while these wait, whatever word a statute uses of them."""

_AT_ONCE: Final = frozenset({"genast", "snarast", "utan dröjsmål"})
_WORDED: Final = {row.id for row in ROWS if row.word in _AT_ONCE}

GRAVE: Final = _BY_REASON | {duty.code for duty in DUTIES if duty.law in _WORDED}
"""Clocks that run nights and days off alike: those above, and those the law words "genast"."""

SPEAKS_TO: Final[dict[Rung, Role]] = {
    Rung.OWNER: Role.UNIT_MANAGER,
    Rung.SUBSTITUTE: Role.UNIT_MANAGER,
    Rung.OPERATIONS_MANAGER: Role.OPERATIONS_MANAGER,
    Rung.SAS: Role.SAS,
    # The list of roles has no director (förvaltningschef): in practice it is the director who
    # decides by delegation, so those who hold that role are told.
    Rung.DIRECTOR: Role.DECISION_MAKER,
}
"""In which role each rung is told; the first two look for persons before a role."""

_OF_PERSONS: Final = frozenset({Rung.OWNER, Rung.SUBSTITUTE})


def next_told(code: str, at: datetime, policy: Policy) -> datetime:
    """Return when the rung after one told at `at` is told, while the duty is still undone."""
    ladder = policy.ladder
    if code in GRAVE:
        return at + timedelta(hours=ladder.grave_hours_between)
    return after_working_hours(at, ladder.hours_between, policy.working_days())


def upward(role: Role, ladder: Ladder) -> tuple[Role, ...]:
    """List the roles above this one on the ladder: they are told when nobody has it."""
    above = list(ladder.rungs)
    standing = [rung for rung in above if SPEAKS_TO[rung] == role]
    if standing:
        above = above[above.index(standing[-1]) + 1 :]
    return tuple(SPEAKS_TO[rung] for rung in above if rung not in _OF_PERSONS)
