"""Telling whether two contents are the same without keeping either."""

import hmac
import os
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from infra.db import transaction
from infra.tables import Secret
from infra.vault.keyring import KEY_BYTES, keyring

_NAME: Final = "fingerprints"
_NONCE: Final = 12
_CONTEXT: Final = b"avvik:secret:" + _NAME.encode()


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Makes keyed digests: the same for ever, worthless to who has only the database."""

    _secret: bytes = field(repr=False)
    _keys: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    _locks: dict[str, AESGCM] = field(default_factory=dict, repr=False, compare=False)

    def digest(self, purpose: str, data: bytes) -> bytes:
        """Return 32 bytes that are the same for the same purpose and data, and only then."""
        if purpose not in self._keys:
            derived = HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode())
            self._keys[purpose] = derived.derive(self._secret)
        return hmac.digest(self._keys[purpose], data, "sha256")

    def seal(self, purpose: str, plain: bytes) -> bytes:
        """Lock bytes under a key of the purpose's own: the database alone tells nothing."""
        nonce = os.urandom(_NONCE)
        return nonce + self._lock(purpose).encrypt(nonce, plain, None)

    def unseal(self, purpose: str, sealed: bytes) -> bytes:
        """Return what was locked for this purpose. Raises `cryptography`'s `InvalidTag`."""
        return self._lock(purpose).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)

    def _lock(self, purpose: str) -> AESGCM:
        name = f"seal:{purpose}"
        if name not in self._locks:
            self._locks[name] = AESGCM(self.digest(name, b""))
        return self._locks[name]


async def fingerprints(session: AsyncSession) -> Fingerprints:
    """Load the installation's secret, made up the first time anyone asks.

    The secret never changes while the database lives; master keys come and go above it. Call
    once at start, in a transaction of its own: what is kept must have been committed.
    """
    made = keyring().seal(os.urandom(KEY_BYTES), _CONTEXT)
    await session.execute(
        insert(Secret).values(name=_NAME, sealed=made).on_conflict_do_nothing()
    )
    sealed = (await session.scalars(select(Secret.sealed).where(Secret.name == _NAME))).one()
    return Fingerprints(keyring().open(sealed, _CONTEXT))


_ours: list[Fingerprints] = []
"""The installation's own, loaded once."""


async def our_fingerprints() -> Fingerprints:
    """Return the installation's own, loaded at the first use in a transaction of its own."""
    if not _ours:  # the secret must outlive a rollback of whoever asks
        async with transaction() as session:
            _ours.append(await fingerprints(session))
    return _ours[0]


def forget() -> None:
    """Load the secret anew at the next use."""
    _ours.clear()
