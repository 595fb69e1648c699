"""Which units exist and take reports."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from infra import clock
from infra.db import transaction
from infra.tables import Unit

_FRESH: Final = timedelta(seconds=5)
_known: frozenset[str] = frozenset()
_looked_at: datetime | None = None


async def active() -> frozenset[str]:
    """Return the codes of active units; read again every few seconds."""
    global _known, _looked_at
    now = clock.now()
    if _looked_at is None or now - _looked_at > _FRESH:
        async with transaction() as session:
            rows = await session.scalars(select(Unit.code).where(Unit.active))
            _known, _looked_at = frozenset(rows), now
    return _known


def forget() -> None:
    """Read the units anew at the next use."""
    global _looked_at  # noqa: PLW0603 - one cache for the process
    _looked_at = None
