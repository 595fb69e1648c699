"""Which model this installation uses: the one it learned itself, else the shipped one."""

from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from infra import clock
from infra.tables import LearnedModel
from services.classifier.shipped import shipped
from workflows.classify import Model
from workflows.classify.packing import Unreadable, unpack

log = structlog.get_logger()

_FRESH: Final = timedelta(seconds=5)
"""How long a worker may go on with a model after another one was taken into use."""

_known: Model | None = None
_loaded: str | None = None
_looked_at: datetime | None = None


async def active(session: AsyncSession) -> Model:
    """Return the model in use; looked for again every few seconds."""
    global _known, _loaded, _looked_at  # noqa: PLW0603 - one cache for the process
    now = clock.now()
    if _known is None or _looked_at is None or now - _looked_at > _FRESH:
        version = await session.scalar(
            select(LearnedModel.version).where(LearnedModel.used.is_(True))
        )
        if version is None:
            _known, _loaded = shipped(), None
        elif _known is None or _loaded != version:
            packed = await session.scalar(
                select(LearnedModel.packed).where(LearnedModel.version == version)
            )
            _known, _loaded = _learned(packed or b"", version), version
        _looked_at = now
    return _known


def _learned(packed: bytes, version: str) -> Model:
    """Return a learned model; one that this program cannot read is as if never learned."""
    try:
        return unpack(packed)
    except Unreadable as error:
        log.warning("classifier.unreadable", model=version, why=str(error))
        return shipped()


async def back_to_shipped(session: AsyncSession) -> None:
    """Use the model that came with the product, and throw away what was learned."""
    await session.execute(delete(LearnedModel))


def forget() -> None:
    """Look for the model anew at the next use."""
    global _looked_at  # noqa: PLW0603 - one cache for the process
    _looked_at = None
