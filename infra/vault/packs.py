"""The packs of a notification: added, read, never changed."""

import asyncio
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from infra.tables import IvoPack, VaultKey
from infra.vault.case_keys import keys_of, open_key

_KIND: Final = "ivo_pack"


@dataclass(frozen=True, slots=True)
class KeptPack:
    """A version of a pack; `digest` is the SHA-256, in hex, of its manifest."""

    version_number: int
    digest: str
    content: bytes = field(repr=False)


async def keep(session: AsyncSession, case_id: UUID, pack: KeptPack) -> None:
    """Keep a version. Raises `CaseErased`, and the database refuses a version taken."""
    pack_id = _id(case_id, pack.version_number)
    key = (await keys_of(session, [case_id]))[case_id]
    sealed = await asyncio.to_thread(key.lock, pack_id, _KIND, pack.content)
    await session.execute(
        insert(IvoPack).values(
            pack_id=pack_id,
            case_id=case_id,
            version_number=pack.version_number,
            digest=pack.digest,
            sealed=sealed,
        )
    )


async def read(session: AsyncSession, case_id: UUID, version_number: int) -> KeptPack | None:
    """Return a version; None where there is none, or it is erased. Raises `SealBroken`."""
    row = (
        await session.execute(
            select(IvoPack.digest, IvoPack.sealed, VaultKey.key_id, VaultKey.wrapped)
            .join(VaultKey, VaultKey.case_id == IvoPack.case_id)
            .where(IvoPack.case_id == case_id, IvoPack.version_number == version_number)
        )
    ).one_or_none()
    if row is None or row.sealed is None or row.wrapped is None or row.key_id is None:
        return None
    key = open_key(case_id, row.key_id, row.wrapped)
    pack_id = _id(case_id, version_number)
    content = await asyncio.to_thread(key.unlock, pack_id, _KIND, row.sealed)
    return KeptPack(version_number, row.digest, content)


def _id(case_id: UUID, version_number: int) -> UUID:
    return uuid5(case_id, f"{_KIND} {version_number}")
