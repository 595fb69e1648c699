import asyncio
import tempfile
from pathlib import Path

import asyncpg
import nats
import pytest

from infra.db import address
from infra.faults import CannotStart
from infra.stream.publish import Letter, NotSent, send
from infra.stream.streams import CASES, Stream, _ensure_stream, ensure
from services import relay
from services.relay import CHANNEL, _letter
from tests.servers import nats_server
from tests.stream_support import in_order, relaying, scalar, so, stored, written

UNSENT = "SELECT count(*) FROM event WHERE sent_at IS NULL"


async def all_sent():
    return await scalar(UNSENT) == 0


@pytest.mark.parametrize("batches", [True, False])
async def test_facts_reach_the_stream_once_and_in_order(database, stream, batches):
    await ensure(stream)
    await written(cases=7, each=30)

    async with relaying(stream, batches=batches, batch=50) as relay:
        await so(all_sent)

    events = await stored(stream)
    assert len(events) == relay.sent == 210
    assert in_order(events)
    assert events[0]["data"] == {"n": 0, "åäö": "ä"}


async def test_a_batch_with_a_known_fact_is_sent_one_by_one_in_order(database, stream):
    await ensure(stream)
    await written(cases=3, each=4)
    connection = await asyncpg.connect(address())
    letters = [_letter(row) for row in await connection.fetch(relay.UNSENT, 100)]
    await connection.close()
    # As after a crash between sending and marking.
    await send(stream, letters[:5], batches=True)

    async with relaying(stream) as sender:
        await so(all_sent)

    events = await stored(stream)
    assert len(events) == sender.sent == 12
    assert in_order(events)


async def test_a_large_batch_is_taken_as_one(database, stream):
    await ensure(stream)
    await written(cases=1000)

    async with relaying(stream, batch=1000):
        await so(all_sent)

    assert (await stream.jetstream().stream_info("CASES")).state.messages == 1000


async def test_what_follows_a_refused_letter_of_its_case_waits(database, stream):
    await ensure(stream)
    ids = await written(cases=2, each=2)
    big = b"x" * 3_000_000
    letters = [
        Letter(n, event, ids[n % 2], f"case.a.{ids[n % 2]}.b", big if n == 0 else b"{}")
        for n, event in enumerate(ids)
    ]

    with pytest.raises(NotSent) as left:
        await send(stream, letters, batches=True)

    assert sorted(left.value.sent) == [1, 3]


async def test_nothing_is_lost_when_nats_is_killed(database, monkeypatch):
    monkeypatch.setattr("infra.stream.publish.TIMEOUT", 0.5)
    with tempfile.TemporaryDirectory(dir="/tmp") as where, nats_server(Path(where)) as server:
        connection = await nats.connect(
            server.url, max_reconnect_attempts=-1, reconnect_time_wait=0.05, error_cb=_silent
        )
        await ensure(connection)
        async with relaying(connection, batch=50) as relay:
            for _ in range(4):
                await written(cases=20, each=5)
                sent = relay.sent
                await so(lambda sent=sent: relay.sent > sent)
                server.kill()
                await written(cases=20, each=5)
                await asyncio.sleep(0.05)
                server.start()
            await so(all_sent, seconds=60)
        events = await stored(connection)
        await connection.close()

    assert len(events) == len({event["id"] for event in events}) == 800
    assert in_order(events)


async def test_nothing_is_lost_when_the_database_session_dies(database, stream):
    await ensure(stream)
    async with relaying(stream, batch=20) as relay:
        await written(cases=50, each=2)
        await so(lambda: relay.sent)
        await scalar(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'avvik-relay'"
        )
        await written(cases=50, each=2)
        await so(all_sent)

    events = await stored(stream)
    assert len(events) == 200
    assert in_order(events)


async def test_a_second_relay_stands_by_and_takes_over(database, stream):
    await ensure(stream)
    async with relaying(stream) as second_to_be:
        await so(lambda: second_to_be.leading)
        async with relaying(stream) as standby:
            await written(cases=10)
            await so(all_sent)
            assert not standby.leading
            assert (second_to_be.sent, standby.sent) == (10, 0)
            await scalar(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            )
            await so(lambda: standby.leading or second_to_be.leading)
            await written(cases=10)
            await so(all_sent)

    assert second_to_be.sent + standby.sent == 20


async def test_a_stream_that_was_deleted_is_made_again(database, stream):
    await ensure(stream)
    async with relaying(stream):
        await written()
        await so(all_sent)
        await stream.jetstream().delete_stream("CASES")
        await written(cases=3)
        await so(all_sent)

    assert len(await stored(stream)) == 3


async def test_a_notice_wakes_the_relay(database, stream):
    await ensure(stream)
    async with relaying(stream, poll=3600.0) as relay:
        await so(lambda: relay.leading)
        await written()
        await so(lambda: _notify(all_sent))


async def _notify(then):
    await scalar("SELECT pg_notify(:channel, '')", channel=CHANNEL)
    return await then()


async def _silent(_):
    pass


async def test_streams_are_corrected_and_left_alone(stream):
    jetstream = stream.jetstream()
    assert (await ensure(stream)).batches
    found = (await jetstream.stream_info("CASES")).config
    assert (found.allow_atomic, found.duplicate_window) == (True, 120)
    await jetstream.update_stream(found.evolve(max_age=600.0, description="the operator's"))

    await ensure(stream)
    await ensure(stream)

    found = (await jetstream.stream_info("CASES")).config
    assert found.max_age == CASES.max_age.total_seconds()
    assert found.description == "the operator's"


async def test_what_cannot_be_corrected_stops_the_start_in_plain_words(stream):
    jetstream = stream.jetstream()
    await jetstream.add_stream(name="CASES", subjects=["case.>"], storage="memory")

    with pytest.raises(CannotStart, match="Strömmen CASES") as fault:
        await ensure(stream)

    assert "storage" in str(fault.value)


async def test_without_batches_the_stream_asks_for_none(stream):
    await _ensure_stream(stream.jetstream(), CASES, batches=False)

    assert not (await stream.jetstream().stream_info("CASES")).config.allow_atomic
    assert "allow_atomic" not in Stream("X", ("x",)).wanted(batches=True)
