"""Logging in: slow for who guesses, a token for who knows."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from math import ceil
from typing import Final
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from infra.people import passwords, tokens
from infra.tables import Account, LoginFailure

MOST_FAILURES: Final = 5
COUNTED_FOR: Final = timedelta(minutes=15)
SESSION_LIVES: Final = timedelta(hours=12)


class Why(StrEnum):
    """Why somebody was not let in."""

    WRONG = "wrong"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class LoginRefused:
    """A no, in words for the person; `retry_after` is in seconds."""

    code: Why
    message: str
    retry_after: int = 0


async def login(session: AsyncSession, login: str, password: str) -> str | LoginRefused:
    """Return a token that lives for twelve hours, or the reason why not.

    A refusal is returned, not raised, because the failure it has written must be committed:
    commit in both cases. Five failures for a login in fifteen minutes close it until the
    first of them is that old; the count lies in the database, so all processes agree.
    Says the same, in the same time, for unknown logins, closed accounts and wrong passwords.
    """
    name = normal(login)
    digest = hashlib.sha256(name.encode()).digest()
    wait = await _seconds_to_wait(session, digest)
    if wait:
        message = f"För många försök. Vänta {_span(wait)} och försök igen."
        return LoginRefused(Why.TOO_MANY, message, wait)
    account = (
        await session.execute(
            select(Account.account_id, Account.password_hash).where(
                Account.login == name, Account.active
            )
        )
    ).one_or_none()
    kept = None if account is None else account.password_hash
    if not await passwords.matches(kept, password) or account is None:
        await _remember_failure(session, digest)
        return LoginRefused(Why.WRONG, "Fel användarnamn eller lösenord.")
    await session.execute(delete(LoginFailure).where(LoginFailure.login_digest == digest))
    await _keep_up_to_date(session, account.account_id, kept, password)
    return await tokens.issue(session, account.account_id, "login", lives=SESSION_LIVES)


def normal(login: str) -> str:
    """Return a login as it is kept: people write it with capitals and stray spaces.

    What the database can't take as text (NUL, half a letter) becomes a question mark.
    """
    clean = unicodedata.normalize("NFC", login.strip()).casefold()
    return "".join(letter if letter.isprintable() else "?" for letter in clean)


def _span(seconds: int) -> str:
    if seconds < 60:  # noqa: PLR2004 - seconds in a minute
        return "en sekund" if seconds == 1 else f"{seconds} sekunder"
    minutes = ceil(seconds / 60)
    return f"{minutes} minut" + ("er" if minutes > 1 else "")


async def _seconds_to_wait(session: AsyncSession, digest: bytes) -> int:
    # One attempt at a time per login, or a hundred at once would all come before the first
    # failure is written. Not waiting for the lock: waiters would hold all connections.
    key = int.from_bytes(digest[:8], signed=True)
    if not await session.scalar(select(func.pg_try_advisory_xact_lock(key))):
        return 1
    failures = select(LoginFailure.at).where(
        LoginFailure.login_digest == digest, LoginFailure.at > func.now() - COUNTED_FOR
    )
    latest = failures.order_by(LoginFailure.at.desc()).limit(MOST_FAILURES).subquery()
    opens = func.min(latest.c.at) + COUNTED_FOR
    count, seconds = (
        await session.execute(
            select(
                func.count(), func.ceil(func.extract("epoch", opens - func.now()))
            ).select_from(latest)
        )
    ).one()
    return max(1, int(seconds)) if count >= MOST_FAILURES else 0


async def _remember_failure(session: AsyncSession, digest: bytes) -> None:
    await session.execute(insert(LoginFailure).values(login_digest=digest))
    old = select(LoginFailure.failure_id).where(LoginFailure.at < func.now() - COUNTED_FOR)
    await session.execute(
        delete(LoginFailure).where(
            LoginFailure.failure_id.in_(old.limit(100).with_for_update(skip_locked=True))
        )
    )


async def _keep_up_to_date(
    session: AsyncSession, account_id: UUID, kept: str | None, password: str
) -> None:
    if kept is not None and passwords.is_outdated(kept):
        await session.execute(
            update(Account)
            .where(Account.account_id == account_id)
            .values(password_hash=await passwords.rehashed(password))
        )
