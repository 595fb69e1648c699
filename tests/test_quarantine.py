from uuid import uuid4

import pytest

from infra.db import transaction
from infra.stream import inbox, quarantine
from infra.stream.advisories import CONSUMER, listen
from infra.stream.streams import Consumer, ensure
from tests.stream_support import Seen, relaying, scalar, so, working, written
from tests.test_follow import FAST, acked

pytestmark = pytest.mark.usefixtures("database")


async def put(**other):
    async with transaction() as session:
        await quarantine.put(
            session,
            **{
                "consumer": "seen",
                "event_id": uuid4(),
                "case_id": None,
                "reason": "x",
                "tries": 8,
            }
            | other,
        )


async def test_what_is_given_up_twice_is_shown_once():
    event = uuid4()
    await put(event_id=event)
    await put(event_id=event)
    await put(event_id=event, consumer="other")
    await put(event_id=None)
    await put(event_id=None)

    async with transaction() as session:
        assert await quarantine.count(session) == 4
        assert len(await quarantine.list_open(session, limit=3)) == 3


async def test_a_retried_fact_is_sent_again_and_done_by_the_one_who_failed(stream):
    seen, other = Seen(), Seen("other")
    (event,) = await written()
    seen.poison = {event}
    async with working(seen.handler, other.handler, pauses=FAST), relaying(stream):
        await so(lambda: scalar("SELECT count(*) FROM quarantine"))
        seen.poison.clear()
        # Sooner than any person: else the server would take the repeat for a duplicate.
        await stream.jetstream().purge_stream("CASES")
        await stream.jetstream().delete_stream("CASES")
        await ensure(stream, [seen.handler.consumer(), other.handler.consumer()])
        async with transaction() as session:
            assert await quarantine.retry(session, 1)
        await so(lambda: seen.ids)
        await so(lambda: acked(stream, "other"))

    assert seen.ids == other.ids == [event]
    async with transaction() as session:
        assert await quarantine.count(session) == 0
        assert not await quarantine.retry(session, 1)
        assert not await quarantine.retry(session, 99)


async def test_a_retry_makes_the_sweep_look_again():
    (event,) = await written()
    await put(event_id=event)
    await scalar("INSERT INTO swept VALUES ('seen', 100), ('other', 100) RETURNING 1")
    async with transaction() as session:
        await inbox.claim(session, "seen", [event])
        assert await quarantine.retry(session, 1)

    assert await scalar("SELECT position FROM swept WHERE consumer = 'seen'") == 0
    assert await scalar("SELECT position FROM swept WHERE consumer = 'other'") == 100
    assert await scalar("SELECT count(*) FROM inbox") == 0


async def test_a_sealed_message_goes_back_to_whoever_sealed_it():
    await put(event_id=None, sealed=b"sealed")
    taken = []

    async def resend(_session, row):
        taken.append(row.sealed)

    async with transaction() as session:
        assert not await quarantine.retry(session, 1)
        assert await quarantine.retry(session, 1, resend=resend)
        assert not await quarantine.retry(session, 1, resend=resend)
    assert taken == [b"sealed"]


async def test_what_the_server_gave_up_on_lands_in_quarantine(stream):
    async with working() as broker:
        await ensure(
            stream, [Consumer("CASES", "dying", ("case.>",), 2, ack_wait=0.1), CONSUMER]
        )
        await broker.stop()
        listen(broker)
        await broker.start()
        async with relaying(stream):
            (event,) = await written()
            # A worker that takes the fact and is killed, twice.
            reader = await stream.jetstream().pull_subscribe_bind("dying", "CASES")
            for _ in range(2):
                await so(lambda: _taken(reader))
            await so(lambda: _touched(reader))

    async with transaction() as session:
        (row,) = await quarantine.list_open(session)
    assert (row.consumer, row.event_id, row.reason) == ("dying", event, "max_deliveries")
    assert row.tries == 2


async def _taken(reader):
    try:
        return await reader.fetch(1, timeout=0.5)
    except TimeoutError:
        return []


async def _touched(reader):
    await _taken(reader)  # the server notices that the tries are used up when it is asked
    return await scalar("SELECT count(*) FROM quarantine")


async def test_our_own_giving_up_is_not_noted_twice(stream):
    seen = Seen()
    (event,) = await written()
    seen.poison = {event}
    async with working(seen.handler, pauses=FAST) as broker:
        await ensure(stream, [CONSUMER])
        await broker.stop()
        listen(broker)
        await broker.start()
        async with relaying(stream):
            await so(lambda: scalar("SELECT count(*) FROM quarantine"))
            await scalar("UPDATE quarantine SET resolved_at = now() RETURNING 1")
            await so(lambda: _advised(stream))

    assert await scalar("SELECT count(*) FROM quarantine") == 1


async def _advised(stream):
    info = await stream.jetstream().consumer_info("ADVISORIES", CONSUMER.name)
    return info.delivered.stream_seq and not info.num_pending and not info.num_ack_pending
