"""What the three processes share: addresses, lock and key, one way to write facts."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

import asyncpg
import uvloop
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from benchmarks.bare import sql
from benchmarks.bare.facts import Row

DATABASE: Final = os.environ.get("BARE_DATABASE_URL", "")
NATS: Final = os.environ.get("BARE_NATS_URL", "")
KEY: Final = bytes.fromhex(os.environ.get("BARE_KEY", "00" * 32))
STREAM: Final = "BARE"
PREFIX: Final = "bare"


def encrypt(key: bytes, plain: bytes, context: bytes) -> bytes:
    """Lock as the vault does."""
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def decrypt(key: bytes, locked: bytes, context: bytes) -> bytes:
    """Unlock as the vault does."""
    return AESGCM(key).decrypt(locked[:12], locked[12:], context)


async def pool(size: int) -> Any:
    """Connect to the database."""
    settings = {"jit": "off"}
    return await asyncpg.create_pool(
        DATABASE, min_size=size, max_size=size, server_settings=settings
    )


async def record(database: Any, rows: Sequence[Row]) -> None:
    """Write facts and the heads of their cases, and wake the relay."""
    await database.execute(sql.EVENTS, *map(list, zip(*rows, strict=True)))
    heads = {row[1]: row for row in rows}
    last = heads.values()
    await database.execute(
        sql.HEADS, list(heads), [row[2] for row in last], [row[8] for row in last]
    )
    await database.execute(sql.WAKE)


def main(run: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run until SIGTERM."""

    async def whole() -> None:
        stop = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        await run(stop)

    uvloop.run(whole())
