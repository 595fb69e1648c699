"""What every test may ask for: real servers, an empty database, an empty stream."""

import asyncio
import os
import shutil
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from time import monotonic_ns

import asyncpg
import nats
import pytest
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from infra import db, settings
from infra.embedded.nats import Nats
from infra.embedded.postgres import Postgres
from infra.vault import keyring
from services import caches
from services.demo.seed import ensure_demo
from services.migrate import migrate_at
from tests.browser import find_chromium
from tests.people import town  # noqa: F401 - a fixture for all
from tests.quick_disk import use_memory
from tests.servers import apart, running, temporary_data_dir, until

use_memory()

BROWSER = "tests/browser/"
LONG = frozenset(
    {"test_chaos", "test_privacy", "test_journey", "test_complaint_journey", "test_mail"}
)
_COLLECTED_LATE = "ignore::pytest.PytestUnraisableExceptionWarning"
OLD_KEY = "old:" + b64encode(bytes(range(32))).decode()
NEW_KEY = "new:" + b64encode(bytes(range(32, 64))).decode()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # What takes longest comes first, lest one process works on it when the others are done.
    # Browsers come last: Playwright keeps a loop of its own running in the thread, and then no
    # other may run there.
    items.sort(key=lambda it: (it.nodeid.startswith(BROWSER), it.path.stem not in LONG))
    for item in items:
        if item.nodeid.startswith(BROWSER):
            # The first of them waits for the whole product to start.
            item.add_marker(pytest.mark.timeout(400))
            # What another test left behind is collected whenever it is; a page's own faults are
            # heard in its console.
            item.add_marker(pytest.mark.filterwarnings(_COLLECTED_LATE))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.getreports("skipped")
    count = sum(it.nodeid.startswith(BROWSER) for it in skipped)
    if count:
        tests = "test" if count == 1 else "tests"
        terminalreporter.section("browser", red=True, bold=True)
        says = f"NOT RUN: {count} browser {tests}, because there is no Chromium."
        terminalreporter.line(f"{says} {find_chromium.HOW}.")


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A data directory of the test's own, prepared and empty."""
    with temporary_data_dir() as path:
        yield path


@pytest.fixture(scope="session")
def servers_dir() -> Iterator[Path]:
    with temporary_data_dir() as path:
        yield path


@pytest.fixture(scope="session")
def postgres_url(servers_dir: Path) -> Iterator[str]:
    """The address, for SQLAlchemy, of a PostgreSQL this test process has to itself."""
    server = Postgres(servers_dir)
    with running(server):
        yield server.url


@pytest.fixture(scope="session")
def nats_url(servers_dir: Path) -> Iterator[str]:
    """The address of a NATS with JetStream this test process has to itself."""
    server = Nats(servers_dir)
    with running(server):
        yield server.url


@pytest.fixture(scope="session")
def pattern(postgres_url: str) -> str:
    """The name of a migrated, empty database that others are copied from."""
    name = "pattern"

    async def make() -> None:
        admin = await asyncpg.connect(_plain(postgres_url))
        await admin.execute(f"CREATE DATABASE {name}")
        await admin.close()
        engine = create_async_engine(_named(postgres_url, name))
        await migrate_at(engine)
        await engine.dispose()

    asyncio.run(make())
    return name


@pytest.fixture(scope="session")
def norrviks_pattern(
    postgres_url: str, pattern: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    """The name of a database with Norrvik in it, and the directory with its logins."""
    name = "norrvik"
    place = tmp_path_factory.mktemp(name)

    async def make() -> None:
        admin = await asyncpg.connect(_plain(postgres_url))
        await admin.execute(f"CREATE DATABASE {name} TEMPLATE {pattern} STRATEGY file_copy")
        await admin.close()
        await ensure_demo(place)
        await db.dispose()

    with pytest.MonkeyPatch.context() as here:
        here.setenv("AVVIK_DATABASE_URL", _named(postgres_url, name))
        here.setenv("AVVIK_MASTER_KEY", OLD_KEY)
        _forget()
        apart(make())
    _forget()
    return name, place


@pytest.fixture
async def database(postgres_url, pattern, monkeypatch, request):
    """Give the test a database with every table and a keyring with one key.

    It is empty, but for a test that asks for `norrvik` too.
    """
    if "norrvik" in request.fixturenames:
        pattern, _ = request.getfixturevalue("norrviks_pattern")
    name = f"t_{os.getpid()}_{monotonic_ns()}"
    admin = await asyncpg.connect(_plain(postgres_url))
    await admin.execute(f"CREATE DATABASE {name} TEMPLATE {pattern} STRATEGY file_copy")
    monkeypatch.setenv("AVVIK_DATABASE_URL", _named(postgres_url, name))
    monkeypatch.setenv("AVVIK_MASTER_KEY", OLD_KEY)
    _forget()
    await db.dispose()
    yield db.engine()
    await db.dispose()
    _forget()
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


@pytest.fixture
async def norrvik(norrviks_pattern, database, tmp_path):
    """Give the test the demo's municipality in its own database; return its logins.

    It takes ten seconds to make, so it is made once and copied.
    """
    _, place = norrviks_pattern
    shutil.copytree(place, tmp_path, dirs_exist_ok=True)
    return await ensure_demo(tmp_path)


@pytest.fixture
async def session(database):
    """Open one transaction that is rolled back."""
    async with AsyncSession(database, expire_on_commit=False) as opened:
        yield opened
        await opened.rollback()


@pytest.fixture
async def stream(nats_url, servers_dir, monkeypatch):
    """A connection to a server whose streams are gone, from its disk too."""
    monkeypatch.setenv("AVVIK_NATS_URL", nats_url)
    settings.settings.cache_clear()
    connection = await nats.connect(nats_url)
    jetstream = connection.jetstream()
    for found in await jetstream.streams_info():
        await jetstream.delete_stream(found.config.name)
    # The answer comes before the files are gone, and over them no stream of the name is made.
    await asyncio.to_thread(
        until, lambda: not [*servers_dir.glob("nats/jetstream/*/streams/*")]
    )
    yield connection
    await connection.close()
    settings.settings.cache_clear()


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


def _forget() -> None:
    settings.settings.cache_clear()
    keyring.keyring.cache_clear()
    caches.forget()


def _plain(url: str) -> str:
    return url.replace("+asyncpg", "")


def _named(url: str, name: str) -> str:
    return url.rsplit("/", 1)[0] + f"/{name}"
