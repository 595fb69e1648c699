"""The keys people and systems carry: made, shown once, revoked."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from infra.tables import ApiToken

PREFIX: Final = "avk_"
"""So that scanners of code and logs recognise a token that went astray."""
_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Token:
    """What there is to show of a token: everything but itself."""

    token_id: UUID
    name: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


def digest_of(token: str) -> bytes:
    """Return the form in which a token is kept.

    SHA-256 without salt or stretching is right here and wrong for passwords: 256 random bits
    can't be guessed, however fast the guessing goes.
    """
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


async def issue(
    session: AsyncSession,
    account_id: UUID,
    name: str,
    *,
    lives: timedelta | None = None,
    token_id: UUID | None = None,
) -> str:
    """Make a token for an account and return it, the only time it can be seen.

    Lives until revoked unless told otherwise, under an id of its own unless one is given.
    Tokens of the account that ran out are removed.
    """
    token = PREFIX + secrets.token_urlsafe(_BYTES)
    await session.execute(
        delete(ApiToken).where(
            ApiToken.account_id == account_id, ApiToken.expires_at < func.now()
        )
    )
    await session.execute(
        insert(ApiToken).values(
            token_id=token_id or uuid4(),
            account_id=account_id,
            digest=digest_of(token),
            name=name,
            expires_at=None if lives is None else func.now() + lives,
        )
    )
    return token


async def revoke(session: AsyncSession, token_id: UUID) -> UUID | None:
    """End one token and return whose it was; None for one that was not in use.

    `identity` says within how many seconds every process knows.
    """
    owner: UUID | None = await session.scalar(
        update(ApiToken)
        .where(ApiToken.token_id == token_id, ApiToken.revoked_at.is_(None))
        .values(revoked_at=func.now())
        .returning(ApiToken.account_id)
    )
    return owner


async def revoke_this(session: AsyncSession, token: str) -> None:
    """End the token somebody holds: what logging out does."""
    await session.execute(
        update(ApiToken)
        .where(ApiToken.digest == digest_of(token), ApiToken.revoked_at.is_(None))
        .values(revoked_at=func.now())
    )


async def revoke_all(session: AsyncSession, account_id: UUID) -> None:
    """End every token of an account."""
    await session.execute(
        update(ApiToken)
        .where(ApiToken.account_id == account_id, ApiToken.revoked_at.is_(None))
        .values(revoked_at=func.now())
    )


async def tokens_of(session: AsyncSession, account_id: UUID) -> list[Token]:
    """List an account's tokens, newest first."""
    rows = await session.execute(
        select(
            ApiToken.token_id,
            ApiToken.name,
            ApiToken.created_at,
            ApiToken.expires_at,
            ApiToken.revoked_at,
        )
        .where(ApiToken.account_id == account_id)
        .order_by(ApiToken.created_at.desc(), ApiToken.token_id)
    )
    return [Token(*row) for row in rows]
