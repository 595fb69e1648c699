"""Where everything lies that a person wrote or that names a person, until it is erased."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from infra import driver
from infra.tables import Attached, IvoPack, VaultItem, VaultKey
from infra.vault.case_keys import keys_of, open_key

_KEEP: Final = """
    INSERT INTO vault_item (item_id, case_id, kind, sealed)
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[]) ORDER BY 1
    ON CONFLICT (item_id) DO NOTHING
"""
_READ: Final = """
    SELECT item_id, case_id, kind, sealed, key_id, wrapped
    FROM unnest($1::uuid[], $2::uuid[]) AS asked (item_id, case_id)
    JOIN vault_item USING (item_id, case_id) JOIN vault_key USING (case_id)
"""


@dataclass(frozen=True, slots=True)
class Words:
    """Something a person wrote about a case, and the id under which events refer to it."""

    case_id: UUID
    item_id: UUID
    kind: str
    text: str = field(repr=False)


async def keep_many(session: AsyncSession, items: Sequence[Words]) -> None:
    """Keep words of any number of cases: two statements, three when some cases exist.

    An item that is already kept, or was erased, stays as it is: sending again is safe.
    Half a letter (a lone surrogate) is kept as a question mark: it must not stop the others.
    Raises `CaseErased`, before any item is written, when one of the cases has been erased.
    """
    if not items:
        return
    keys = await keys_of(session, {item.case_id for item in items})
    await driver.execute(
        session,
        _KEEP,
        [item.item_id for item in items],
        [item.case_id for item in items],
        [item.kind for item in items],
        [
            keys[item.case_id].lock(
                item.item_id, item.kind, item.text.encode("utf-8", "replace")
            )
            for item in items
        ],
    )


async def read_many(
    session: AsyncSession, refs: Iterable[tuple[UUID, UUID]]
) -> dict[UUID, str | None]:
    """Return the words under each `(case_id, item_id)`, in one statement; None where erased.

    What was never kept in that case is not in the answer. Raises `SealBroken` when a row has
    been changed or moved, `KeyMissing` when its master key is not in the keyring.
    """
    asked = set(refs)
    if not asked:
        return {}
    case_ids, item_ids = ([pair[n] for pair in asked] for n in (0, 1))
    rows = await driver.fetch(session, _READ, item_ids, case_ids)
    return {
        item_id: None
        if wrapped is None or sealed is None
        else open_key(case_id, key_id, wrapped).unlock(item_id, kind, sealed).decode()
        for item_id, case_id, kind, sealed, key_id, wrapped in rows
    }


async def read(
    session: AsyncSession, case_id: UUID, item_ids: Iterable[UUID]
) -> dict[UUID, str | None]:
    """Return the words of one case; the promises are those of `read_many`."""
    return await read_many(session, ((case_id, item_id) for item_id in item_ids))


async def erase_case(session: AsyncSession, case_id: UUID) -> None:
    """Throw the case's key away and empty every row locked under it, files included.

    Works for a case that has no words yet, and again. Once committed the words are gone from
    the database; old copies in backups and in the server's own log lack a key only when the
    key row has been overwritten there too, so backups must be kept shorter than a promise.
    """
    # The key first: its row lock waits for those who are writing, and then sees their rows.
    erased = {"key_id": None, "wrapped": None, "erased_at": func.now()}
    await session.execute(
        insert(VaultKey)
        .values(case_id=case_id, **erased)
        .on_conflict_do_update(
            index_elements=[VaultKey.case_id], set_=erased, where=VaultKey.erased_at.is_(None)
        )
    )
    await session.execute(
        update(VaultItem).where(VaultItem.case_id == case_id).values(sealed=None)
    )
    await session.execute(
        update(Attached)
        .where(Attached.case_id == case_id)
        .values(sealed=None, sealed_name=None, sha256=None)
    )
    await session.execute(update(IvoPack).where(IvoPack.case_id == case_id).values(sealed=None))


async def erase_item(session: AsyncSession, item_id: UUID) -> None:
    """Empty one item. The case's key lives on, so a backup still holds the words."""
    await session.execute(
        update(VaultItem).where(VaultItem.item_id == item_id).values(sealed=None)
    )
