"""Brings the database to this version: truth by migrations, read models by rebuilding."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

import infra.migrations
from infra.tables import Base, ReadModel
from services.projections import read_models
from services.rebuild import rebuild_on

_SCRIPTS: Final = Path(infra.migrations.__file__).parent
_LOCK: Final = 0x617676696B02
"""Held while migrating, so that two that start together take turns."""


async def migrate_at(engine: AsyncEngine) -> int:
    """Migrate, and rebuild the read models where their shape has changed.

    Returns how many facts were replayed; 0 where nothing had to be rebuilt.
    """
    async with engine.begin() as connection:
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        await connection.run_sync(_upgrade)
        if await connection.run_sync(_read_models_fit):
            return 0
        return await rebuild_on(connection)


def _upgrade(connection: Connection) -> None:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_SCRIPTS))
    command.upgrade(config, "head")


def _read_models_fit(connection: Connection) -> bool:
    if not inspect(connection).has_schema(read_models.SCHEMA):
        return False
    context = MigrationContext.configure(
        connection,
        opts={
            "include_schemas": True,
            "include_name": lambda name, kind, _: (
                kind != "schema" or name == read_models.SCHEMA
            ),
            "compare_type": True,
        },
    )
    return not compare_metadata(context, ReadModel.metadata)


def drift(connection: Connection) -> list[object]:
    """List how the tables that are truth differ from what the code says; empty is right."""
    context = MigrationContext.configure(
        connection,
        opts={
            "compare_type": True,
            "include_object": lambda _, name, kind, *__: (
                kind != "table" or name != "alembic_version"
            ),
        },
    )
    return list(compare_metadata(context, Base.metadata))
