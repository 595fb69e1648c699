"""Tells an absence of the database from a fault of ours: an absence passes by itself."""

from typing import Final

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree

# No connection; told to go, crashed, or not up yet.
_STATES: Final = ("08", "57P")
_SIGNS: Final = (
    NoneFree,
    # What a connection says whose server said goodbye while nobody was listening.
    asyncpg.InternalClientError,
)


def absent(error: BaseException | None) -> bool:
    """Tell whether the error means that the database was away; what was asked may be done."""
    if isinstance(error, DBAPIError):
        # SQLAlchemy's own copy of the error has the driver's as its cause.
        return error.connection_invalidated or absent(error.orig and error.orig.__cause__)
    if isinstance(error, OSError):  # refused, reset, or no answer in time
        return error.filename is None  # one that names a file is about the file
    state = getattr(error, "sqlstate", None)
    return isinstance(error, _SIGNS) or str(state).startswith(_STATES)
