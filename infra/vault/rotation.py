"""Moving everything from old master keys to the newest, so that an old one may go."""

from collections import Counter
from typing import Final

from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    Table,
    bindparam,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from infra.tables import Base
from infra.vault.case_keys import key_context
from infra.vault.keyring import keyring

_KEYS: Final = Base.metadata.tables["vault_key"]

SEALED: Final = (
    ("secret", "sealed"),
    ("account", "sealed_name"),
    ("account", "sealed_email"),
    ("quarantine", "sealed"),
    ("envelope_key", "sealed"),
)
"""Every column that `Keyring.seal` fills. Files and words hang under their case's key."""


async def rotate(session: AsyncSession, limit: int) -> int:
    """Move at most `limit` rows to the newest master key; return how many were moved.

    Rows that somebody is writing are passed over: 0 means run `in_use` and see, not done.
    Rows under a key that is not in the keyring stay where they are.
    """
    if len(keyring().key_ids) == 1:
        return 0
    moved = await _rewrap(session, limit)
    for table, column in SEALED:
        if moved < limit:
            moved += await _reseal(session, Base.metadata.tables[table], column, limit - moved)
    return moved


async def in_use(session: AsyncSession) -> dict[str, int]:
    """Count what is locked under each master key: a key that is not in the answer may go."""
    counts: Counter[str] = Counter()
    keys = select(_KEYS.c.key_id, func.count()).where(_KEYS.c.key_id.is_not(None))
    for key_id, rows in await session.execute(keys.group_by(_KEYS.c.key_id)):
        counts[key_id] += rows
    for table, column in SEALED:
        sealed = Base.metadata.tables[table].c[column]
        name = func.substr(sealed, 3, func.get_byte(sealed, 1), type_=LargeBinary())
        seals = select(name, func.count()).where(sealed.is_not(None))
        for stamped, rows in await session.execute(seals.group_by(name)):
            counts[stamped.decode()] += rows
    return dict(counts)


async def still_under(session: AsyncSession, key_id: str) -> int:
    """Count what would be lost if this master key went away now."""
    return (await in_use(session)).get(key_id, 0)


async def _rewrap(session: AsyncSession, limit: int) -> int:
    rows = await session.execute(
        select(_KEYS.c.case_id, _KEYS.c.key_id, _KEYS.c.wrapped)
        .where(_KEYS.c.key_id.in_(keyring().key_ids[1:]))
        .order_by(_KEYS.c.case_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    changes = []
    for case_id, key_id, wrapped in rows:
        context = key_context(case_id)
        new_id, rewrapped = keyring().wrap(keyring().unwrap(key_id, wrapped, context), context)
        changes.append({"row": case_id, "key": new_id, "rewrapped": rewrapped})
    if changes:
        await session.execute(
            update(_KEYS)
            .where(_KEYS.c.case_id == bindparam("row"))
            .values(key_id=bindparam("key"), wrapped=bindparam("rewrapped")),
            changes,
        )
    return len(changes)


async def _reseal(session: AsyncSession, table: Table, column: str, limit: int) -> int:
    (key,) = table.primary_key
    sealed = table.c[column]
    rows = await session.execute(
        select(key, sealed)
        .where(or_(*(_under(sealed, key_id) for key_id in keyring().key_ids[1:])))
        .order_by(key)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    changes = [{"row": row, "resealed": keyring().reseal(was)} for row, was in rows]
    if changes:
        await session.execute(
            update(table)
            .where(key == bindparam("row"))
            .values({column: bindparam("resealed")}),
            changes,
        )
    return len(changes)


def _under(sealed: ColumnElement[bytes], key_id: str) -> ColumnElement[bool]:
    stamp = keyring().stamp(key_id)
    return func.substr(sealed, 1, len(stamp), type_=LargeBinary()) == literal(
        stamp, LargeBinary()
    )
