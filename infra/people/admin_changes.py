"""Who changed what about units, people and policy: written down with the change itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from infra.tables import AdminChange

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One change as it stands in the log; `by` is None for the command line."""

    id: int
    at: datetime
    by: UUID | None
    what: str
    about: str
    before: Values
    after: Values


@dataclass(frozen=True, slots=True)
class Page:
    """Changes, newest first; `cursor` asks for the next page, None when there is none."""

    changes: list[Change]
    cursor: int | None


async def record(
    session: AsyncSession,
    by: UUID | None,
    what: str,
    about: object,
    before: Values,
    after: Values,
) -> None:
    """Write down what differs, in the transaction that changes it; nothing where nothing does.

    The values are ids, codes and yes or no: no name, no address, no secret.
    """
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if not names:
        return
    old, new = ({name: it[name] for name in names if name in it} for it in (before, after))
    await session.execute(
        insert(AdminChange).values(by=by, what=what, about=str(about), before=old, after=new)
    )


async def entries(
    session: AsyncSession,
    *,
    about: str | None = None,
    cursor: int | None = None,
    limit: int = 100,
) -> Page:
    """Return a page of the log, newest first, of one thing or of all."""
    columns = [getattr(AdminChange, name) for name in Change.__dataclass_fields__]
    wanted = select(*columns).order_by(AdminChange.id.desc()).limit(limit + 1)
    if about is not None:
        wanted = wanted.where(AdminChange.about == about)
    if cursor is not None:
        wanted = wanted.where(AdminChange.id < cursor)
    rows = (await session.execute(wanted)).all()
    found = [Change(*row) for row in rows[:limit]]
    return Page(found, found[-1].id if len(rows) > limit else None)
