"""Finds those who are to be told: at work today, or whoever stands in for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from events import Role
from infra import clock
from infra.people.accounts import is_open, recipients
from infra.people.recent import Recent
from infra.people.standing import Standing
from infra.people.substitutes import standing_on
from infra.tables import Account, Membership
from workflows.policy import Ladder
from workflows.rules.ladder import upward
from workflows.rules.telling import Telling, To

FRESH: Final = 5.0
"""Seconds that a process may act on what it knows of people."""
_MOST: Final = 10_000


@dataclass(frozen=True, slots=True)
class About:
    """What a case says of who is to be told: where it is, who answers for it, who reported."""

    unit: str
    number: str
    owner: UUID | None
    reporter: UUID | None


async def reached(session: AsyncSession, telling: Telling, case: About) -> list[UUID]:
    """List whom a telling is for; nobody is an empty list, and for the caller to see to."""
    match telling.to:
        case To.REPORTER:
            # Never to another: what became of a report is for the one who made it.
            mine = case.reporter
            return [mine] if mine and await is_open(session, mine) else []
        case To.STAND_INS:
            return await _stand_ins(session, telling.role, case)
        case To.OWNER | To.ACCOUNT:
            who = case.owner if telling.to is To.OWNER else telling.account
            if who and await is_open(session, who):
                found = (await _today(session)).reached(who)
                if found:
                    return [found]
        case To.ROLE:
            pass
    return await in_role(session, telling.role, case.unit)


async def higher(
    session: AsyncSession, role: Role, unit: str, ladder: Ladder
) -> tuple[Role, list[UUID]]:
    """Return the first role up the ladder that somebody can be reached in, and who that is."""
    for above in upward(role, ladder):
        if told := await in_role(session, above, unit):
            return above, told
    return role, []


async def in_role(session: AsyncSession, role: Role, unit: str) -> list[UUID]:
    """List who is at work in a role for a unit; without any, who fills the unit's vacancy."""
    standing = await _today(session)
    found = {standing.reached(it) for it in await _holders(session, role, unit)} - {None}
    if not found:
        found = {standing.fills(role, unit)} - {None}
    return sorted(it for it in found if it is not None)


async def covered(session: AsyncSession, role: Role, units: Collection[str]) -> frozenset[str]:
    """Return the units, of those given, that somebody is at work for in a role today.

    As `in_role` would answer for each, in one question for all.
    """
    standing = await _today(session)
    held = await session.execute(
        select(Membership.account_id, Membership.unit)
        .join(Account, Account.account_id == Membership.account_id)
        .where(Membership.role == role, Account.active)
    )
    at_work = {row.unit for row in held if standing.reached(row.account_id)}
    return frozenset(
        it for it in units if {it, None} & at_work or standing.fills(role, it) is not None
    )


async def _stand_ins(session: AsyncSession, role: Role, case: About) -> list[UUID]:
    """List the named stand-ins of the owner, else of the managers and the unit itself."""
    standing = await _today(session)
    if case.owner and (found := standing.named(case.owner)):
        return [found]
    named = {standing.named(it) for it in await _holders(session, role, case.unit)}
    named.add(standing.fills(role, case.unit))
    return sorted(it for it in named if it is not None)


_standing: Final[Recent[date, Standing]] = Recent(1, FRESH)
_known: Final[Recent[tuple[Role, str], list[UUID]]] = Recent(_MOST, FRESH)


async def _today(session: AsyncSession) -> Standing:
    day = clock.today()
    found = _standing.get(day)
    if found is None:
        found = await standing_on(session, day)
        _standing.put(day, found)
    return found


async def _holders(session: AsyncSession, role: Role, unit: str) -> list[UUID]:
    found = _known.get((role, unit))
    if found is None:
        found = [it.account_id for it in await recipients(session, role, unit)]
        _known.put((role, unit), found)
    return found


def forget() -> None:
    """Look up people anew at the next use."""
    _standing.clear()
    _known.clear()
