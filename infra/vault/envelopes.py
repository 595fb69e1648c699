"""Envelopes: what a phone locks for us alone, and keeps until we have answered.

A report is locked under a key of its own (AES-256-GCM, bound to the report's id), and that key
under our public one (RSA-OAEP with SHA-256). A phone may come with a report it locked months
ago, so a pair of keys is never thrown away.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from infra import clock
from infra.db import transaction
from infra.tables import EnvelopeKey
from infra.vault.keyring import keyring

_BITS: Final = 3072
_FRESH: Final = timedelta(minutes=1)
_OAEP: Final = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


class EnvelopeBroken(Exception):  # noqa: N818 - an answer to a phone, not a bug
    """It does not open: locked with a key we never had, damaged, or meant for another id."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What phones lock with: the key's id, and the key as SPKI in DER."""

    kid: str
    public: bytes


@dataclass(frozen=True, slots=True)
class Locked:
    """Something locked under the envelope's key; `name` tells it from the others in there."""

    name: str
    iv: bytes
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope as it came: the locked key, and everything that is locked under it."""

    kid: str
    key: bytes = field(repr=False)
    parts: Sequence[Locked]


_newest: list[tuple[PublicKey, datetime]] = []


def forget() -> None:
    """Ask the database anew at the next use."""
    _newest.clear()


async def newest() -> PublicKey:
    """Return the key to lock with; the first one is made when anybody asks.

    In transactions of its own: a key that phones have been given must outlive a rollback.
    """
    if _newest and clock.now() - _newest[0][1] < _FRESH:
        return _newest[0][0]
    async with transaction() as session:
        found = await _look(session)
    key = found or await renew()
    _newest[:] = [(key, clock.now())]
    return key


async def renew() -> PublicKey:
    """Make the next pair of keys; of processes that do it at once, one makes it for all."""
    async with transaction() as session:
        count = await session.scalar(select(func.count()).select_from(EnvelopeKey)) or 0
    kid = f"k{count + 1}"
    public, private = await asyncio.to_thread(_make)
    async with transaction() as session:
        await session.execute(
            insert(EnvelopeKey)
            .values(
                kid=kid,
                public=public,
                sealed=keyring().seal(private, _context(kid)),
                created_at=clock.now(),
            )
            .on_conflict_do_nothing()
        )
        row = (await session.scalars(select(EnvelopeKey).filter_by(kid=kid))).one()
        forget()
        return PublicKey(row.kid, row.public)


async def open_envelope(envelope: Envelope, bound_to: str) -> list[bytes]:
    """Return what each part says, in order.

    `bound_to` is the report's id as the phone wrote it. Raises `EnvelopeBroken`.
    """
    async with transaction() as session:
        query = select(EnvelopeKey.sealed).where(EnvelopeKey.kid == envelope.kid)
        sealed = await session.scalar(query)
    if sealed is None:
        raise EnvelopeBroken("unknown key")
    # A thread: the private operation takes milliseconds that others need.
    return await asyncio.to_thread(_opened, envelope, sealed, bound_to)


async def _look(session: AsyncSession) -> PublicKey | None:
    row = await session.scalar(
        select(EnvelopeKey).order_by(EnvelopeKey.created_at.desc(), EnvelopeKey.kid).limit(1)
    )
    return PublicKey(row.kid, row.public) if row else None


def _context(kid: str) -> bytes:
    return b"avvik:envelope:" + kid.encode()


def _make() -> tuple[bytes, bytes]:
    pair = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    public = pair.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    private = pair.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return public, private


@lru_cache(maxsize=8)
def _private(kid: str, sealed: bytes) -> rsa.RSAPrivateKey:
    opened = load_der_private_key(keyring().open(sealed, _context(kid)), None)
    assert isinstance(opened, rsa.RSAPrivateKey)  # noqa: S101 - we made it
    return opened


def _opened(envelope: Envelope, sealed: bytes, bound_to: str) -> list[bytes]:
    private = _private(envelope.kid, sealed)
    try:
        one = AESGCM(private.decrypt(envelope.key, _OAEP))
        return [
            one.decrypt(it.iv, it.data, f"{bound_to}{it.name}".encode())
            for it in envelope.parts
        ]
    except (ValueError, InvalidTag) as error:
        raise EnvelopeBroken("the lock does not fit") from error
