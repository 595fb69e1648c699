"""Who stands in for whom on one day: worked out from plain rows, without looking anywhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from events.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Substitution:
    """Somebody is away, or a unit lacks somebody in a role; both days are counted in.

    Either `account_id` (all that person's work) or `unit` and `role` (a vacancy). Without
    `substitute_id` nobody stands in.
    """

    id: UUID
    account_id: UUID | None
    unit: str | None
    role: Role | None
    substitute_id: UUID | None
    starts_on: date
    ends_on: date

    def holds(self, day: date) -> bool:
        """Tell whether it is so on this day."""
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True)
class Standing:
    """One day's absences and vacancies, each with its stand-ins, the newest first.

    `open` are the accounts that work here. `fit` are those of them that may stand in for
    another: no administrator may, for that would give sight of cases.
    """

    away: Mapping[UUID, tuple[UUID, ...]]
    vacant: Mapping[tuple[Role, str], tuple[UUID, ...]]
    open: frozenset[UUID]
    fit: frozenset[UUID]

    @classmethod
    def of(
        cls,
        rows: Iterable[Substitution],
        day: date,
        *,
        opened: Iterable[UUID],
        admins: Iterable[UUID] = (),
    ) -> Self:
        """Work out one day from all rows, the open accounts and the administrators."""
        away: dict[UUID, tuple[UUID, ...]] = {}
        vacant: dict[tuple[Role, str], tuple[UUID, ...]] = {}
        holding = (row for row in rows if row.holds(day))
        for row in sorted(holding, key=lambda it: (it.starts_on, it.id), reverse=True):
            named = () if row.substitute_id is None else (row.substitute_id,)
            if row.account_id is not None:
                away[row.account_id] = away.get(row.account_id, ()) + named
            elif row.role is not None and row.unit is not None:
                key = (row.role, row.unit)
                vacant[key] = vacant.get(key, ()) + named
        accounts = frozenset(opened)
        return cls(away, vacant, accounts, accounts - frozenset(admins))

    def reached(self, account_id: UUID) -> UUID | None:
        """Return who is at work of somebody and their stand-ins; None is nobody.

        The account itself must be open.
        """
        return self.named(account_id) if account_id in self.away else account_id

    def named(self, account_id: UUID) -> UUID | None:
        """Return the first of somebody's stand-ins who is at work, along the chain."""
        return self._first(self.away.get(account_id, ()), {account_id})

    def fills(self, role: Role, unit: str) -> UUID | None:
        """Return who is at work in a unit's vacancy."""
        return self._first(self.vacant.get((role, unit), ()), set())

    def _first(self, named: Iterable[UUID], seen: set[UUID]) -> UUID | None:
        """Follow chains, each account once: one that goes round reaches nobody."""
        waiting = [*named][::-1]
        while waiting:
            account_id = waiting.pop()
            if account_id in seen or account_id not in self.fit:
                continue
            if account_id not in self.away:
                return account_id
            seen.add(account_id)
            waiting += self.away[account_id][::-1]
        return None

    def stood_in_for(self, account_id: UUID) -> frozenset[UUID]:
        """Return everybody whose work this account does."""
        return frozenset(
            it for it in self.away if it in self.open and self.named(it) == account_id
        )

    def vacancies_of(self, account_id: UUID) -> frozenset[tuple[Role, str]]:
        """Return the vacancies that this account fills."""
        return frozenset(key for key in self.vacant if self.fills(*key) == account_id)

    def circles(self, account_id: UUID) -> bool:
        """Tell whether a chain of people who are away comes back to where it began."""
        seen: set[UUID] = set()
        waiting = [*self.away.get(account_id, ())]
        while waiting:
            found = waiting.pop()
            if found == account_id:
                return True
            if found not in seen:
                seen.add(found)
                waiting += self.away.get(found, ())
        return False
