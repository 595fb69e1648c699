"""What somebody has chosen for themselves, by name: kept as it is, never content of a case."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from infra.tables import Preference

SINGLE_KEYS: Final = "single_keys"
"""Whether keys pressed alone do something in lists; true for whoever has not chosen."""


async def preferences(session: AsyncSession, account_id: UUID) -> dict[str, Any]:
    """Return all that somebody has chosen, by name."""
    rows = await session.execute(
        select(Preference.name, Preference.value).where(Preference.account_id == account_id)
    )
    return {row.name: row.value for row in rows}


async def prefer(session: AsyncSession, account_id: UUID, name: str, value: Any) -> None:
    """Keep a choice in the place of the one before."""
    given = insert(Preference).values(account_id=account_id, name=name, value=value)
    await session.execute(
        given.on_conflict_do_update(
            index_elements=[Preference.account_id, Preference.name],
            set_={"value": given.excluded.value},
        )
    )
