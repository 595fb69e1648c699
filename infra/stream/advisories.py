"""What the server gave up on by itself, as when its worker was killed again and again."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final
from uuid import UUID

import orjson
import structlog
from faststream.nats import NatsBroker
from nats.aio.msg import Msg
from nats.js.api import RawStreamMsg
from nats.js.errors import NotFoundError
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from events.cloudevent import Unreadable, decode
from infra.db import transaction
from infra.lasting import lasting
from infra.stream import quarantine
from infra.stream.answers import answer, flush, held
from infra.stream.pull import attach
from infra.stream.streams import ADVISORIES, CASES, Consumer

log = structlog.get_logger()

# Never given up itself: the last place that knows of a lost message.
CONSUMER: Final = Consumer(ADVISORIES.name, "quarantine", (">",), tries=-1)
PAUSE: Final = 30.0

Rescue = Callable[[AsyncSession, RawStreamMsg, str], Awaitable[None]]
"""Puts a message of another stream in quarantine, sealed: session, message, reason."""

# Our own TERM comes after the row; the row may even be closed when the advisory arrives.
_KNOWN = text("""
    SELECT EXISTS (SELECT 1 FROM inbox WHERE consumer = :consumer AND event_id = :event)
        OR EXISTS (SELECT 1 FROM quarantine WHERE consumer = :consumer AND event_id = :event
                   AND (resolved_at IS NULL OR :ours))
""")


def listen(broker: NatsBroker, rescue: Mapping[str, Rescue] | None = None) -> None:
    """Quarantine what the server stopped delivering; `rescue` knows the other streams."""
    hooks = rescue or {}

    async def take(messages: list[Msg]) -> None:
        async with held(messages):
            for message in messages:
                try:
                    advice = orjson.loads(message.data)
                    await _note(message, advice, hooks)
                except Exception as error:
                    log.warning("advisory.later", exc_info=error)
                    await answer(partial(message.nak, delay=PAUSE))
                else:
                    await answer(message.ack)
        await flush(messages)

    attach(broker, CONSUMER, take, batch=50, about="Messages the server stopped delivering.")


async def _note(message: Msg, advice: dict[str, object], hooks: Mapping[str, Rescue]) -> None:
    stream, consumer = str(advice["stream"]), str(advice["consumer"])
    ours = ".MSG_TERMINATED." in message.subject
    reason = "terminated" if ours else "max_deliveries"
    if ours and stream in hooks:
        return  # whoever terminates there has sealed the message first
    found = await _fetch(message, stream, int(str(advice["stream_seq"])))

    async def put() -> None:
        async with transaction() as session:
            if found is not None and stream in hooks:
                await hooks[stream](session, found, reason)
                return
            event_id, case_id = _ids(found) if stream == CASES.name else (None, None)
            known = event_id and await session.scalar(
                _KNOWN, {"consumer": consumer, "event": event_id, "ours": ours}
            )
            if known or (ours and event_id is None):
                return
            await quarantine.put(
                session,
                consumer=consumer,
                event_id=event_id,
                case_id=case_id,
                reason=reason,
                tries=int(str(advice.get("deliveries", 0))),
            )
            log.error("advisory.quarantined", handler=consumer, event_id=str(event_id))

    await lasting(put)


async def _fetch(message: Msg, stream: str, sequence: int) -> RawStreamMsg | None:
    jetstream = message._client.jetstream()  # noqa: SLF001 - the message knows its connection
    try:
        return await jetstream.get_msg(stream, sequence)
    except NotFoundError:
        return None


def _ids(found: RawStreamMsg | None) -> tuple[UUID | None, UUID | None]:
    try:
        envelope = decode(found.data or b"") if found else None
    except Unreadable:
        return None, None
    return (envelope.event_id, envelope.case_id) if envelope else (None, None)
