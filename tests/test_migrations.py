"""The tables that are truth: as the code says, named by date, and able only to grow."""

import re
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

import infra.migrations
from infra.db import transaction
from services.migrate import drift, migrate_at

VERSIONS = Path(infra.migrations.__file__).parent / "versions"


async def test_the_migrations_make_the_tables_that_the_code_declares(database):
    async with database.connect() as connection:
        assert await connection.run_sync(drift) == []


async def test_migrating_again_does_nothing(database):
    assert await migrate_at(database) == 0


def test_a_migration_is_named_as_its_revision():
    for path in VERSIONS.glob("*.py"):
        assert re.fullmatch(r"\d{8}_[a-z_]+", path.stem)
        assert f'revision = "{path.stem}"' in path.read_text()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET by = 'nobody'",
        "UPDATE event SET body = '{}'",
        "DELETE FROM event",
        "TRUNCATE event",
        "UPDATE access_log SET what = 'nothing'",
        "DELETE FROM access_log",
    ],
)
async def test_the_database_refuses_to_change_history(database, statement):
    with pytest.raises(DBAPIError, match="is append-only"):
        async with transaction() as session:
            await session.execute(text(statement))


async def test_a_fact_may_be_marked_as_sent(database):
    async with transaction() as session:
        await session.execute(text("UPDATE event SET sent_at = NULL"))
