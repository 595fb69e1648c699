"""The engine, and the one transaction each request, message or tick gets."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

import orjson
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from infra.faults import CannotStart
from infra.settings import settings


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def address() -> str:
    """Return where the database is, without a driver's name in it.

    Raises `CannotStart` when no database is configured.
    """
    url = settings().database_url
    if url is None:
        raise CannotStart("AVVIK_DATABASE_URL saknas. Ange den eller starta med `avvik up`.")
    return str(url).replace("postgresql+asyncpg://", "postgresql://", 1)


@cache
def engine() -> AsyncEngine:
    """Return the engine of this process, made on first use; raises as `address` does."""
    return create_async_engine(
        address().replace("postgresql://", "postgresql+asyncpg://", 1),
        pool_size=10,
        max_overflow=6,
        hide_parameters=True,  # an error's text would quote what was to be stored
        json_serializer=_json,
        json_deserializer=orjson.loads,
        connect_args={"server_settings": {"application_name": "avvik", "jit": "off"}},
    )


@asynccontextmanager
async def transaction() -> AsyncIterator[AsyncSession]:
    """Open a session that commits if the block ends well and rolls back if it does not."""
    async with AsyncSession(engine(), expire_on_commit=False) as session, session.begin():
        yield session


@asynccontextmanager
async def snapshot() -> AsyncIterator[AsyncSession]:
    """Open a session that sees the database as of one moment and can write nothing."""
    still = engine().execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )
    async with AsyncSession(still) as session, session.begin():
        yield session


async def dispose() -> None:
    """Close the connections of this process; the next use opens new ones."""
    if engine.cache_info().currsize:
        await engine().dispose()
    engine.cache_clear()
