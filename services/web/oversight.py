"""What went wrong on the way, and who has read what: seen without seeing a case."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel

from infra.db import transaction
from services import access_review, quarantined, unreached
from services.administration import retrying
from services.notify.notices import NoticeView, mine
from services.quarantined import Held
from services.unreached import Unreached
from services.web.deps import Actor, Administrator, OneCode, OneId, Place, RowId
from services.web.problem import Problem

router = APIRouter(prefix="/api/v1", tags=["oversight"])


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
        return await quarantined.held(session)


@router.post("/quarantine/{row_id}/retry", tags=["administration"])
async def retry(row_id: RowId, admin: Administrator) -> dict[str, Any]:
    """Let a message be tried again, when what stopped it has been mended."""
    async with transaction() as session:
        if not await retrying.retry(session, row_id, admin.account_id):
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
        return await mine(session, actor.account_id)


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
    async with transaction() as session:
        page = await access_review.review(
            session,
            actor,
            unit=unit,
            case_id=case_id,
            account_id=account_id,
            since=since,
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
