from datetime import UTC, datetime, timedelta

import pytest

from infra.db import transaction
from infra.stream.inbox import claim
from infra.stream.streams import ensure
from services.sweep import sweep
from tests.stream_support import Seen, relaying, scalar, so, working, written
from tests.test_quarantine import put

pytestmark = pytest.mark.usefixtures("database")
LONG_AGO = datetime.now(UTC) - timedelta(hours=1)
POSITION = "SELECT position FROM swept WHERE consumer = 'seen'"


async def test_a_fact_the_stream_lost_is_sent_again_and_handled(stream):
    seen = Seen()
    async with working(seen.handler), relaying(stream):
        handled = await written(cases=3)
        await so(lambda: len(seen.ids) == 3)
        lost = await written(cases=2, sent_at=LONG_AGO)
        await so(lambda: _settled(stream, seen))
        await scalar("UPDATE event SET sent_at = :at RETURNING 1", at=LONG_AGO)

        assert await sweep(stream.jetstream(), [seen.handler]) == 2
        await so(lambda: len(seen.ids) == 5)

    assert set(seen.ids) == {*handled, *lost}
    assert await scalar(POSITION) == 3


async def test_handled_facts_and_those_of_others_are_passed_over(stream):
    seen = Seen()
    await ensure(stream, [seen.handler.consumer()])
    ids = await written(cases=2, sent_at=LONG_AGO)
    await written(cases=2, kind="case.other", sent_at=LONG_AGO)
    async with transaction() as session:
        await claim(session, "seen", ids[:1])
    await put(event_id=ids[1])

    assert await sweep(stream.jetstream(), [seen.handler]) == 0
    assert await scalar(POSITION) == 4


async def test_the_young_and_the_unsent_are_waited_for(stream):
    seen = Seen()
    await ensure(stream, [seen.handler.consumer()])
    await written(sent_at=datetime.now(UTC))
    await written(sent_at=None)
    await written(kind="case.other", sent_at=LONG_AGO)

    assert await sweep(stream.jetstream(), [seen.handler]) == 0
    assert await scalar(POSITION) == 0


async def test_what_only_waits_its_turn_is_not_lost(stream):
    seen = Seen()
    await ensure(stream, [seen.handler.consumer()])
    async with relaying(stream):
        await written(cases=3)
        await so(lambda: _pending(stream))
    await scalar("UPDATE event SET sent_at = :at RETURNING 1", at=LONG_AGO)

    assert await sweep(stream.jetstream(), [seen.handler]) == 0


async def test_a_handler_that_joins_late_does_not_get_all_years(stream):
    seen, late = Seen(), Seen("late")
    await ensure(stream, [seen.handler.consumer(), late.handler.consumer()])
    ids = await written(cases=2, sent_at=LONG_AGO)
    async with transaction() as session:
        await claim(session, "seen", ids)
    await sweep(stream.jetstream(), [seen.handler])

    assert await sweep(stream.jetstream(), [seen.handler, late.handler]) == 0
    assert await scalar("SELECT position FROM swept WHERE consumer = 'late'") == 2


async def _pending(stream):
    info = await stream.jetstream().consumer_info("CASES", "seen")
    return info.num_pending == 3


async def _settled(stream, seen):
    info = await stream.jetstream().consumer_info("CASES", seen.handler.name)
    return not info.num_pending and not info.num_ack_pending
