"""Which cases a queue is to hold, as SQL: how far somebody reaches, and what they chose."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ARRAY, String, TextClause, Uuid, bindparam, text

from services.queue.only import MINE, ONLY
from services.reach import Reach

_NAMES: Final = re.compile(r"(?<![:\w]):(\w+)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show: `units` None is every unit; the rest narrows where it is set.

    What was passed on to one of `roles` is shown although kind or track is another. `only` is a
    name in `only.ONLY`, and `me` the accounts that it means by "mine".
    """

    units: Sequence[str] | None
    unit: str | None = None
    kind: str | None = None
    overdue: bool | None = None
    owner: UUID | None = None
    hsl_only: bool = False
    kinds: Sequence[str] | None = None
    roles: Sequence[str] = ()
    only: str | None = None
    me: Sequence[UUID] = ()

    @classmethod
    def within(
        cls,
        reach: Reach,
        *,
        unit: str | None = None,
        kind: str | None = None,
        only: str | None = None,
        me: Sequence[UUID] = (),
    ) -> "Wanted":
        """Say what somebody of that reach wants; their own cases lie in any unit."""
        far = reach if only != MINE else Reach(None)
        units = None if far.units is None else sorted(far.units)
        if unit is not None:  # of its own index, and of no other
            units = [unit] if units is None or unit in units else []
        return cls(
            units=units,
            unit=unit,
            kind=kind,
            hsl_only=far.hsl_only,
            kinds=far.kinds,
            roles=far.roles,
            only=only,
            me=me,
        )

    def conditions(self) -> list[str]:
        """List what a row must fulfil beside its unit, in SQL."""
        narrowed = []
        if self.unit is not None:
            narrowed.append("unit = :unit")
        if self.kind is not None:
            narrowed.append("case_type = :kind")
        if self.kinds is not None:
            narrowed.append("(case_type = ANY(:kinds) OR passed_to && :roles)")
        if self.overdue is not None:
            narrowed.append("overdue = :overdue")
        if self.owner is not None:
            narrowed.append("owner = :owner")
        if self.hsl_only:
            narrowed.append("('hsl' = ANY(tracks) OR passed_to && :roles)")
        if self.only is not None:
            narrowed.append(ONLY[self.only])
        return narrowed

    @property
    def conjunction(self) -> str:
        """Return the conditions as they follow upon another one, in SQL."""
        return "".join(f" AND {it}" for it in self.conditions())

    @property
    def near(self) -> str:
        """Return the units as a table to join with, in SQL: `asked.code`."""
        return "unit AS asked" if self.units is None else "unnest(:units) AS asked (code)"

    def statement(self, query: str, **more: Any) -> tuple[TextClause, dict[str, Any]]:
        """Return a query that holds these conditions, and the values of all its names."""
        known: dict[str, tuple[Any, Any]] = {
            "units": (ARRAY(String()), None if self.units is None else list(self.units)),
            "kinds": (ARRAY(String()), None if self.kinds is None else list(self.kinds)),
            "roles": (ARRAY(String()), list(self.roles)),
            "me": (ARRAY(Uuid()), list(self.me)),
            "unit": (String(), self.unit),
            "kind": (String(), self.kind),
            "overdue": (None, self.overdue),
            "owner": (Uuid(), self.owner),
        }
        names = _NAMES.findall(query)
        used = {name: known[name] for name in known if name in names}
        typed = [bindparam(name, type_=kind) for name, (kind, _) in used.items() if kind]
        values = {name: value for name, (_, value) in used.items()}
        return text(query).bindparams(*typed), values | more
