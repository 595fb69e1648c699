"""The transaction of an administrator's change, felt at once in this process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from infra.db import transaction
from services import caches


@asynccontextmanager
async def changing() -> AsyncIterator[AsyncSession]:
    """Open a session as `transaction` does; once it has committed, forget what was known."""
    async with transaction() as session:
        yield session
    caches.forget()
