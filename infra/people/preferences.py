"""What people choose for themselves: read and kept, by name."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from infra.tables import Preference


async def chosen(session: AsyncSession, account_id: UUID, name: str, otherwise: Any) -> Any:
    """Return what somebody chose, or what goes for whoever has not chosen."""
    found = (
        await session.execute(
            select(Preference.value).where(
                Preference.account_id == account_id, Preference.name == name
            )
        )
    ).one_or_none()
    return otherwise if found is None else found.value


async def choose(session: AsyncSession, account_id: UUID, name: str, value: Any) -> None:
    """Keep what somebody chose."""
    await session.execute(
        insert(Preference)
        .values(account_id=account_id, name=name, value=value)
        .on_conflict_do_update(
            index_elements=[Preference.account_id, Preference.name], set_={"value": value}
        )
    )
