"""What somebody keeps for themselves about the list: named addresses, and the single keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from infra.people.preferences import SINGLE_KEYS, prefer, preferences
from services.web.pages.queue.address import PATH

MOST: Final = 12
"""How many filters somebody may keep: more would not be found among them."""
_FILTERS: Final = "queue.filters"


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """An address of the list under a name of one's own."""

    name: str
    query: str

    @property
    def address(self) -> str:
        """Where it leads."""
        return f"{PATH}?{self.query}"


@dataclass(frozen=True, slots=True)
class Kept:
    """The filters in the order they were saved, and whether single keys do something."""

    filters: tuple[SavedFilter, ...] = ()
    keys: bool = True


async def kept(session: AsyncSession, account_id: UUID) -> Kept:
    """Return what somebody has kept."""
    chosen: Mapping[str, Any] = await preferences(session, account_id)
    filters = tuple(SavedFilter(it["name"], it["query"]) for it in chosen.get(_FILTERS, ()))
    return Kept(filters, chosen.get(SINGLE_KEYS, True))


async def keep_filters(
    session: AsyncSession, account_id: UUID, filters: Sequence[SavedFilter]
) -> None:
    """Keep these filters, and no others."""
    rows = [{"name": it.name, "query": it.query} for it in filters]
    await prefer(session, account_id, _FILTERS, rows)


async def keep_keys(session: AsyncSession, account_id: UUID, *, on: bool) -> None:
    """Keep whether single keys do something in the list."""
    await prefer(session, account_id, SINGLE_KEYS, on)
