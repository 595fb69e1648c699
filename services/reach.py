"""How far somebody's roles let a queue reach: units, kinds of cases, tracks."""

from collections.abc import Iterable
from typing import NamedTuple

from events import Role
from infra.people.identity import Actor
from services.give import Forbidden
from workflows.access import GENERAL, KINDS


class Reach(NamedTuple):
    """What a queue may show: `units` and `kinds` None are all of them.

    What was passed on to one of `roles` is shown although kind or track is another. `by` are
    the roles that it rests on.
    """

    units: frozenset[str] | None
    hsl_only: bool = False
    kinds: tuple[str, ...] | None = None
    roles: tuple[Role, ...] = ()
    by: frozenset[Role] = frozenset()

    def may_see(self, unit: str | None, kind: str) -> bool:
        """Tell whether a case that just opened may be within reach; sure of what is not."""
        near = self.units is None or unit is None or unit in self.units
        return near and (self.kinds is None or kind in self.kinds)


def reach_of(actor: Actor) -> Reach:
    """Return how far the roles reach together; raises `Forbidden` where none reads a queue."""
    roles = {role for role in actor.roles if role in GENERAL["read-queue"]}
    if not roles:
        raise Forbidden
    leading = roles - {Role.MAS} - KINDS.keys()
    if leading:
        return Reach(_units(actor, leading), by=frozenset(leading))
    narrow = roles & KINDS.keys()
    if not narrow:
        return Reach(
            _units(actor, roles), hsl_only=True, roles=tuple(roles), by=frozenset(roles)
        )
    kinds = tuple(sorted({kind for role in narrow for kind in KINDS[role]}))
    return Reach(_units(actor, narrow), kinds=kinds, roles=tuple(narrow), by=frozenset(narrow))


def _units(actor: Actor, roles: Iterable[Role]) -> frozenset[str] | None:
    reached: frozenset[str] = frozenset()
    for role in roles:
        held = actor.units(role)
        if held is None:
            return None
        reached |= held
    return reached
