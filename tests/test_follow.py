import asyncio
import tempfile
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from nats.js.api import ConsumerConfig

from events.cloudevent import encode
from infra.db import transaction
from infra.faults import CannotStart
from infra.lasting import lasting
from infra.settings import settings
from infra.stream import quarantine
from infra.stream.follow import Follower
from infra.stream.handler import GiveUp, Handler
from infra.stream.lag import backlog, lags, settled
from infra.stream.streams import CASES, Consumer, ensure
from tests.servers import nats_server
from tests.stream_support import Seen, relaying, scalar, so, working, written
from tests.test_cloudevent import fact

pytestmark = pytest.mark.usefixtures("database")
FAST = (0.01,)


async def acked(connection, name="seen"):
    info = await connection.jetstream().consumer_info("CASES", name)
    return not info.num_pending and not info.num_ack_pending


async def test_facts_are_handled_once_in_the_order_of_their_cases(stream):
    seen = Seen()
    async with working(seen.handler), relaying(stream):
        ids = await written(cases=5, each=40)
        await written(kind="case.something_else")
        await so(lambda: len(seen.envelopes) >= 200)
        await so(lambda: acked(stream))

    assert seen.ids == ids
    assert seen.calls < 200
    assert await scalar("SELECT count(*) FROM inbox") == 200


async def test_a_lone_fact_does_not_wait_for_company(stream, monkeypatch):
    monkeypatch.setattr("infra.stream.pull.FETCH", 3600.0)  # would linger for ever
    seen = Seen()
    async with working(seen.handler), relaying(stream):
        for _ in range(3):
            before = len(seen.ids)
            await written()
            await so(lambda n=before: len(seen.ids) > n, seconds=10)


async def test_what_is_delivered_twice_is_done_once(stream):
    seen, other = Seen(), Seen("other")
    async with working(seen.handler, other.handler), relaying(stream):
        (event,) = await written()
        await so(lambda: seen.ids and other.ids)
        # What the server sends again, in one batch with itself and alone.
        jetstream = stream.jetstream()
        found = await jetstream.get_msg("CASES", 1)
        for _ in range(3):
            await jetstream.publish(found.subject, found.data)
        await so(lambda: acked(stream))
        await so(lambda: acked(stream, "other"))

    assert seen.ids == other.ids == [event]


async def test_a_poisonous_fact_holds_up_nobody_and_ends_in_quarantine(stream):
    seen = Seen()
    ids = await written(cases=4, each=5)
    seen.poison = {ids[7]}
    async with working(seen.handler, pauses=FAST), relaying(stream):
        await so(lambda: len(seen.ids) == 19)
        await so(lambda: scalar("SELECT count(*) FROM quarantine"))
        await so(lambda: acked(stream))

    assert set(seen.ids) == set(ids) - {ids[7]}
    async with transaction() as session:
        (row,) = await quarantine.list_open(session)
        assert await quarantine.count(session) == 1
    assert (row.consumer, row.event_id, row.tries) == ("seen", ids[7], 8)
    assert row.reason == "ValueError"
    assert await scalar("SELECT count(*) FROM inbox WHERE event_id = :e", e=ids[7]) == 0


async def test_a_failure_that_passes_is_handled_at_a_later_try(stream):
    seen = Seen()
    ids = await written(cases=3)
    seen.poison = {ids[1]}
    async with working(seen.handler, pauses=FAST), relaying(stream):
        await so(lambda: len(seen.ids) == 2)
        seen.poison.clear()
        await so(lambda: len(seen.ids) == 3)

    assert await scalar("SELECT count(*) FROM quarantine") == 0


async def test_a_handler_can_give_up_at_once(stream):
    seen = Seen()
    ids = await written(cases=2)
    seen.poison, seen.error = {ids[0]}, GiveUp("no_recipient")
    async with working(seen.handler, pauses=(3600.0,)), relaying(stream):
        await so(lambda: scalar("SELECT count(*) FROM quarantine"))

    async with transaction() as session:
        (row,) = await quarantine.list_open(session)
    assert (row.reason, row.tries, row.event_id) == ("GiveUp:no_recipient", 1, ids[0])


async def test_what_is_no_fact_is_sealed_and_put_aside(stream):
    seen = Seen()
    async with working(seen.handler, seal=lambda data: b"sealed " + data):
        jetstream = stream.jetstream()
        await jetstream.publish("case.deviation.x.report_received", b"a story")
        await jetstream.publish("case.deviation.x.report_received", encode(fact()))
        await so(lambda: seen.ids)
        await so(lambda: acked(stream))

    async with transaction() as session:
        (row,) = await quarantine.list_open(session)
    assert (row.reason, row.sealed, row.event_id) == ("Unreadable", b"sealed a story", None)


async def test_an_absence_of_the_database_counts_against_no_fact(stream, monkeypatch):
    answers = iter([False, False, True])

    async def answer():
        return next(answers, True)

    monkeypatch.setattr("infra.lasting._database_answers", answer)
    seen = Seen(batch=1)
    failures = [OSError(), OSError()]

    async def handle(session, envelopes):
        if failures:
            raise failures.pop()
        await seen.handle(session, envelopes)

    # Were the failure counted, the fact would be away for an hour.
    async with (
        working(Handler("seen", None, 50, handle), pauses=(3600.0,)),
        relaying(stream),
    ):
        failures.pop()
        await written()
        await so(lambda: seen.ids)


