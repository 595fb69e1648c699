"""The servers once, an empty database and an empty stream for each test."""

import asyncio
import tempfile
from pathlib import Path

import asyncpg
import nats
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from infra import db
from infra.settings import settings
from infra.tables import Base
from tests.servers import nats_server, postgres_server


@pytest.fixture(scope="session")
def postgres_url():
    with tempfile.TemporaryDirectory(dir="/tmp") as where, postgres_server(Path(where)) as url:
        yield url


@pytest.fixture(scope="session")
def nats_url():
    with tempfile.TemporaryDirectory(dir="/tmp") as where, nats_server(Path(where)) as server:
        yield server.url


@pytest.fixture(scope="session")
def _schema(postgres_url):
    async def make():
        for _ in range(100):
            try:
                await (await asyncpg.connect(postgres_url)).close()
                break
            except (OSError, asyncpg.CannotConnectNowError):
                await asyncio.sleep(0.05)
        engine = create_async_engine(postgres_url.replace("://", "+asyncpg://", 1))
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        await engine.dispose()

    asyncio.run(make())


@pytest.fixture
async def database(postgres_url, _schema, monkeypatch):
    monkeypatch.setenv("AVVIK_DATABASE_URL", postgres_url)
    settings.cache_clear()
    db.engine.cache_clear()
    async with db.transaction() as session:
        names = ", ".join(table.name for table in Base.metadata.sorted_tables)
        await session.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
    yield postgres_url
    await db.dispose()
    settings.cache_clear()


@pytest.fixture
async def stream(nats_url, monkeypatch):
    """A connection to a server whose streams are gone."""
    monkeypatch.setenv("AVVIK_NATS_URL", nats_url)
    settings.cache_clear()
    connection = await nats.connect(nats_url)
    jetstream = connection.jetstream()
    for found in await jetstream.streams_info():
        await jetstream.delete_stream(found.config.name)
    yield connection
    await connection.close()
    settings.cache_clear()
