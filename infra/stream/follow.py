"""How a handler gets its facts: at least once delivered, once done, never just gone.

Per batch one transaction holds the claims and all the handler writes. If it fails, each fact
is tried alone, so that one that cannot be handled does not hold up the others. What fails is
delivered again after growing pauses and is put in quarantine after `TRIES`.

Order: one worker gives a handler the facts of a case in order as long as nothing fails. After
a failure, and with several workers, later facts of the case may come first.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import NamedTuple
from uuid import UUID

import structlog
from faststream.nats import NatsBroker
from nats.aio.msg import Msg
from nats.js.api import Header

from events.base import Envelope
from events.cloudevent import Unreadable, decode
from infra.db import transaction
from infra.lasting import lasting
from infra.stream import inbox, quarantine
from infra.stream.answers import answer, flush, held
from infra.stream.handler import PAUSES, TRIES, GiveUp, Handler
from infra.stream.pull import attach

log = structlog.get_logger()

Seal = Callable[[bytes], bytes]


class Delivery(NamedTuple):
    """A fact and the message that brought it."""

    message: Msg
    envelope: Envelope


def follow(
    broker: NatsBroker,
    handlers: Iterable[Handler],
    *,
    pauses: Sequence[float] = PAUSES,
    seal: Seal | None = None,
) -> None:
    """Attach the handlers to the broker; their consumers are made by `stream.ensure`.

    `seal` encrypts what is not a fact of ours before it is kept in quarantine.
    """
    for handler in handlers:
        follower = Follower(handler, pauses=pauses, seal=seal)
        words = f"Facts for {handler.name}, as CloudEvents in structured JSON mode."
        attach(broker, handler.consumer(), follower.take, batch=handler.batch, about=words)


@contextmanager
def about(envelope: Envelope) -> Iterator[None]:
    """Name case and trace in every log line inside the block."""
    with structlog.contextvars.bound_contextvars(
        case_id=str(envelope.case_id), trace=envelope.trace
    ):
        yield


class Follower:
    """One handler at work."""

    def __init__(
        self, handler: Handler, *, pauses: Sequence[float] = PAUSES, seal: Seal | None = None
    ) -> None:
        self.handler = handler
        self._pauses = pauses
        self._seal = seal

    async def take(self, messages: list[Msg]) -> None:
        """Handle a batch and answer every message in it. Never raises, but for cancellation."""
        started = perf_counter()
        with structlog.contextvars.bound_contextvars(handler=self.handler.name):
            async with held(messages):
                deliveries = [d for m in messages if (d := await self._opened(m))]
                # In a batch too: whoever follows a trace sees that the last handler had it.
                traces = sorted({d.envelope.trace for d in deliveries})
                done = await self._work(deliveries, messages) if deliveries else 0
            await flush(messages)
            log.info(
                "handler.handled",
                done=done,
                of=len(messages),
                traces=traces,
                ms=round((perf_counter() - started) * 1000, 1),
            )

    async def _opened(self, message: Msg) -> Delivery | None:
        try:
            envelope = decode(message.data)
        except Unreadable as error:
            await self._give_up(message, error, event_id=_header_id(message), case_id=None)
            return None
        if not self.handler.wants(envelope):
            await answer(message.ack)
            return None
        return Delivery(message, envelope)

    async def _work(self, deliveries: Sequence[Delivery], messages: list[Msg]) -> int:
        """Handle all together or, if that fails, one by one. Return how many were new."""
        try:
            done = await lasting(lambda: self._handle([d.envelope for d in deliveries]))
        except Exception as error:
            if len(deliveries) == 1:
                await self._failed(deliveries[0], error)
                return 0
            log.warning("handler.apart", of=len(messages), exc_info=error)
            return sum([await self._alone(delivery) for delivery in deliveries])
        for delivery in deliveries:
            await answer(delivery.message.ack)
        return done

    async def _alone(self, delivery: Delivery) -> int:
        with about(delivery.envelope):
            try:
                done = await lasting(lambda: self._handle([delivery.envelope]))
            except Exception as error:  # noqa: BLE001 - any failure means later
                await self._failed(delivery, error)
                return 0
        await answer(delivery.message.ack)
        return done

    async def _handle(self, envelopes: Sequence[Envelope]) -> int:
        async with transaction() as session:
            ids = [envelope.event_id for envelope in envelopes]
            left = await inbox.claim(session, self.handler.name, ids)
            fresh = []
            for envelope in envelopes:
                if envelope.event_id in left:  # the same fact may be in a batch twice
                    left.discard(envelope.event_id)
                    fresh.append(envelope)
            if len(fresh) == 1:
                with about(fresh[0]):
                    await self.handler.handle(session, fresh)
            elif fresh:
                await self.handler.handle(session, fresh)
        return len(fresh)

    async def _failed(self, delivery: Delivery, error: Exception) -> None:
        """Ask for the fact again in a while, or give up."""
        message, envelope = delivery
        tries = message.metadata.num_delivered
        if tries >= TRIES or isinstance(error, GiveUp):
            await self._give_up(
                message, error, event_id=envelope.event_id, case_id=envelope.case_id
            )
            return
        pause = self._pauses[min(tries, len(self._pauses)) - 1]
        log.warning(
            "handler.later",
            event_id=str(envelope.event_id),
            case_id=str(envelope.case_id),
            tries=tries,
            pause=pause,
            exc_info=error,
        )
        await answer(lambda: message.nak(delay=pause))

    async def _give_up(
        self, message: Msg, error: Exception, *, event_id: UUID | None, case_id: UUID | None
    ) -> None:
        """Put the message before a person, and only then let the server drop it."""
        unknown = isinstance(error, Unreadable) and self._seal is not None
        sealed = self._seal(message.data) if unknown and self._seal else None
        tries = message.metadata.num_delivered

        async def put() -> None:
            async with transaction() as session:
                await quarantine.put(
                    session,
                    consumer=self.handler.name,
                    event_id=event_id,
                    case_id=case_id,
                    reason=quarantine.reason_of(error),
                    tries=tries,
                    sealed=sealed,
                )

        try:
            await lasting(put)
        except Exception as failure:
            log.error("handler.not_quarantined", exc_info=failure)  # noqa: TRY400
            return
        log.error(
            "handler.quarantined",
            event_id=str(event_id),
            case_id=str(case_id),
            tries=tries,
            exc_info=error,
        )
        await answer(message.term)


def _header_id(message: Msg) -> UUID | None:
    try:
        return UUID((message.headers or {})[Header.MSG_ID])
    except (KeyError, ValueError):
        return None
