"""Notices as they are read: one's own, and those that never got there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from infra.tables import Notice
from services.projections.case_index import CaseRow

_MOST: Final = 100
_MOST_LOST: Final = 200


class NoticeView(BaseModel):
    """A notice: its fixed words, and whether it got there."""

    id: int
    case_id: UUID
    code: str
    words: str
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Lost:
    """A notice that never got there: which, about which case, to whom, and why."""

    at: datetime
    code: str
    number: str
    unit: str
    role: str | None
    account_id: UUID | None
    reason: str | None
    tries: int


async def mine(
    session: AsyncSession, account_id: UUID, *, most: int = _MOST
) -> list[NoticeView]:
    """List somebody's own notices, the newest first."""
    rows = await session.scalars(
        select(Notice)
        .where(Notice.account_id == account_id)
        .order_by(Notice.id.desc())
        .limit(most)
    )
    return [
        NoticeView(
            id=row.id,
            case_id=row.case_id,
            code=row.code,
            words=row.words,
            state=row.state,
            at=row.at,
        )
        for row in rows
    ]


async def lost(session: AsyncSession, *, most: int = _MOST_LOST) -> list[Lost]:
    """List the notices that nobody got, the newest first."""
    rows = await session.execute(
        select(
            Notice.at,
            Notice.code,
            CaseRow.number,
            CaseRow.unit,
            Notice.role,
            Notice.account_id,
            Notice.reason,
            Notice.tries,
        )
        .join(CaseRow, CaseRow.case_id == Notice.case_id)
        .where(Notice.state == "undeliverable")
        .order_by(Notice.id.desc())
        .limit(most)
    )
    return [Lost(*row) for row in rows]
