"""Work that outlasts an absence of the database."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from sqlalchemy import text

from infra.absence import absent
from infra.db import engine
from infra.outage import Outage

T = TypeVar("T")

STALE: Final = 3
"""Failures in a row that may come from connections older than the database's return."""


async def lasting(work: Callable[[], Awaitable[T]]) -> T:
    """Do the work; a failure while the database is away does not count, it is waited out.

    Otherwise an outage of half an hour would put every fact of that time in quarantine.
    """
    outage = Outage("database")
    stale = 0
    while True:
        try:
            return await work()
        except Exception as error:
            if await _database_answers():
                stale += 1
                if absent(error) and stale <= STALE:  # it was away and is back already
                    continue
                raise
            await asyncio.sleep(outage.failed(error))
            while not await _database_answers():  # noqa: ASYNC110 - nobody tells us
                await asyncio.sleep(outage.failed(error))
            outage.over()


async def _database_answers() -> bool:
    try:
        async with asyncio.timeout(5), engine().connect() as connection:
            await connection.execute(text("SELECT 1"))
    except Exception:  # noqa: BLE001 - why it does not answer makes no difference
        return False
    return True
