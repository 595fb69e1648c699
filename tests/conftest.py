"""What every test may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import running, temporary_data_dir

from infra.embedded.nats import Nats
from infra.embedded.postgres import Postgres


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
