"""Passwords: stretched with Argon2id, in threads of their own, never more than two at once."""

import asyncio
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Final

from argon2 import PasswordHasher, low_level
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 12
LONGEST: Final = 200

_HASHER: Final = PasswordHasher()
# Each hash takes 64 MiB and tens of milliseconds: a storm of logins must queue here, not
# take the memory and the processors from those who are already in.
_THREADS: Final = ThreadPoolExecutor(max_workers=2, thread_name_prefix="password")


class PasswordRefused(Exception):  # noqa: N818 - an answer to a person, not a bug
    """The password can't be chosen; the message says why."""


async def hashed(password: str) -> str:
    """Return what to keep of a newly chosen password. Raises `PasswordRefused`."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordRefused(f"Lösenordet ska ha mellan {SHORTEST} och {LONGEST} tecken.")
    return await rehashed(password)


async def rehashed(password: str) -> str:
    """Return what to keep of a password that already is somebody's, however short."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_THREADS, _HASHER.hash, _bytes(password))


async def matches(kept: str | None, password: str) -> bool:
    """Tell whether the password is the one that was chosen.

    Without anything kept the answer is no, after the same work as otherwise: the time does
    not tell which logins exist.
    """
    loop = asyncio.get_running_loop()
    tried = _bytes(password[: LONGEST + 1])
    return await loop.run_in_executor(_THREADS, _verified, kept, tried)


async def stretched(secret: bytes, salt: bytes) -> bytes:
    """Return 32 bytes that take a password's work to find, the same for the same two.

    The parameters are pinned: what is found by its digest is lost when they change.
    """
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_THREADS, _stretched, secret, salt)


def is_outdated(kept: str) -> bool:
    """Tell whether the parameters have changed since this password was hashed."""
    return _HASHER.check_needs_rehash(kept)


@cache
def _decoy() -> str:
    return _HASHER.hash("nobody chose this")


def _bytes(password: str) -> bytes:
    # One keyboard sends å as one letter, another as a and a ring.
    return unicodedata.normalize("NFC", password).encode("utf-8", "replace")


def _stretched(secret: bytes, salt: bytes) -> bytes:
    return low_level.hash_secret_raw(
        secret,
        salt,
        time_cost=3,
        memory_cost=64 * 1024,
        parallelism=4,
        hash_len=32,
        type=low_level.Type.ID,
    )


def _verified(kept: str | None, password: bytes) -> bool:
    # The decoy is made before anyone is looked at, so that the first unknown login of a
    # process does not take twice the time.
    decoy = _decoy()
    try:
        _HASHER.verify(decoy if kept is None else kept, password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None
