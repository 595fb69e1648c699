"""What went wrong on the way, and who has read what: seen without seeing a case."""

from datetime import UTC, datetime
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel
from sqlalchemy import select

from events import Role
from infra.db import transaction
from infra.people import access_log
from infra.stream import quarantine
from infra.tables import Notice
from services import unreached
from services.intake.subscriber import resend
from services.projections.case_index import CaseRow
from services.reporter_view import READ_OWN
from services.unreached import Unreached
from services.web.deps import Actor, Administrator, OneCode, OneId, Place, RowId
from services.web.problem import Problem, forbidden
from workflows.access import GENERAL

router = APIRouter(prefix="/api/v1", tags=["oversight"])

_FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(3000, 1, 1, tzinfo=UTC)
"""Beyond these the database's clock and ours may not meet; nothing was read there."""


class Held(BaseModel):
    """A message that waits for a person: where, why, and the number of its case."""

    id: int
    consumer: str
    event_id: UUID | None
    case_id: UUID | None
    number: str | None
    reason: str
    tries: int
    at: datetime


class NoticeView(BaseModel):
    """A notice: its fixed words, and whether it got there."""

    id: int
    case_id: UUID
    code: str
    words: str
    state: str
    at: datetime


class ReadingView(BaseModel):
    """Who read what, when."""

    id: int
    at: datetime
    account_id: UUID | None
    what: str
    case_id: UUID | None
    unit: str | None


class ReadingPage(BaseModel):
    """A page of the access log, newest first."""

    entries: list[ReadingView]
    next: int | None


@router.get("/quarantine", tags=["administration"])
async def list_quarantine(_: Administrator) -> list[Held]:
    """List what handlers gave up on and what the intake refused, the oldest first."""
    async with transaction() as session:
        rows = await quarantine.list_open(session, limit=500)
        numbers: dict[UUID, str] = {
            row.case_id: row.number
            for row in await session.execute(
                select(CaseRow.case_id, CaseRow.number).where(
                    CaseRow.case_id.in_([row.case_id for row in rows if row.case_id])
                )
            )
        }
    return [
        Held(
            id=row.id,
            consumer=row.consumer,
            event_id=row.event_id,
            case_id=row.case_id,
            number=numbers.get(row.case_id) if row.case_id else None,
            reason=row.reason,
            tries=row.tries,
            at=row.at,
        )
        for row in rows
    ]


@router.post("/quarantine/{row_id}/retry", tags=["administration"])
async def retry(row_id: RowId, _: Administrator) -> dict[str, Any]:
    """Let a message be tried again, when what stopped it has been mended."""
    async with transaction() as session:
        if not await quarantine.retry(session, row_id, resend=resend):
            raise Problem(409, "nothing_to_retry", "Det finns inget kvar att försöka igen.")
    return {"retried": row_id}


@router.get("/admin/unreached", tags=["administration"])
async def list_unreached(_: Administrator) -> list[Unreached]:
    """List the cases that nobody could be told of, the oldest alarm first."""
    async with transaction() as session:
        return await unreached.unreached(session)


@router.get("/notices")
async def my_notices(actor: Actor) -> list[NoticeView]:
    """List your notices, the newest first."""
    async with transaction() as session:
        rows = await session.scalars(
            select(Notice)
            .where(Notice.account_id == actor.account_id)
            .order_by(Notice.id.desc())
            .limit(100)
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


@router.get("/access-log")
async def review_access(
    actor: Actor,
    unit: OneCode = None,
    case_id: OneId = None,
    account_id: OneId = None,
    since: AwareDatetime | None = None,
    cursor: Place = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> ReadingPage:
    """Review who has read what (SoLPuL 10 §): managers for their units, administrators all.

    A manager is not shown who read a report of their own: who reported is not for all to know.
    """
    if not set(actor.roles) & GENERAL["read-access-log"]:
        raise forbidden()
    if not actor.has(Role.ADMIN) and (
        unit is None or not actor.has_in(Role.UNIT_MANAGER, unit)
    ):
        raise forbidden()
    async with transaction() as session:
        page = await access_log.entries(
            session,
            unit=unit,
            case_id=case_id,
            account_id=account_id,
            but=None if actor.has(Role.ADMIN) else READ_OWN,
            since=None if since is None else min(max(since, _FIRST), _LAST),
            cursor=cursor,
            limit=limit,
        )
    return ReadingPage(
        entries=[
            ReadingView(
                id=it.id,
                at=it.at,
                account_id=it.reading.account_id,
                what=it.reading.what,
                case_id=it.reading.case_id,
                unit=it.reading.unit,
            )
            for it in page.entries
        ],
        next=page.cursor,
    )
