"""Who may be named to stand in for whom, and what comes of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

import structlog
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from events import Role
from infra import clock
from infra.people import accounts as people
from infra.people import admin_changes, substitutes
from infra.people.colleagues import Colleague, colleagues
from infra.people.standing import Standing, Substitution
from infra.people.units import unit_of
from workflows.access import may

_LEADS: Final = frozenset({Role.OPERATIONS_MANAGER, Role.SAS})
"""Who may stand in for anybody who asks for it: they reach the same cases already."""

log = structlog.get_logger()


class BadSubstitution(Exception):  # noqa: N818 - an answer to a person
    """It can't be kept; `code` says why for the machine, the message for the person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Kept(BaseModel):
    """An absence or a vacancy. `reached` is who would be told on its first day from today.

    `circles` says that its chain comes back to where it began on some day: nobody is reached
    that way.
    """

    id: UUID
    account_id: UUID | None
    unit: str | None
    role: Role | None
    substitute_id: UUID | None
    starts_on: date
    ends_on: date
    reached: UUID | None
    circles: bool


async def listed(session: AsyncSession) -> list[Kept]:
    """List what holds today or later."""
    return await _told(session, await substitutes.known(session, clock.today()))


async def keep(
    session: AsyncSession, row: Substitution, by: UUID, *, by_oneself: bool = False
) -> Kept:
    """Check and keep; raises `BadSubstitution`. The stand-in reaches the cases from then on.

    `by_oneself` narrows whom one may name to colleagues.
    """
    await _check(session, row, by)
    if by_oneself and row.substitute_id is not None:
        await _check_colleague(session, by, row.substitute_id)
    before = await substitutes.one(session, row.id)
    await substitutes.keep(session, row)
    await admin_changes.record(
        session, by, "substitution.kept", row.id, _recorded(before), _recorded(row)
    )
    log.info(
        "substitution.kept",
        id=str(row.id),
        account_id=str(row.account_id or ""),
        unit=row.unit,
        role=row.role,
        substitute_id=str(row.substitute_id or ""),
        starts_on=str(row.starts_on),
        ends_on=str(row.ends_on),
        by=str(by),
    )
    rows = await substitutes.known(session, min(row.starts_on, clock.today()))
    return next(it for it in await _told(session, rows) if it.id == row.id)


async def end(session: AsyncSession, substitution_id: UUID, by: UUID) -> bool:
    """End an absence or a vacancy at once; False where there is none with that id."""
    before = await substitutes.one(session, substitution_id)
    ended = await substitutes.end(session, substitution_id)
    if ended:
        await admin_changes.record(
            session, by, "substitution.ended", substitution_id, _recorded(before), {}
        )
        log.info("substitution.ended", id=str(substitution_id), by=str(by))
    return ended


async def _check(session: AsyncSession, row: Substitution, by: UUID) -> None:
    if row.ends_on < row.starts_on:
        raise BadSubstitution("bad_period", "Sista dagen är före den första.")
    if (row.account_id is None) == (row.unit is None) or (row.unit is None) != (
        row.role is None
    ):
        said = "Ange antingen en person, eller en enhet och en roll."
        raise BadSubstitution("one_of_two", said)
    if row.role is Role.ADMIN:
        raise BadSubstitution("administers", "Ingen ersätter en administratör.")
    if row.unit is not None and await unit_of(session, row.unit) is None:
        raise BadSubstitution("unknown_unit", f"Enheten {row.unit} finns inte.")
    if row.account_id is not None and not await people.is_open(session, row.account_id):
        raise BadSubstitution("unknown_account", "Personen finns inte, eller har slutat.")
    if row.substitute_id is not None:
        await _check_stand_in(session, row, row.substitute_id, by)


async def _check_stand_in(
    session: AsyncSession, row: Substitution, substitute_id: UUID, by: UUID
) -> None:
    if substitute_id == row.account_id:
        raise BadSubstitution("self", "Ingen kan ersätta sig själv.")
    if substitute_id == by:
        raise BadSubstitution("oneself", "Be en annan administratör utse dig till ersättare.")
    if not await people.is_open(session, substitute_id):
        raise BadSubstitution("unknown_account", "Ersättaren finns inte, eller har slutat.")
    if Role.ADMIN in await _roles(session, substitute_id):
        raise BadSubstitution(
            "administers", "En administratör kan inte vara ersättare: det skulle ge insyn."
        )


async def _check_colleague(
    session: AsyncSession, account_id: UUID, substitute_id: UUID
) -> None:
    """Refuse a stand-in of one's own choice who may only be named by an administrator.

    A colleague must read cases already in one of one's own roles that do, or lead: otherwise
    anybody could give anybody sight of cases.
    """
    if not _colleagues_of(await _roles(session, account_id)) & await _roles(
        session, substitute_id
    ):
        raise BadSubstitution(
            "not_a_colleague",
            "Personen har ingen av dina roller. Be en administratör lägga in ersättaren.",
        )


def _colleagues_of(own: set[Role]) -> set[Role]:
    return ({role for role in own if may("read-case", {role})} or own) | _LEADS


async def choosable(session: AsyncSession, account_id: UUID) -> list[Colleague]:
    """List whom somebody may name for oneself, of those who work in the same units, by name."""
    held = await people.memberships(session, account_id)
    wanted = _colleagues_of({role for role, _ in held})
    found = {
        it.account_id: it
        for unit in {unit for _, unit in held}
        for it in await colleagues(session, wanted, unit)
    }
    admins = await colleagues(session, {Role.ADMIN}, None)
    for it in (account_id, *(admin.account_id for admin in admins)):
        found.pop(it, None)
    return sorted(found.values(), key=lambda it: it.name.casefold())


def _recorded(row: Substitution | None) -> dict[str, str | None]:
    """Tell a row for the log of changes: ids and days."""
    if row is None:
        return {}
    told = {name: getattr(row, name) for name in Substitution.__dataclass_fields__}
    return {name: None if it is None else str(it) for name, it in told.items() if name != "id"}


async def _roles(session: AsyncSession, account_id: UUID) -> set[Role]:
    return {role for role, _ in await people.memberships(session, account_id)}


async def _told(session: AsyncSession, rows: Sequence[Substitution]) -> list[Kept]:
    days = {max(row.starts_on, clock.today()) for row in rows}
    standing = await substitutes.standings(session, rows, days)
    return [_kept(row, standing) for row in rows]


def _kept(row: Substitution, standing: Mapping[date, Standing]) -> Kept:
    """Say what comes of it; a chain can change only on a day when one of its rows begins."""
    first = standing[max(row.starts_on, clock.today())]
    ends = row.account_id or row.substitute_id
    return Kept(
        id=row.id,
        account_id=row.account_id,
        unit=row.unit,
        role=row.role,
        substitute_id=row.substitute_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        reached=first.named(row.account_id)
        if row.account_id
        else first.fills(row.role or Role.STAFF, row.unit or ""),
        circles=ends is not None
        and any(it.circles(ends) for day, it in standing.items() if row.holds(day)),
    )
