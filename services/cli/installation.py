"""Lets a command use the servers that `avvik up` started, when no others are named."""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import asyncpg
from sqlalchemy.exc import DBAPIError

from infra import db, log
from infra.absence import absent
from infra.faults import CannotStart
from infra.settings import settings
from infra.vault import keyring

T = TypeVar("T")


def in_installation(name: str, work: Callable[[], Awaitable[T]]) -> T:
    """Do the work against this installation's servers.

    Those in AVVIK_DATABASE_URL and AVVIK_NATS_URL, or else those of the `avvik up` or
    `avvik demo` that runs on the data directory. Raises `CannotStart` when there are none.
    """
    _find()
    log.configure(name, quiet=True)

    async def whole() -> T:
        try:
            return await work()
        finally:
            await db.dispose()

    try:
        return asyncio.run(whole())
    except BrokenPipeError:  # whoever read our lines has read enough
        raise
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, DBAPIError) as error:
        if absent(error):
            raise CannotStart(
                "PostgreSQL svarar inte. Kontrollera AVVIK_DATABASE_URL eller starta avvik."
            ) from error
        raise


def _find() -> None:
    if settings().database_url is not None:
        return
    place = settings().data_dir
    try:
        told: dict[str, Any] = json.loads((place / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise CannotStart(
            f"Ingen Avvik kör på datakatalogen {place}. Starta `avvik up`, "
            "eller ange AVVIK_DATABASE_URL och AVVIK_NATS_URL."
        ) from None
    os.environ["AVVIK_DATABASE_URL"] = told["database_url"]
    os.environ.setdefault("AVVIK_NATS_URL", told["nats_url"])
    if "AVVIK_MASTER_KEY" not in os.environ:
        os.environ.setdefault("AVVIK_MASTER_KEY_FILE", str(place / "master.key"))
    settings.cache_clear()
    keyring.keyring.cache_clear()
