"""Receipt codes: 80 bits on a slip of paper, shown once, kept only as a slow digest."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from infra import clock
from infra.db import transaction
from infra.people import passwords
from infra.tables import ReceiptCode
from infra.vault.fingerprints import our_fingerprints

LIVES: Final = timedelta(days=365)
"""After the last word either way; while its case is open a code never dies.

A year outlives a slow answer and a long illness. A constant, not policy: shorter would take the
answer from somebody who was promised it. Erasing the case's words ends it at once.
"""

LONGEST: Final = 100
"""Characters that are read of what somebody typed."""

_SYMBOLS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O or U, so that nothing is read as something else."""
_LENGTH: Final = 16
_GROUP: Final = 4
_MEANT: Final = str.maketrans("OIL", "011", " -–—\t\r\n\u00a0")
_PURPOSE: Final = "receipt code"
_SALT_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Found:
    """The case that a code leads to, and until when it does so once the case has ended."""

    case_id: UUID
    expires_at: datetime


async def issue(case_id: UUID) -> str:
    """Make a code for a case and return it, the only time it can be seen.

    An earlier one of the same case stops. In a transaction of its own, so that no connection
    is held while the digest is made.
    """
    code = "".join(secrets.choice(_SYMBOLS) for _ in range(_LENGTH))
    kept = {
        "digest": await _digest(code),
        "created_at": clock.now(),
        "expires_at": clock.now() + LIVES,
    }
    async with transaction() as session:
        await session.execute(
            insert(ReceiptCode)
            .values(case_id=case_id, **kept)
            .on_conflict_do_update(index_elements=[ReceiptCode.case_id], set_=kept)
        )
    return "-".join(code[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


async def find(typed: str) -> Found | None:
    """Return where a code leads as somebody typed it; None where it leads nowhere.

    Right, wrong and misspelt take the same work. Raises nothing about the code.
    """
    digest = await _digest(_as_made(typed))
    async with transaction() as session:
        row = (
            await session.execute(
                select(ReceiptCode.case_id, ReceiptCode.expires_at).where(
                    ReceiptCode.digest == digest
                )
            )
        ).one_or_none()
    return None if row is None else Found(row.case_id, row.expires_at)


async def extend(session: AsyncSession, said_at: Mapping[UUID, datetime]) -> None:
    """Let the codes of these cases live on from the moment something was said in each."""
    for case_id, at in sorted(said_at.items()):
        await session.execute(
            update(ReceiptCode)
            .where(ReceiptCode.case_id == case_id)
            .values(expires_at=func.greatest(ReceiptCode.expires_at, at + LIVES))
        )


async def forget_case(session: AsyncSession, case_id: UUID) -> None:
    """Let no code lead to this case any more."""
    await session.execute(delete(ReceiptCode).where(ReceiptCode.case_id == case_id))


def _as_made(typed: str) -> str:
    """Read what somebody typed: small letters, spaces, dashes, and O, I, L for 0, 1, 1."""
    return typed[:LONGEST].upper().translate(_MEANT)


async def _digest(code: str) -> bytes:
    # One salt for all, so that a code is found by one probe of an index; and a secret one, so
    # that a copy of the database alone can't be searched.
    salt = (await our_fingerprints()).digest(_PURPOSE, b"")[:_SALT_BYTES]
    return await passwords.stretched(code.encode("utf-8", "replace"), salt)
