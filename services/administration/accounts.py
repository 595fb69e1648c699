"""Adds and changes people and their roles, and writes down who did: ids, never names."""

import secrets
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from infra.people import accounts as people
from infra.people import admin_changes, logins
from infra.people.logins import LoginRefused
from services.administration.forms import AccountChange, Grant, NewAccount
from services.administration.masked import CHANGED, SET, masked
from services.administration.refused import ChangeRefused

_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike: a first password is read from paper or heard on a phone."""


def first_password() -> str:
    """Make up a password of 79 bits, in groups that can be read out."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


async def add(session: AsyncSession, new: NewAccount, by: UUID | None) -> UUID:
    """Add an account and return its id; without a password it can only be used by token.

    Raises `PersonRefused` and `PasswordRefused`. Without `by` it is from the command line.
    """
    account_id = await people.create_account(
        session,
        new.login,
        new.name,
        title=new.title,
        email=new.email,
        password=new.password,
    )
    given = {
        "title": new.title or None,
        "email": SET if new.email else None,
        "password": SET if new.password else None,
        "active": True,
    }
    await admin_changes.record(session, by, "account.added", account_id, {}, given)
    return account_id


async def change(
    session: AsyncSession, account_id: UUID, form: AccountChange, by: UUID | None
) -> None:
    """Change what the form names. A new password, or closing it, ends all its tokens.

    Raises `ChangeRefused` for an account that is not there, and for closing one's own; and
    `PasswordRefused`.
    """
    was = await must_exist(session, account_id)
    given = form.model_dump(exclude_unset=True)
    if account_id == by and given.get("active") is False:
        raise ChangeRefused("oneself", "Be en annan administratör stänga ditt konto.")
    await people.change_account(session, account_id, **given)
    marks = {
        "name": masked(was.name, form.name),
        "title": (was.title, form.title),
        "email": masked(was.email, form.email),
        "password": (SET, CHANGED) if form.password else (SET, None),
        "active": (was.active, form.active),
    }
    old, new = ({name: marks[name][side] for name in given} for side in (0, 1))
    await admin_changes.record(session, by, "account.changed", account_id, old, new)


async def choose_password(
    session: AsyncSession, account_id: UUID, current: str, chosen: str
) -> LoginRefused | None:
    """Give oneself a new password, knowing the one of today; every session ends.

    A wrong one of today is counted as a failed login, and returned: commit in both cases.
    Raises `PasswordRefused`.
    """
    me = await must_exist(session, account_id)
    answer = await logins.login(session, me.login, current)
    if isinstance(answer, LoginRefused):
        return answer
    await change(session, account_id, AccountChange(password=chosen), account_id)
    return None


async def grant(session: AsyncSession, account_id: UUID, given: Grant, by: UUID | None) -> None:
    """Give somebody else a role; nobody gives oneself the sight of cases.

    Raises `ChangeRefused`, and `PersonRefused` where the role and the unit do not fit.
    """
    _not_oneself(account_id, by)
    await must_exist(session, account_id)
    had = (given.role, given.unit) in await people.memberships(session, account_id)
    await people.grant(session, account_id, given.role, given.unit)
    if not had:
        await admin_changes.record(session, by, "role.granted", account_id, {}, _told(given))


async def withdraw(session: AsyncSession, account_id: UUID, given: Grant, by: UUID) -> None:
    """Take a role away from somebody else; so the last administrator stays one."""
    _not_oneself(account_id, by)
    if (given.role, given.unit) in await people.memberships(session, account_id):
        await people.withdraw(session, account_id, given.role, given.unit)
        await admin_changes.record(session, by, "role.withdrawn", account_id, _told(given), {})


async def must_exist(session: AsyncSession, account_id: UUID) -> people.Person:
    """Return an account, closed ones too; raises `ChangeRefused` where there is none."""
    found = await people.person(session, account_id)
    if found is None:
        raise ChangeRefused("not_found", "Kontot finns inte.")
    return found


def _told(given: Grant) -> dict[str, str | None]:
    return {"role": str(given.role), "unit": given.unit}


def _not_oneself(account_id: UUID, by: UUID | None) -> None:
    if account_id == by:
        raise ChangeRefused("oneself", "Be en annan administratör ändra dina egna roller.")
