"""The master keys: they lock every other key, and never anything a person wrote directly."""

import base64
import binascii
import os
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import SecretStr

from infra.faults import CannotStart
from infra.settings import settings

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
FORMAT: Final = b"\x01"
SEAL: Final = b"avvik:seal"
_WRAPPED_BYTES: Final = NONCE_BYTES + KEY_BYTES + 16
_KEY_ID: Final = re.compile(r"[A-Za-z0-9_.-]{1,40}")


class KeyMissing(Exception):  # noqa: N818 - a state of the installation, not a bug
    """Something is locked under a master key this installation does not have."""


class SealBroken(Exception):  # noqa: N818 - tampering or a mix-up, not a bug
    """The lock does not fit: the bytes were changed, or belong somewhere else."""


def encrypt(key: bytes, plain: bytes, context: bytes) -> bytes:
    """Return nonce and AES-256-GCM ciphertext, bound to the context.

    The nonce is random: each key here locks far fewer than 2^32 things.
    """
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def decrypt(key: bytes, locked: bytes, context: bytes) -> bytes:
    """Undo `encrypt`. Raises `SealBroken` when bytes or context are not the same."""
    try:
        return AESGCM(key).decrypt(locked[:NONCE_BYTES], locked[NONCE_BYTES:], context)
    except (InvalidTag, ValueError) as error:
        raise SealBroken("the lock does not fit") from error


class Keyring:
    """Master keys, newest first: the first locks, all of them open."""

    def __init__(self, keys: dict[str, bytes]) -> None:
        self._keys = dict(keys)
        self.current = next(iter(keys))

    @property
    def key_ids(self) -> tuple[str, ...]:
        """The ids of the keys, newest first."""
        return tuple(self._keys)

    def wrap(self, data_key: bytes, context: bytes) -> tuple[str, bytes]:
        """Lock a data key under the newest master key; return its id and the locked key."""
        return self.current, encrypt(self._keys[self.current], data_key, context)

    def unwrap(self, key_id: str, wrapped: bytes, context: bytes) -> bytes:
        """Open a locked data key. Raises `KeyMissing` or `SealBroken`."""
        if key_id not in self._keys:
            raise KeyMissing(f"master key {key_id!r} is not in the keyring")
        return decrypt(self._keys[key_id], wrapped, context)

    def seal(self, plain: bytes, context: bytes) -> bytes:
        """Lock something small that belongs to no case, under a key of its own.

        The seal begins with the id of its master key (`stamp`) and the locked key, so that
        `reseal` needs to know neither the words nor their context.
        """
        data_key = os.urandom(KEY_BYTES)
        _, wrapped = self.wrap(data_key, SEAL)
        return self.stamp(self.current) + wrapped + encrypt(data_key, plain, context)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Undo `seal`. Raises `KeyMissing` or `SealBroken`."""
        key_id, wrapped, rest = _parts(sealed)
        return decrypt(self.unwrap(key_id, wrapped, SEAL), rest, context)

    def reseal(self, sealed: bytes) -> bytes:
        """Return the same seal under the newest master key; its content is not opened."""
        key_id, wrapped, rest = _parts(sealed)
        _, rewrapped = self.wrap(self.unwrap(key_id, wrapped, SEAL), SEAL)
        return self.stamp(self.current) + rewrapped + rest

    @staticmethod
    def stamp(key_id: str) -> bytes:
        """Return the first bytes of everything sealed under this master key."""
        return FORMAT + bytes([len(key_id)]) + key_id.encode()


def _parts(sealed: bytes) -> tuple[str, bytes, bytes]:
    """Take a seal apart: id of the master key, locked data key, locked content."""
    start = 2 + sealed[1] if len(sealed) > 1 else 0
    end = start + _WRAPPED_BYTES
    if not sealed.startswith(FORMAT) or len(sealed) < end:
        raise SealBroken("not a seal")
    return sealed[2:start].decode("ascii", "replace"), sealed[start:end], sealed[end:]


def new_master_key(day: date) -> str:
    """Make up a master key as a line `id:base64`; the id tells the day it was made."""
    name = f"{day:%Y%m%d}-{os.urandom(2).hex()}"
    return f"{name}:{base64.b64encode(os.urandom(KEY_BYTES)).decode()}"


@cache
def keyring() -> Keyring:
    """Return the keys of this process. Raises `CannotStart`, in words without the key."""
    return Keyring(_parsed(_lines(settings().master_key, settings().master_key_file)))


def _lines(inline: SecretStr | None, file: Path | None) -> list[str]:
    if inline is not None and file is not None:
        raise CannotStart("Ange AVVIK_MASTER_KEY eller AVVIK_MASTER_KEY_FILE, inte båda.")
    if inline is not None:
        text = inline.get_secret_value().replace(",", "\n")
    elif file is not None:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CannotStart(f"Huvudnyckelfilen {file} går inte att läsa.") from error
    else:
        raise CannotStart("AVVIK_MASTER_KEY eller AVVIK_MASTER_KEY_FILE saknas.")
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _parsed(lines: list[str]) -> dict[str, bytes]:
    # The messages count lines instead of quoting them, and no error is chained to them:
    # a key that went wrong is often a key that is nearly right.
    keys: dict[str, bytes] = {}
    for number, line in enumerate(lines, start=1):
        name, _, encoded = line.partition(":")
        if not _KEY_ID.fullmatch(name):
            raise CannotStart(f"Huvudnyckel {number} saknar ett giltigt id. Skriv id:base64.")
        if name in keys:
            raise CannotStart(f"Huvudnyckel {number} har samma id som en tidigare nyckel.")
        try:
            key = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != KEY_BYTES:
            raise CannotStart(f"Huvudnyckel {number} är inte {KEY_BYTES} byte i base64.")
        if key in keys.values():
            raise CannotStart(f"Huvudnyckel {number} är samma nyckel som en tidigare.")
        keys[name] = key
    if not keys:
        raise CannotStart("Huvudnyckeln är tom. Skriv minst en rad id:base64.")
    return keys