async def test_a_consumer_that_is_deleted_comes_back(stream, monkeypatch):
    monkeypatch.setattr("infra.stream.pull.FETCH", 0.3)
    seen = Seen()
    async with working(seen.handler), relaying(stream):
        first = await written(cases=3)
        await so(lambda: len(seen.ids) == 3)
        await stream.jetstream().delete_consumer("CASES", "seen")
        second = await written(cases=3)
        await so(lambda: len(seen.ids) == 6)

    assert seen.ids == first + second


async def test_a_consumer_that_drifted_is_corrected(stream):
    wanted = Seen().handler.consumer()
    await ensure(stream)
    jetstream = stream.jetstream()
    await jetstream.add_consumer(
        "CASES", ConsumerConfig(name="seen", durable_name="seen", max_deliver=3, ack_wait=1)
    )

    await ensure(stream, [wanted])
    await ensure(stream, [wanted])

    found = (await jetstream.consumer_info("CASES", "seen")).config
    assert (found.max_deliver, found.ack_wait) == (8, 30)
    assert (found.filter_subjects or [found.filter_subject]) == ["case.*.*.report_received"]


async def test_a_consumer_that_cannot_be_corrected_stops_the_start(stream):
    await ensure(stream)
    await stream.jetstream().add_consumer(
        "CASES", ConsumerConfig(name="seen", durable_name="seen", ack_policy="none")
    )

    with pytest.raises(CannotStart, match="Läsaren seen"):
        await ensure(stream, [Seen().handler.consumer()])


async def test_the_lag_tells_a_worker_from_an_empty_chair(stream):
    seen = Seen()
    consumer = seen.handler.consumer()
    async with working(seen.handler), relaying(stream):
        await written(cases=3)
        await so(lambda: len(seen.ids) == 3)
        await so(lambda: acked(stream))
        async with transaction() as session:
            found = await so(lambda: _at_rest(session, stream, consumer))
        assert found.healthy
        assert await settled(stream.jetstream(), "seen")
    await written(cases=2)
    async with transaction() as session:
        assert (await backlog(session, stream.jetstream(), [])).size == 2
    missing = Consumer(CASES.name, "nobody", ("case.>",), 8)
    assert [lag.healthy for lag in await lags(stream.jetstream(), [missing])] == [False]


async def _at_rest(session, stream, consumer):
    found = await backlog(session, stream.jetstream(), [consumer])
    return found if found.size == 0 and found.lags[0].listeners else None


async def test_a_stop_lets_the_batch_in_hand_end(stream):
    began, may_end, done = asyncio.Event(), asyncio.Event(), []

    async def handle(_session, envelopes):
        began.set()
        await may_end.wait()
        done.extend(envelopes)

    handler = Handler("slow", None, 10, handle)
    async with relaying(stream):
        async with working(handler):
            await written()
            await began.wait()
            asyncio.get_running_loop().call_later(0.1, may_end.set)
        assert len(done) == 1
        assert await acked(stream, "slow")


def test_pauses_grow():
    follower = Follower(Seen().handler)

    assert list(follower._pauses) == sorted(follower._pauses)


def test_a_reason_never_quotes():
    assert quarantine.reason_of(ValueError("Anna Andersson")) == "ValueError"
    assert quarantine.reason_of(GiveUp("no_recipient")) == "GiveUp:no_recipient"
    assert isinstance(fact().event_id, UUID)


async def test_kills_of_nats_neither_lose_nor_double(monkeypatch):
    monkeypatch.setattr("infra.stream.publish.TIMEOUT", 0.5)
    monkeypatch.setattr("infra.stream.pull.FETCH", 0.5)
    monkeypatch.setattr("infra.stream.handler.Consumer", partial(Consumer, ack_wait=1.0))
    seen = Seen(batch=20)
    ids = []
    with tempfile.TemporaryDirectory(dir="/tmp") as where, nats_server(Path(where)) as server:
        monkeypatch.setenv("AVVIK_NATS_URL", server.url)
        settings.cache_clear()
        async with working(seen.handler) as broker:
            connection = await broker.connect()
            async with relaying(connection, batch=30):
                for _ in range(3):
                    ids += await written(cases=20, each=5)
                    before = len(seen.ids)
                    await so(lambda before=before: len(seen.ids) > before)
                    server.kill()
                    ids += await written(cases=20, each=5)
                    server.start()
                await so(lambda: len(seen.ids) >= len(ids), seconds=60)
    settings.cache_clear()

    assert sorted(seen.ids) == sorted(ids)
    assert await scalar("SELECT count(*) FROM inbox") == len(ids)
    assert await scalar("SELECT count(*) FROM quarantine") == 0


async def test_a_lost_database_session_neither_loses_nor_doubles(stream):
    seen = Seen(batch=20)
    async with working(seen.handler, pauses=FAST), relaying(stream, batch=30):
        ids = []
        for _ in range(4):
            ids += await written(cases=20, each=5)
            await scalar(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE application_name = 'avvik' AND pid <> pg_backend_pid()"
            )
        # Our own connections were among the lost: ask as the product does, until one answers.
        claims = partial(scalar, "SELECT count(*) = :n FROM inbox", n=len(ids))
        await so(partial(lasting, claims))
        await so(lambda: acked(stream))

    # A commit may have been given without our hearing of it; the claim says what is so.
    assert set(seen.ids) == set(ids)
    assert await scalar("SELECT count(*) FROM quarantine") == 0
