"""Which units exist and take reports."""

from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from infra import clock
from infra.db import transaction
from infra.tables import Unit

_FRESH: Final = timedelta(seconds=5)
_known: frozenset[str] = frozenset()
_looked_at: datetime | None = None


async def active(session: AsyncSession | None = None) -> frozenset[str]:
    """Return the codes of active units; read again every few seconds.

    Who has a transaction open gives it: waiting for a second connection while holding one, all
    would wait for each other.
    """
    global _known, _looked_at
    now = clock.now()
    if _looked_at is None or now - _looked_at > _FRESH:
        async with nullcontext(session) if session else transaction() as open_one:
            rows = await open_one.scalars(select(Unit.code).where(Unit.active))
            _known, _looked_at = frozenset(rows), now
    return _known


def forget() -> None:
    """Read the units anew at the next use."""
    global _looked_at  # noqa: PLW0603 - one cache for the process
    _looked_at = None
