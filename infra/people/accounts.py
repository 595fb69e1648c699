"""The people who work with cases: their accounts, their names, their roles."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, TypedDict, Unpack
from uuid import UUID, uuid4

from sqlalchemy import Row, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from events.vocabulary import Role
from infra.people import passwords, tokens
from infra.people.logins import normal
from infra.people.units import unit_of
from infra.tables import Account, Membership
from infra.vault.keyring import keyring

EVERYWHERE: Final = frozenset(
    {
        Role.SAS,
        Role.DECISION_MAKER,
        Role.MAS,
        Role.QUALITY_COORDINATOR,
        Role.CONTRACT_OFFICER,
        Role.BOARD,
        Role.REGISTRAR,
        Role.ADMIN,
    }
)
"""Roles that may be held for every unit at once; the others are always held somewhere."""


class PersonRefused(Exception):  # noqa: N818 - an answer to a person, not a bug
    """The change to a person can't be made; the message says why."""


class Recipient(NamedTuple):
    """Somebody to tell. Without an address they are told in the queue only."""

    account_id: UUID
    email: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """An account, its name opened: for those who administer, never for a list of cases."""

    account_id: UUID
    login: str
    name: str = field(repr=False)
    email: str | None = field(repr=False)
    title: str
    active: bool


_COLUMNS: Final = (
    Account.account_id,
    Account.login,
    Account.sealed_name,
    Account.sealed_email,
    Account.title,
    Account.active,
)


class Changes(TypedDict, total=False):
    """What can be changed about an account; what is not named stays."""

    name: str
    email: str | None
    title: str
    active: bool
    password: str | None


async def create_account(
    session: AsyncSession,
    login: str,
    name: str,
    *,
    title: str = "",
    email: str | None = None,
    password: str | None = None,
) -> UUID:
    """Add an account and return its id; without a password it can only be used by token.

    Raises `PersonRefused` when the login is taken or empty, and `PasswordRefused`.
    """
    if not normal(login):
        raise PersonRefused("Ange ett användarnamn.")
    account_id = uuid4()
    made = await session.scalar(
        insert(Account)
        .values(
            account_id=account_id,
            login=normal(login),
            title=title,
            password_hash=None if password is None else await passwords.hashed(password),
            sealed_name=_seal(account_id, "name", name),
            sealed_email=None if email is None else _seal(account_id, "email", email),
        )
        .on_conflict_do_nothing(index_elements=[Account.login])
        .returning(Account.account_id)
    )
    if made is None:
        raise PersonRefused(f"Användarnamnet {normal(login)} är upptaget.")
    return account_id


async def change_account(
    session: AsyncSession, account_id: UUID, **changes: Unpack[Changes]
) -> None:
    """Change an account. A new password, or closing it, ends all its tokens.

    Raises `PasswordRefused`.
    """
    values: dict[str, Any] = {
        key: changes[key] for key in ("title", "active") if key in changes
    }
    if "name" in changes:
        values["sealed_name"] = _seal(account_id, "name", changes["name"])
    if "email" in changes:
        email = changes["email"]
        values["sealed_email"] = None if email is None else _seal(account_id, "email", email)
    if "password" in changes:
        password = changes["password"]
        values["password_hash"] = None if password is None else await passwords.hashed(password)
    if "password" in changes or changes.get("active") is False:
        await tokens.revoke_all(session, account_id)
    if values:
        await session.execute(
            update(Account).where(Account.account_id == account_id).values(values)
        )


async def accounts(session: AsyncSession, *, closed: bool = False) -> list[Person]:
    """List the accounts by login, names and addresses opened; closed ones when asked for."""
    every = select(*_COLUMNS).order_by(Account.login)
    rows = await session.execute(every if closed else every.where(Account.active))
    return [_person(row) for row in rows]


async def person(session: AsyncSession, account_id: UUID) -> Person | None:
    """Return one account, closed ones too."""
    found = await session.execute(select(*_COLUMNS).where(Account.account_id == account_id))
    row = found.one_or_none()
    return None if row is None else _person(row)


