"""Statements straight to asyncpg, in a session's own transaction: what every case pays for.

SQLAlchemy takes about a quarter of a millisecond of CPU for each statement, whatever it says;
here a statement is a string with `$1`, written once. For everything that is not on the way of
each report, SQLAlchemy is right.
"""

from typing import Any, Final, NoReturn, cast

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

_KEPT: Final = "avvik.driver"


async def fetch(session: AsyncSession, query: str, *values: Any) -> list[Any]:
    """Return the rows of a statement. Raises asyncpg's errors, not SQLAlchemy's."""
    driver = await _driver(session)
    try:
        rows: list[Any] = await driver.fetch(query, *values)
    except Exception as error:
        if driver.is_closed():
            await _lost(session, error)
        raise
    return rows


async def execute(session: AsyncSession, query: str, *values: Any) -> None:
    """Do a statement that returns nothing. Raises asyncpg's errors, not SQLAlchemy's."""
    driver = await _driver(session)
    try:
        await driver.execute(query, *values)
    except Exception as error:
        if driver.is_closed():
            await _lost(session, error)
        raise


async def _driver(session: AsyncSession) -> Any:
    """Return asyncpg's connection, its transaction begun."""
    # The session goes to another connection with its next transaction: hence the comparison.
    transaction = session.sync_session.get_transaction()
    known, driver = session.info.get(_KEPT, (None, None))
    if transaction is None or known is not transaction:
        fairy = await (await session.connection()).get_raw_connection()
        driver = cast("Any", fairy.driver_connection)
        if not driver.is_in_transaction():
            await _begin(session, fairy.dbapi_connection, driver)
        session.info[_KEPT] = session.sync_session.get_transaction(), driver
    return driver


async def _begin(session: AsyncSession, adapted: Any, driver: Any) -> None:
    """Begin the transaction: SQLAlchemy would only with a first statement of its own."""
    try:
        await adapted._start_transaction()  # noqa: SLF001 - no public way to begin
    except Exception as error:
        if driver.is_closed():  # it lay in the pool while its server went
            await _lost(session, error)
        raise


async def _lost(session: AsyncSession, error: Exception) -> NoReturn:
    """Do as SQLAlchemy does at an error of its own: one connection gone means all are.

    Said with a state (08003), whatever asyncpg said: `absence` knows it as an absence.
    """
    session.info.pop(_KEPT, None)
    await (await session.connection()).invalidate()  # or the rollback would fail, and hide it
    if isinstance(session.bind, AsyncEngine):
        await session.bind.dispose()
    raise asyncpg.ConnectionDoesNotExistError("the connection is gone") from error
