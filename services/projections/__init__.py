"""Every read model. INLINE ones are written with the facts; the others follow the stream."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from services.projections import case_index, deadline_due, measure
from services.projections.change import Change

Projection = Callable[[AsyncSession, Sequence[Change]], Awaitable[None]]

INLINE: Final[tuple[Projection, ...]] = (case_index.apply, deadline_due.apply, measure.apply)

__all__ = ["INLINE", "Change", "Projection"]
