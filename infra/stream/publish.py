"""Facts onto the stream: many as one if the server can, and never a case out of order.

Plain nats-py on the broker's connection: FastStream's publish costs twice as much and knows
no batches.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

import orjson
import structlog
from nats.aio.client import Client
from nats.errors import ConnectionReconnectingError, MaxPayloadError, NoRespondersError
from nats.js.api import Header
from nats.js.errors import APIError, BadRequestError, NoStreamResponseError

log = structlog.get_logger()

LARGEST: Final = 1000
"""The server takes no larger batch."""
TIMEOUT: float = 3.0
"""A server that died has forgotten what it was asked: ask again soon, it knows repeats."""
AT_ONCE: Final = 256
"""Single messages under way together: more is slower."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A fact ready to be sent. Letters of a case are in order in the list they come in."""

    position: int
    event_id: UUID
    case_id: UUID
    subject: str
    payload: bytes


class NotSent(Exception):  # noqa: N818 - part of the work is done, the rest is tried again
    """Some letters could not be sent; `sent` are the positions of those that were."""

    def __init__(self, sent: list[int]) -> None:
        super().__init__("letters left")
        self.sent = sent


async def send(connection: Client, letters: Sequence[Letter], *, batches: bool) -> list[int]:
    """Send the letters and return their positions; each is on disk when this returns.

    Sending again is safe: the server knows a letter by its event for two minutes, and after
    that the inboxes do. Raises `NotSent` with what was sent when some were not.
    """
    if not connection.is_connected:
        # Or nats-py would keep them in its buffer, to be sent long after they were given up.
        raise ConnectionReconnectingError
    if batches and 1 < len(letters) <= LARGEST:
        try:
            await _as_one(connection, letters)
        except NoRespondersError as error:
            raise NoStreamResponseError from error
        except (APIError, MaxPayloadError) as error:
            # Most often one of them is known already, from before a crash; the server then
            # refuses them all.
            log.info("stream.batch_refused", letters=len(letters), code=_code(error))
        else:
            return [letter.position for letter in letters]
    return await _one_by_one(connection, letters)


async def _as_one(connection: Client, letters: Sequence[Letter]) -> None:
    """Send all or none. Only the last is answered; the server checks that none is missing."""
    batch = uuid4().hex
    for number, letter in enumerate(letters[:-1], start=1):
        await connection.publish(
            letter.subject, letter.payload, headers=_headers(letter, batch, number)
        )
    last = letters[-1]
    headers = _headers(last, batch, len(letters)) | {Header.BATCH_COMMIT.value: "1"}
    reply = await connection.request(
        last.subject, last.payload, timeout=TIMEOUT, headers=headers
    )
    answer = orjson.loads(reply.data)
    if "error" in answer:
        APIError.from_error(answer["error"])
    if answer.get("count") != len(letters):
        # A server that does not know batches has stored the last one only.
        raise APIError(code=400, description="the batch was not stored as one")


def _headers(letter: Letter, batch: str, number: int) -> dict[str, str]:
    return {
        Header.MSG_ID.value: str(letter.event_id),
        Header.BATCH_ID.value: batch,
        Header.BATCH_SEQUENCE.value: str(number),
    }


async def _one_by_one(connection: Client, letters: Sequence[Letter]) -> list[int]:
    """Send cases side by side, and within a case each letter after the one before is stored."""
    jetstream = connection.jetstream(timeout=TIMEOUT)
    cases: dict[UUID, list[Letter]] = {}
    for letter in letters:
        cases.setdefault(letter.case_id, []).append(letter)
    room = asyncio.Semaphore(AT_ONCE)
    sent: list[int] = []

    async def in_order(case: list[Letter]) -> None:
        for letter in case:
            headers = {Header.MSG_ID.value: str(letter.event_id)}
            try:
                async with room:
                    await jetstream.publish(letter.subject, letter.payload, headers=headers)
            except (BadRequestError, MaxPayloadError) as error:
                log.error(  # noqa: TRY400 - the code says it; this one will not pass by itself
                    "stream.letter_refused", event_id=str(letter.event_id), code=_code(error)
                )
                raise
            sent.append(letter.position)

    results = await asyncio.gather(*map(in_order, cases.values()), return_exceptions=True)
    failures = [result for result in results if isinstance(result, BaseException)]
    if failures:
        raise NotSent(sent) from failures[0]
    return sent


def _code(error: Exception) -> int | str | None:
    return error.err_code if isinstance(error, APIError) else type(error).__name__
