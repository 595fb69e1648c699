"""Whether the read models are what the log makes of them."""

from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.projections.read_models import SCHEMA
from services.rebuild import rebuild_on

# The agenda forgets what it has said, which the log does not tell it when read anew.
_SAME: Final = ("case_index", "deadline_due", "measure", "case_count")


async def drift(engine: AsyncEngine) -> list[str]:
    """Build them anew, compare, and take it all back."""
    async with engine.connect() as connection:
        transaction = await connection.begin()
        kept = {name: await _rows(connection, name) for name in _SAME}
        await rebuild_on(connection)
        made = {name: await _rows(connection, name) for name in _SAME}
        await transaction.rollback()
    return [
        f"{name}: {len(kept[name] - made[name])} rows are not what the log says,"
        f" {len(made[name] - kept[name])} are missing"
        for name in _SAME
        if kept[name] != made[name]
    ]


async def _rows(connection: AsyncConnection, name: str) -> set[str]:
    rows = await connection.execute(text(f"SELECT to_jsonb(t)::text FROM {SCHEMA}.{name} AS t"))  # noqa: S608 - our own names
    return set(rows.scalars())
