"""Tells an open list how many cases have come since it was drawn; the list itself stays."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy.ext.asyncio import AsyncSession

from infra import clock
from infra.absence import absent
from infra.db import transaction
from infra.people.identity import Actor, actor_of_token
from services import queue
from services.queue import Wanted
from services.reach import reach_of
from services.web.pages.queue.address import PATH
from services.web.pages.queue.news import Listener, News
from services.web.pages.visitor import MaybeVisitor, token_of
from services.web.problem import Problem
from workflows.access import may

router = APIRouter(include_in_schema=False)

BEAT: Final = 25.0
"""Seconds between signs of life; as often the session and the count are looked at anew."""
_TOGETHER: Final = 1.0
"""Cases that come within so many seconds are told as one."""
_OLDEST: Final = timedelta(hours=12)
_MOST: Final = 100
_DIGITS: Final = 15
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
    "X-Content-Type-Options": "nosniff",
}


@router.get(f"{PATH}/nytt")
async def tell_news(request: Request, actor: MaybeVisitor, sedan: str = "") -> Response:
    """Send how many cases have opened within reach since a moment, each time it changes."""
    if actor is None:
        return Response(status_code=204)  # tells the browser not to ask again
    reach_of(actor)
    news: News = request.app.state.news
    if news.over or news.full:
        raise Problem(503, "busy", "Det går inte just nu.", headers={"Retry-After": "60"})
    told = _told(news, actor, token_of(request) or "", _moment(sedan))
    return StreamingResponse(told, media_type="text/event-stream", headers=_HEADERS)


async def _told(
    news: News, actor: Actor | None, token: str, since: datetime
) -> AsyncIterator[bytes]:
    said = 0
    yield b"retry: 5000\n\n"
    with news.listening() as listener:
        while not news.over:
            count = said
            listener.woken.clear()
            try:
                async with transaction() as session:
                    actor = await actor_of_token(session, token)
                    if actor is not None and may("read-queue", actor.roles):
                        # Before the count: what comes meanwhile wakes us, and none is missed.
                        listener.reach = reach_of(actor)
                        count = await _count(session, actor, since)
            except Exception as error:
                if not absent(error):
                    raise
            if actor is None or not may("read-queue", actor.roles):
                yield b"event: slut\ndata: slut\n\n"
                return
            yield f"event: antal\ndata: {count}\n\n".encode() if count != said else b":\n\n"
            said = count
            await _woken(listener)


async def _woken(listener: Listener) -> None:
    """Return when there may be something to tell, or it is time for a sign of life."""
    with suppress(TimeoutError):
        async with asyncio.timeout(BEAT):
            await listener.woken.wait()
            await asyncio.sleep(_TOGETHER)


async def _count(session: AsyncSession, actor: Actor, since: datetime) -> int:
    wanted = Wanted.within(reach_of(actor))
    return min(_MOST, await queue.newer(session, wanted, since, _MOST))


def _moment(told: str) -> datetime:
    """Read when the list was drawn, in milliseconds; not before today's sessions, nor ahead."""
    now = clock.now()
    digits = told if told.isascii() and told.isdecimal() and len(told) < _DIGITS else ""
    drawn = datetime.fromtimestamp(int(digits) / 1000, UTC) if digits else now
    return min(max(drawn, now - _OLDEST), now)
