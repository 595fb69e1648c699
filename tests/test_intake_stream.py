"""Reports from other systems over NATS: taken in once, or visible in quarantine with why."""

import asyncio
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import orjson
import pytest
from structlog.testing import capture_logs

from infra.stream import advisories
from infra.stream.broker import make_broker
from infra.stream.streams import ensure
from services.intake import subscriber
from services.trace import new_trace
from tests.people import STORY, count, problem, rows
from tests.stream_support import so

NEW = {"code": "ny", "name": "Ny", "kind": "home_care", "owner_type": "in_house"}


@asynccontextmanager
async def _taking_in():
    """The worker's intake, and nothing else of it."""
    broker = make_broker("test")
    connection = await broker.connect()
    await ensure(connection, [advisories.CONSUMER, subscriber.CONSUMER])
    subscriber.listen(broker)
    await broker.start()
    try:
        yield
    finally:
        await broker.stop()


@pytest.fixture
async def publish(stream):
    await ensure(stream, [subscriber.CONSUMER])

    async def send(content=None, **form):
        if content is None:
            form = {"id": str(uuid4()), "unit": "solrosen", "text": STORY} | form
            content = orjson.dumps(form)
        await stream.jetstream().publish("intake.report", content)
        return form.get("id")

    return send


async def _empty(stream):
    """Wait until the intake has answered everything."""

    async def nothing_left():
        info = await stream.jetstream().stream_info("INTAKE")
        return info.state.messages == 0

    await so(nothing_left)


async def _held(town):
    return (await town.adam.get("quarantine")).json()


async def test_a_report_is_taken_in_once_however_often_it_is_published(town, stream, publish):
    report_id = str(uuid4())
    async with _taking_in():
        await asyncio.gather(*(publish(id=report_id) for _ in range(10)))
        await _empty(stream)
        again = await publish(id=report_id, source="paper", kind="deviation")
        await publish(id=report_id, text="Något helt annat.")
        await _empty(stream)
    assert again == report_id
    assert await count("event", "type = 'case.report_received'") == 2
    seen = (await town.alice.get(f"cases/{report_id}")).json()
    assert (seen["text"], seen["reporter"], seen["twin_of"]) == (STORY, None, None)
    assert seen["timeline"][0]["by"] == "system:intake"
    [twin] = [
        it for it in (await town.alice.get("queue")).json()["items"] if "twin" in it["flags"]
    ]
    assert (await town.alice.get(f"cases/{twin['case_id']}")).json()["twin_of"] == report_id
    assert await _held(town) == []


async def test_the_way_a_report_came_does_not_double_it(town, stream, publish):
    report_id = uuid4()
    async with _taking_in():
        await publish(id=str(report_id))
        await _empty(stream)
    answer = await town.cim.file(report_id, text=STORY, harm="unknown")
    assert (answer.status_code, answer.json()["case_id"]) == (200, str(report_id))


BAD = {
    "unknown_unit": {"unit": "finns-inte"},
    "invalid:unit": {"unit": None},
    "invalid:text": {"text": "hemlig\x00"},
    "invalid:id": {"id": "hemlig"},
    "invalid:occurred_at": {"occurred_at": "2026-01-01T00:00:00"},
    "unknown:occurred_at": {"occurred_at": "9999-01-01T00:00:00Z"},
    "invalid:kind": {"kind": "complaint"},
    "invalid:harm": {"harm": "hemlig"},
    "lex_sarah_needs_a_name": {"lex_sarah": True},
    "invalid": {"hemlig berättelse om Anna": 1},
}
RAW = (b"", b"hemlig", b'{"text": "hemlig', b"\xff\xfe", b"[]", b"[" * 10_000, b'"\\ud800"')


async def test_what_cannot_be_taken_is_held_with_why_and_nobody_reads_it_there(
    town, stream, publish
):
    with capture_logs() as logs:
        async with _taking_in():
            for form in BAD.values():
                await publish(**{"text": "hemlig", **form})
            for content in RAW:
                await publish(content)
            await publish(text="x" * 300_000)
            right = await publish()
            await _empty(stream)
    held = await _held(town)
    assert [it["reason"] for it in held] == [*BAD, *["invalid"] * len(RAW), "invalid:text"]
    assert {it["consumer"] for it in held} == {"intake"}
    assert "hemlig" not in str(held)
    assert "Anna" not in str(logs)
    assert "hemlig" not in str(logs)
    assert await count("event", "type = 'case.report_received'") == 1
    assert (await town.alice.get(f"cases/{right}")).status_code == 200
    sealed = await rows("SELECT sealed FROM quarantine ORDER BY id")
    assert all(row[0] and b"hemlig" not in row[0] for row in sealed)
    problem(await town.alice.get("quarantine"), 403)
    problem(await town.alice.ask("POST", f"quarantine/{held[0]['id']}/retry"), 403)


async def test_a_held_report_becomes_a_case_once_its_unit_is_there(town, stream, publish):
    async with _taking_in():
        report_id = await publish(unit="ny")
        await _empty(stream)
    [held] = await _held(town)
    path = f"quarantine/{held['id']}/retry"
    # Too early: it is held anew, and the first row is closed.
    assert (await town.adam.ask("POST", path)).status_code == 200
    problem(await town.adam.ask("POST", path), 409, "nothing_to_retry")
    [held] = await _held(town)
    assert (held["reason"], held["tries"]) == ("unknown_unit", 2)
    assert (await town.adam.ask("PUT", "admin/units/ny", json=NEW)).status_code == 204
    path = f"quarantine/{held['id']}/retry"
    at_once = await asyncio.gather(*(town.adam.ask("POST", path) for _ in range(5)))
    assert sorted(it.status_code for it in at_once) == [200, 409, 409, 409, 409]
    assert await _held(town) == []
    assert (await town.sas.get(f"cases/{report_id}")).json()["text"] == STORY
    assert await count("event", "type = 'case.report_received'") == 1
    problem(await town.adam.ask("POST", "quarantine/999999/retry"), 409)


async def test_what_comes_while_the_worker_is_down_waits_for_it(town, stream, publish):
    first = [await publish() for _ in range(3)]
    async with _taking_in():
        await _empty(stream)
    later = [await publish() for _ in range(3)]
    again = [await publish(id=it) for it in first]
    async with _taking_in():
        await _empty(stream)
    assert await count("event", "type = 'case.report_received'") == 6
    for case_id in (*first, *later):
        assert (await town.alice.get(f"cases/{case_id}")).status_code == 200
    assert again == first


async def test_a_report_taken_in_but_not_answered_is_not_taken_in_again(town, stream, publish):
    report_id = await publish()
    waiting = await stream.jetstream().pull_subscribe_bind("intake", "INTAKE")
    [message] = await waiting.fetch(1, timeout=5)
    # The worker dies between the commit and its answer.
    assert await subscriber.take_in(message.data, new_trace()) == UUID(report_id)
    await message.nak()
    await waiting.unsubscribe()
    async with _taking_in():
        await _empty(stream)
    assert await count("event", "type = 'case.report_received'") == 1
    assert await _held(town) == []
