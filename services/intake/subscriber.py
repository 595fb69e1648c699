"""Reports from other systems: taken in as if filed over HTTP, or quarantined with why."""

from collections.abc import Sequence
from functools import partial
from typing import Final
from uuid import UUID, uuid4

import structlog
from faststream.nats import NatsBroker
from nats.aio.msg import Msg
from nats.js.api import RawStreamMsg
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from infra import clock
from infra.db import transaction
from infra.lasting import lasting
from infra.stream import quarantine
from infra.stream.answers import answer, flush, held
from infra.stream.handler import PAUSES, TRIES
from infra.stream.pull import attach
from infra.stream.streams import INTAKE, Consumer
from infra.tables import Quarantined
from infra.vault.keyring import keyring
from services.intake import units
from services.intake.accept import Accepted, Report, was_accepted
from services.intake.form import IntakeMessage
from services.intake.group import accept_together
from services.metrics import REPORTS
from services.plain_errors import in_swedish
from services.trace import HEADER, new_trace, trace_of
from workflows import Refusal

NAME: Final = "intake"
CONSUMER: Final = Consumer(INTAKE.name, NAME, INTAKE.subjects, TRIES)
BY: Final = "system:intake"
_SEAL: Final = b"avvik:quarantine"

log = structlog.get_logger()


class NotTaken(Exception):  # noqa: N818 - an answer to the sender
    """The report can't be taken in as it is; `code` says why and where, never what it said."""

    def __init__(self, code: str, fields: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.code = ":".join([code, *fields])[:200]


def listen(broker: NatsBroker) -> None:
    """Attach the intake to the broker."""
    attach(broker, CONSUMER, take, batch=50, about="Reports from other systems.")


async def take(messages: list[Msg]) -> None:
    """Take in a batch; each message ends taken, refused into quarantine, or later."""
    async with held(messages):
        if len(messages) == 1 or not await _together(messages):
            for message in messages:
                await _one(message)
    await flush(messages)


async def _together(messages: list[Msg]) -> bool:
    """Take in the whole batch in one transaction; False if any of it must be seen alone."""
    try:
        await lasting(partial(take_in_many, [(it.data, _trace(it)) for it in messages]))
    except Exception as error:
        log.warning("intake.apart", of=len(messages), exc_info=error)
        return False
    for message in messages:
        await answer(message.ack)
    return True


async def _one(message: Msg) -> None:
    try:
        await lasting(partial(take_in, message.data, _trace(message)))
    except NotTaken as refused:
        await lasting(partial(_quarantine, message.data, refused.code, _tries(message)))
        log.warning("intake.refused", code=refused.code)
        REPORTS.labels(outcome="refused").inc()
        await answer(message.term)
    except Exception as error:
        tries = _tries(message)
        if tries >= TRIES:
            reason = quarantine.reason_of(error)
            await lasting(partial(_quarantine, message.data, reason, tries))
            log.error("intake.quarantined", exc_info=error)  # noqa: TRY400 - no tracebacks
            await answer(message.term)
            return
        log.warning("intake.later", tries=tries, exc_info=error)
        await answer(partial(message.nak, delay=PAUSES[min(tries, len(PAUSES)) - 1]))
    else:
        await answer(message.ack)


async def take_in(data: bytes, trace: str) -> UUID:
    """Take in one message and return its case's id, or raise `NotTaken`."""
    [case_id] = await take_in_many([(data, trace)])
    return case_id


async def take_in_many(batch: Sequence[tuple[bytes, str]]) -> list[UUID]:
    """Take in messages with their traces together; the first that cannot be is `NotTaken`."""
    results = await accept_together([await _report(*it) for it in batch])
    taken: list[Accepted] = []
    for result in results:
        if isinstance(result, Refusal):
            raise NotTaken(result.code, [str(result.detail.get("field", ""))])
        taken.append(result)
    for result in taken:
        REPORTS.labels(outcome="accepted" if result.new else "repeated").inc()
    return [result.case_id for result in taken]


async def _report(data: bytes, trace: str) -> Report:
    try:
        message = IntakeMessage.model_validate_json(data)
    except ValidationError as error:
        told = in_swedish(error.errors(include_url=False, include_input=False))
        # Our own fields only: where a sender mixed things up, a key may be somebody's name.
        fields = [it["field"].partition(".")[0] for it in told]
        wrong = [it for it in fields if it in IntakeMessage.model_fields]
        raise NotTaken("invalid", wrong) from None
    report = Report(report_id=message.id, form=message, at=clock.now(), by=BY, trace=trace)
    refused = await _refused(message)
    if refused and not await was_accepted(report):
        raise NotTaken(refused)
    return report


async def _refused(message: IntakeMessage) -> str | None:
    if await units.unknown(message):
        return "unknown_unit"
    # A system has no name of its own: whoever saw it must report lex Sarah in person.
    return "lex_sarah_needs_a_name" if message.lex_sarah else None


async def resend(session: AsyncSession, row: Quarantined) -> None:
    """Take a quarantined report in again; what is still wrong puts it back."""
    if row.sealed is None:
        return
    data = keyring().open(row.sealed, _SEAL)
    try:
        await take_in(data, new_trace())
    except NotTaken as refused:
        await _put(session, data, refused.code, row.tries + 1)


async def rescue(session: AsyncSession, found: RawStreamMsg, reason: str) -> None:
    """Keep what the server stopped delivering."""
    await _put(session, found.data or b"", reason, TRIES)


def seal(data: bytes) -> bytes:
    """Encrypt a message that may hold a story."""
    return keyring().seal(data, _SEAL)


async def _quarantine(data: bytes, reason: str, tries: int) -> None:
    async with transaction() as session:
        await _put(session, data, reason, tries)


async def _put(session: AsyncSession, data: bytes, reason: str, tries: int) -> None:
    # An id of its own: the report's may be missing, or belong to one that was taken in.
    await quarantine.put(
        session,
        consumer=NAME,
        event_id=uuid4(),
        case_id=None,
        reason=reason,
        tries=tries,
        sealed=seal(data),
    )


def _tries(message: Msg) -> int:
    return message.metadata.num_delivered


def _trace(message: Msg) -> str:
    return trace_of((message.headers or {}).get(HEADER))
