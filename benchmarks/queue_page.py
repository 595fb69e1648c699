"""How long a page of the queue takes, with ten hundred, a hundred thousand, a million cases.

Two hundred units; one of them, `stor`, has a fifth of all open cases. Calls go through
SQLAlchemy as the web makes them, one after the other, four kinds in turn: a unit's first page,
a page deep in the large unit's queue, every unit's first page, ten units at once.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import quantiles
from time import perf_counter
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from benchmarks.product import Product
from services.migrate import migrate_at
from services.queue import Wanted, page

SIZES: Final = (1_000, 100_000, 1_000_000)
_DEEP: Final = 40

_FILL: Final = text("""
    INSERT INTO read.case_index (case_id, report_id, number, case_type, unit, phase, open,
        suggested_category, reporter, received_at, due_at, overdue, priority, flags, tracks,
        passed_to)
    SELECT gen_random_uuid(), gen_random_uuid(), 'AVV-2026-' || n, 'deviation',
           CASE WHEN n % 5 = 0 AND n % 10 < 3 THEN 'stor' ELSE 'enhet-' || n * 7919 % 200 END,
           CASE WHEN n % 10 < 3 THEN 'received' ELSE 'closed' END, n % 10 < 3,
           'omsorg', gen_random_uuid(), now() - n * interval '1 minute',
           now() + (n * 31 % 20000 - 4000) * interval '1 minute', n * 31 % 20000 < 4000,
           -(n % 17) - CASE WHEN n * 31 % 20000 < 4000 THEN 100 ELSE 0 END,
           '{reporter_waits}', '{sol}', '{}'
    FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS n
""")


def measure(
    product: Product, *, calls: int, sizes: tuple[int, ...] = SIZES
) -> dict[str, float]:
    """Return the 99th percentile in ms for each size."""
    return asyncio.run(_measure(product.record.database_url, calls, sizes))


async def _measure(beside: str, calls: int, sizes: tuple[int, ...]) -> dict[str, float]:
    found: dict[str, float] = {}
    async with _database(beside) as engine:
        have = 0
        for size in sizes:
            async with engine.begin() as connection:
                await connection.execute(_FILL, {"first": have + 1, "last": size})
            async with engine.connect() as connection:
                free = await connection.execution_options(isolation_level="AUTOCOMMIT")
                await free.execute(text("VACUUM ANALYZE read.case_index"))
            have = size
            found[str(size)] = round(quantiles(await _times(engine, calls), n=100)[98], 2)
    return found


async def _times(engine: AsyncEngine, calls: int) -> list[float]:
    chance = random.Random(1)  # noqa: S311 - no secret
    deep = await _deep(engine)
    took: list[float] = []
    for n in range(calls + 8):
        some = [f"enhet-{chance.randrange(200)}" for _ in range(10)]
        kinds = ((some[:1], None), (["stor"], deep), (None, None), (some, None))
        units, cursor = kinds[n % 4]
        start = perf_counter()
        async with AsyncSession(engine) as session:
            await page(session, Wanted(units=units), cursor)
        took.append((perf_counter() - start) * 1000)
    return took[8:]  # the first ones prepare their statements


async def _deep(engine: AsyncEngine) -> str | None:
    cursor: str | None = None
    async with AsyncSession(engine) as session:
        for _ in range(_DEEP):
            cursor = (await page(session, Wanted(units=["stor"]), cursor)).next or cursor
    return cursor


@asynccontextmanager
async def _database(beside: str) -> AsyncIterator[AsyncEngine]:
    admin = create_async_engine(beside, isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text("CREATE DATABASE queue"))
        engine = create_async_engine(f"{beside.rsplit('/', 1)[0]}/queue")
        await migrate_at(engine)
        yield engine
        await engine.dispose()
        await connection.execute(text("DROP DATABASE queue"))
    await admin.dispose()
