"""What nobody could handle: kept in sight until a person has dealt with it."""

import re
from collections.abc import Awaitable, Callable
from uuid import UUID

import structlog
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from infra.stream import inbox
from infra.tables import Quarantined

log = structlog.get_logger()

Resend = Callable[[AsyncSession, Quarantined], Awaitable[None]]
"""How a sealed message is taken in again; given by whoever sealed it."""

_CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}")

_PUT = text("""
    INSERT INTO quarantine (consumer, event_id, case_id, reason, sealed, tries)
    SELECT CAST(:consumer AS varchar), CAST(:event AS uuid), CAST(:case AS uuid), :reason,
           CAST(:sealed AS bytea), CAST(:tries AS bigint)
    WHERE NOT EXISTS (SELECT 1 FROM quarantine WHERE consumer = CAST(:consumer AS varchar)
                      AND event_id = CAST(:event AS uuid) AND resolved_at IS NULL)
""")
_AGAIN = text("UPDATE event SET sent_at = NULL WHERE event_id = :event RETURNING position")
# JetStream may still take the repeat for a duplicate, if it was sent minutes ago. The sweep
# has to look at it again then, though it had passed.
_LOOK_AGAIN = text("""
    UPDATE swept SET position = LEAST(position, :position - 1) WHERE consumer = :consumer
""")


def reason_of(error: BaseException) -> str:
    """Name an error by class and code. Never its text: that may quote what a person wrote."""
    code = getattr(error, "code", None)
    if isinstance(error, DBAPIError):
        code = getattr(error.orig, "sqlstate", None)
    name = type(error).__qualname__
    return f"{name}:{code}" if code is not None and _CODE.fullmatch(str(code)) else name


async def put(
    session: AsyncSession,
    *,
    consumer: str,
    event_id: UUID | None,
    case_id: UUID | None,
    reason: str,
    tries: int,
    sealed: bytes | None = None,
) -> None:
    """Put a message before a person; once, however often it is given up."""
    await session.execute(
        _PUT,
        {
            "consumer": consumer,
            "event": event_id,
            "case": case_id,
            "reason": reason,
            "sealed": sealed,
            "tries": tries,
        },
    )


async def list_open(session: AsyncSession, *, limit: int = 100) -> list[Quarantined]:
    """List what waits for a person, the oldest first."""
    rows = await session.scalars(
        select(Quarantined)
        .where(Quarantined.resolved_at.is_(None))
        .order_by(Quarantined.id)
        .limit(limit)
    )
    return list(rows)


async def count(session: AsyncSession) -> int:
    """Count what waits for a person."""
    query = select(func.count()).where(Quarantined.resolved_at.is_(None))
    return await session.scalar(query) or 0


async def retry(session: AsyncSession, row_id: int, *, resend: Resend | None = None) -> bool:
    """Let a message be tried again, and close its row. False if there is nothing left to try.

    A fact is sent anew to everybody; those who have done it pass over it. A sealed message is
    given to `resend`. The row is closed either way it ends well; a new failure opens a new one.
    """
    row = await session.get(Quarantined, row_id, with_for_update=True)
    if row is None or row.resolved_at is not None:
        return False
    if row.sealed is not None and resend is not None:
        await resend(session, row)
    elif row.event_id is None:
        return False
    else:
        await inbox.forget(session, row.consumer, row.event_id)
        position = await session.scalar(_AGAIN, {"event": row.event_id})
        if position is None:
            return False
        await session.execute(_LOOK_AGAIN, {"position": position, "consumer": row.consumer})
    row.resolved_at = await session.scalar(select(func.now()))
    log.info("quarantine.retried", row=row_id, consumer=row.consumer, event_id=row.event_id)
    return True
