"""The streams and consumers, as rows: created, compared and corrected at every start."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import structlog
from nats.aio.client import Client
from nats.errors import TimeoutError as NatsTimeoutError
from nats.js import JetStreamContext
from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    DeliverPolicy,
    DiscardPolicy,
    RetentionPolicy,
    StorageType,
    StreamConfig,
)
from nats.js.errors import APIError, NotFoundError, ServiceUnavailableError

from infra.faults import CannotStart

log = structlog.get_logger()

OLDEST: Final = (2, 10)
"""The first server with several filters on one consumer."""
BATCHES: Final = (2, 12)
"""The first server that stores a batch of messages as one."""
PATIENCE: Final = 30.0
"""A cluster that has lost its leader answers again within some twenty seconds."""

ADVISORY: Final = "$JS.EVENT.ADVISORY.CONSUMER"


@dataclass(frozen=True, slots=True)
class Stream:
    """What we promise about a stream. What is not said here (replicas) is the operator's."""

    name: str
    subjects: tuple[str, ...]
    retention: RetentionPolicy = RetentionPolicy.LIMITS
    discard: DiscardPolicy = DiscardPolicy.OLD
    max_age: timedelta = timedelta(0)
    max_msgs: int = -1
    max_msg_size: int = -1
    atomic: bool = False

    def wanted(self, *, batches: bool) -> dict[str, Any]:
        """Return the settings as the server knows them."""
        return {
            "name": self.name,
            "subjects": list(self.subjects),
            "retention": self.retention,
            "discard": self.discard,
            "max_age": self.max_age.total_seconds(),
            "max_msgs": self.max_msgs,
            "max_msg_size": self.max_msg_size,
            "duplicate_window": 120.0,
            "storage": StorageType.FILE,
            **({"allow_atomic": True} if self.atomic and batches else {}),
        }


@dataclass(frozen=True, slots=True)
class Consumer:
    """One durable reader of a stream. Named for what it does, never renamed."""

    stream: str
    name: str
    subjects: tuple[str, ...]
    tries: int
    ack_wait: float = 30.0
    max_ack_pending: int = 2000

    def wanted(self) -> dict[str, Any]:
        """Return the settings as the server knows them."""
        return {
            "name": self.name,
            "durable_name": self.name,
            "deliver_policy": DeliverPolicy.ALL,
            "ack_policy": AckPolicy.EXPLICIT,
            "ack_wait": self.ack_wait,
            "max_deliver": self.tries,
            "max_ack_pending": self.max_ack_pending,
            "filter_subjects": sorted(self.subjects),
        }


# The log is the truth; what is older than a month has been read, or is sent again by the sweep.
CASES: Final = Stream("CASES", ("case.>",), max_age=timedelta(days=30), atomic=True)

# May hold stories: a message is gone from disk when it has been taken in. Full means that the
# sender hears so; nothing that was accepted is pushed out.
INTAKE: Final = Stream(
    "INTAKE",
    ("intake.report",),
    retention=RetentionPolicy.WORK_QUEUE,
    discard=DiscardPolicy.NEW,
    max_msgs=100_000,
    max_msg_size=1_000_000,
)

# What the server says when it stops delivering a message to somebody.
ADVISORIES: Final = Stream(
    "ADVISORIES",
    tuple(
        f"{ADVISORY}.{kind}.{stream.name}.>"
        for kind in ("MAX_DELIVERIES", "MSG_TERMINATED")
        for stream in (CASES, INTAKE)
    ),
    max_age=timedelta(days=30),
)

STREAMS: Final = (CASES, INTAKE, ADVISORIES)


@dataclass(frozen=True, slots=True)
class Abilities:
    """What this server can do beyond the least we need."""

    batches: bool


async def ensure(connection: Client, consumers: Iterable[Consumer] = ()) -> Abilities:
    """Make the server's streams and consumers what the rows say. May be run at any time.

    Raises `CannotStart` when the server is too old or a difference cannot be mended in place.
    """
    version = connection.connected_server_version
    number = (version.major, version.minor)
    if number < OLDEST:
        raise CannotStart(
            f"NATS-servern har version {version}. Avvik behöver 2.10 eller nyare, helst 2.12."
        )
    batches = number >= BATCHES
    if not batches:
        log.warning("stream.without_batches", server=str(version))
    jetstream = connection.jetstream()
    wanted = list(consumers)
    for stream in STREAMS:
        await _patiently(jetstream, stream, batches=batches)
    for consumer in wanted:
        await ensure_consumer(jetstream, consumer)
    return Abilities(batches=batches)


async def _patiently(jetstream: JetStreamContext, stream: Stream, *, batches: bool) -> None:
    """Wait out a server that is still starting or choosing a leader."""
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    await _ensure_stream(jetstream, stream, batches=batches)
                except (ServiceUnavailableError, NatsTimeoutError):
                    await asyncio.sleep(0.5)
                else:
                    return
    except TimeoutError:
        raise CannotStart(
            "NATS-servern svarar inte för JetStream."
            " Starta den med `-js` och en lagringskatalog."
        ) from None


async def _ensure_stream(jetstream: JetStreamContext, stream: Stream, *, batches: bool) -> None:
    wanted = stream.wanted(batches=batches)
    try:
        found = (await jetstream.stream_info(stream.name)).config
    except NotFoundError:
        await jetstream.add_stream(StreamConfig(**wanted))
        log.info("stream.created", stream=stream.name)
        return
    if not (drift := _drift(wanted, found)):
        return
    try:
        await jetstream.update_stream(found.evolve(**drift))
    except ServiceUnavailableError:
        raise
    except APIError as error:
        raise CannotStart(
            f"Strömmen {stream.name} i NATS har andra inställningar än Avvik behöver"
            f" ({', '.join(drift)}) och servern kan inte ändra dem."
            " Ta bort strömmen; fakta sänds om ur databasen."
        ) from error
    log.warning("stream.corrected", stream=stream.name, settings=sorted(drift))


async def ensure_consumer(jetstream: JetStreamContext, consumer: Consumer) -> None:
    """Make one consumer what its row says; nobody else corrects a durable that exists."""
    wanted = consumer.wanted()
    try:
        found = (await jetstream.consumer_info(consumer.stream, consumer.name)).config
    except NotFoundError:
        await jetstream.add_consumer(consumer.stream, ConsumerConfig(**wanted))
        log.info("consumer.created", consumer=consumer.name)
        return
    if found.filter_subject:  # the server's other spelling of a single filter
        found = found.evolve(filter_subjects=[found.filter_subject], filter_subject=None)
    if not (drift := _drift(wanted, found)):
        return
    try:
        await jetstream.add_consumer(consumer.stream, found.evolve(**drift))
    except ServiceUnavailableError:
        raise
    except APIError as error:
        raise CannotStart(
            f"Läsaren {consumer.name} i NATS har andra inställningar än Avvik behöver"
            f" ({', '.join(drift)}) och servern kan inte ändra dem. Ta bort läsaren;"
            " den skapas på nytt och det som redan är gjort görs inte om."
        ) from error
    log.warning("consumer.corrected", consumer=consumer.name, settings=sorted(drift))


def _drift(wanted: Mapping[str, Any], found: StreamConfig | ConsumerConfig) -> dict[str, Any]:
    """Return what must change, so that what we do not name is left alone."""
    return {
        name: value
        for name, value in wanted.items()
        if _plain(getattr(found, name)) != _plain(value)
    }


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value
