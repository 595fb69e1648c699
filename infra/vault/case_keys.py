"""The data key of each case: made once, opened for one transaction, thrown away for ever."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from infra import driver
from infra.vault.keyring import KEY_BYTES, decrypt, encrypt, keyring

# One parameter per column, whatever the number of rows: the statement is prepared once.
# Sorted by case, so that two transactions with the same cases queue instead of deadlocking.
_MAKE: Final = """
    INSERT INTO vault_key (case_id, key_id, wrapped)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[]) ORDER BY 1
    ON CONFLICT (case_id) DO NOTHING
    RETURNING case_id
"""
# FOR SHARE lets writers of one case pass each other and makes an erasure wait for them.
_OPEN: Final = """
    SELECT case_id, key_id, wrapped FROM vault_key
    WHERE case_id = ANY($1::uuid[]) ORDER BY case_id FOR SHARE
"""


class CaseErased(Exception):  # noqa: N818 - an answer, not a bug
    """These cases have been erased; nothing more can be kept about them."""

    def __init__(self, case_ids: frozenset[UUID]) -> None:
        super().__init__("Ärendets uppgifter är raderade. Inget nytt kan sparas i det.")
        self.case_ids = case_ids


@dataclass(frozen=True, slots=True)
class CaseKey:
    """The open data key of one case. Keep it no longer than the transaction it came from."""

    case_id: UUID
    _key: bytes = field(repr=False)

    def lock(self, item_id: UUID, kind: str, plain: bytes) -> bytes:
        """Encrypt, bound to this case, this item and this kind."""
        return encrypt(self._key, plain, self._context(item_id, kind))

    def unlock(self, item_id: UUID, kind: str, locked: bytes) -> bytes:
        """Decrypt. Raises `SealBroken` when any of the four is not what it was."""
        return decrypt(self._key, locked, self._context(item_id, kind))

    def _context(self, item_id: UUID, kind: str) -> bytes:
        return self.case_id.bytes + item_id.bytes + kind.encode()


def key_context(case_id: UUID) -> bytes:
    """Return what the wrapped data key of this case is bound to."""
    return b"avvik:case:" + case_id.bytes


def open_key(case_id: UUID, key_id: str, wrapped: bytes) -> CaseKey:
    """Open a locked data key from its row. Raises `KeyMissing` or `SealBroken`."""
    return CaseKey(case_id, keyring().unwrap(key_id, wrapped, key_context(case_id)))


async def keys_of(session: AsyncSession, case_ids: Iterable[UUID]) -> dict[UUID, CaseKey]:
    """Return the data key of each case, made where it has none.

    One statement when all cases are new, two when some are not; never a cache, so that no
    process remembers the key of an erased case. Raises `CaseErased`.
    """
    made = {case_id: os.urandom(KEY_BYTES) for case_id in case_ids}
    if not made:
        return {}
    wraps = [keyring().wrap(key, key_context(case_id)) for case_id, key in made.items()]
    key_ids, wrapped = ([wrap[n] for wrap in wraps] for n in (0, 1))
    rows = await driver.fetch(session, _MAKE, list(made), key_ids, wrapped)
    keys = {row[0]: CaseKey(row[0], made[row[0]]) for row in rows}
    if len(keys) < len(made):
        keys |= await _existing(session, made.keys() - keys.keys())
    return keys


async def _existing(session: AsyncSession, case_ids: set[UUID]) -> dict[UUID, CaseKey]:
    rows = await driver.fetch(session, _OPEN, list(case_ids))
    if erased := frozenset(case_id for case_id, _, wrapped in rows if wrapped is None):
        raise CaseErased(erased)
    return {case_id: open_key(case_id, key_id, wrapped) for case_id, key_id, wrapped in rows}