async def grant(
    session: AsyncSession, account_id: UUID, role: Role, unit: str | None = None
) -> None:
    """Give somebody a role in a unit, or everywhere; giving it again changes nothing.

    Raises `PersonRefused` when the role is one that needs a unit, or the unit does not exist.
    """
    if unit is None and role not in EVERYWHERE:
        raise PersonRefused(f"Rollen {role} gäller alltid en enhet. Ange vilken.")
    if unit is not None and await unit_of(session, unit) is None:
        raise PersonRefused(f"Enheten {unit} finns inte.")
    await session.execute(
        insert(Membership)
        .values(account_id=account_id, role=role, unit=unit)
        .on_conflict_do_nothing()
    )


async def withdraw(
    session: AsyncSession, account_id: UUID, role: Role, unit: str | None = None
) -> None:
    """Take a role away where it was given: in that unit, or everywhere."""
    await session.execute(
        delete(Membership).where(
            Membership.account_id == account_id,
            Membership.role == role,
            Membership.unit.is_not_distinct_from(unit),
        )
    )


async def memberships(session: AsyncSession, account_id: UUID) -> list[tuple[Role, str | None]]:
    """List the roles of an account and where it has them; None is everywhere."""
    rows = await session.execute(
        select(Membership.role, Membership.unit)
        .where(Membership.account_id == account_id)
        .order_by(Membership.role, Membership.unit)
    )
    return [(Role(role), unit) for role, unit in rows]


async def all_memberships(
    session: AsyncSession,
) -> dict[UUID, list[tuple[Role, str | None]]]:
    """List everybody's roles by account, as `memberships` does for one."""
    rows = await session.execute(
        select(Membership.account_id, Membership.role, Membership.unit).order_by(
            Membership.role, Membership.unit
        )
    )
    found: dict[UUID, list[tuple[Role, str | None]]] = {}
    for account_id, role, unit in rows:
        found.setdefault(account_id, []).append((Role(role), unit))
    return found


async def recipients(session: AsyncSession, role: Role, unit: str) -> list[Recipient]:
    """List who has the role for this unit and an open account: nobody is an alarm."""
    rows = await session.execute(
        select(Account.account_id, Account.sealed_email)
        .join(Membership, Membership.account_id == Account.account_id)
        .where(
            Membership.role == role,
            or_(Membership.unit == unit, Membership.unit.is_(None)),
            Account.active,
        )
        .distinct()
        .order_by(Account.account_id)
    )
    return [Recipient(row.account_id, _email(row.account_id, row.sealed_email)) for row in rows]


async def display_names(session: AsyncSession, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names behind the ids, closed accounts too; unknown ids are left out."""
    rows = await session.execute(
        select(Account.account_id, Account.sealed_name).where(Account.account_id.in_(list(ids)))
    )
    return {row.account_id: _open(row.account_id, "name", row.sealed_name) for row in rows}


def _person(row: Row[*tuple[Any, ...]]) -> Person:
    return Person(
        row.account_id,
        row.login,
        _open(row.account_id, "name", row.sealed_name),
        _email(row.account_id, row.sealed_email),
        row.title,
        row.active,
    )


def _context(account_id: UUID, what: str) -> bytes:
    return f"avvik:account:{what}:".encode() + account_id.bytes


def _seal(account_id: UUID, what: str, words: str) -> bytes:
    return keyring().seal(words.encode(), _context(account_id, what))


def _open(account_id: UUID, what: str, sealed: bytes) -> str:
    return keyring().open(sealed, _context(account_id, what)).decode()


def _email(account_id: UUID, sealed: bytes | None) -> str | None:
    return None if sealed is None else _open(account_id, "email", sealed)


async def is_open(session: AsyncSession, account_id: UUID) -> bool:
    """Tell whether somebody still works here."""
    query = select(Account.active).where(Account.account_id == account_id)
    return bool(await session.scalar(query))


async def address_of(session: AsyncSession, account_id: UUID) -> str | None:
    """Return where an open account is mailed; None where it has no address or is closed."""
    sealed = await session.scalar(
        select(Account.sealed_email).where(Account.account_id == account_id, Account.active)
    )
    return _email(account_id, sealed)


async def title_of(session: AsyncSession, account_id: UUID) -> str:
    """Return the title that somebody has today; empty where there is none."""
    query = select(Account.title).where(Account.account_id == account_id)
    return await session.scalar(query) or ""


async def works_in(session: AsyncSession, account_id: UUID, unit: str) -> bool:
    """Tell whether somebody has a role in just this unit (one held everywhere is no such)."""
    query = select(Membership.membership_id).where(
        Membership.account_id == account_id, Membership.unit == unit
    )
    return await session.scalar(query.limit(1)) is not None
