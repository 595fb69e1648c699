"""One trace from the phone's request to the last thing that followed from it."""

from uuid import uuid4

import orjson

from tests.product import product
from tests.stream_support import scalar, so, stored

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = f"00-{TRACE}-00f067aa0ba902b7-01"
REPORT = {"unit": "solrosen", "text": "Kvällsdosen gavs aldrig.", "harm": "serious"}


async def test_a_trace_is_kept_from_the_request_to_the_last_handler(database, stream, tmp_path):
    async with product(tmp_path) as it:
        case = uuid4()
        answer = await it.client.put(
            f"/api/v1/reports/{case}",
            headers={**it.as_("medarbetare"), "traceparent": PARENT},
            json=REPORT,
        )
        assert answer.status_code == 201
        assert answer.headers["x-trace-id"] == TRACE
        await so(
            lambda: scalar(
                "SELECT 1 FROM notice WHERE case_id = :case AND code = 'received_serious'",
                case=case,
            )
        )
        # The classification is a fact of a handler, and was followed by others in turn.
        await so(lambda: scalar("SELECT count(*) = 0 FROM event WHERE sent_at IS NULL"))
        await so(lambda: _handled(it, "escalate", 2))
        traces = await scalar("SELECT array_agg(DISTINCT trace) FROM event")
        assert traces == [TRACE]
        assert await scalar("SELECT array_agg(DISTINCT trace) FROM notice") == [TRACE]
        events = await stored(stream)
        assert {event["traceparent"].split("-")[1] for event in events} == {TRACE}
        assert len({event["traceparent"].split("-")[2] for event in events}) == len(events)
        executed = it.lines("case.executed")
        assert {line["process"] for line in executed} == {"web", "worker"}
        assert {line["trace"] for line in executed} == {TRACE}
        handled = [line for line in it.lines("handler.handled", "worker") if line["done"]]
        assert {line["handler"] for line in handled} >= {"classify", "notify", "project"}
        assert all(line["traces"] == [TRACE] for line in handled)


def _handled(it, handler, done):
    lines = it.lines("handler.handled", "worker")
    return sum(line["done"] for line in lines if line["handler"] == handler) >= done


async def test_a_command_carries_the_trace_of_its_request(database, stream, tmp_path):
    async with product(tmp_path, processes=("web", "relay", "worker")) as it:
        case = uuid4()
        await it.client.put(f"/api/v1/reports/{case}", headers=it.as_("chef"), json=REPORT)
        answer = await it.client.post(
            f"/api/v1/cases/{case}/confirm-classification",
            headers={**it.as_("chef"), "traceparent": PARENT},
            json={"category": "omsorg"},
        )
        assert answer.status_code == 200, answer.text
        traced = "SELECT trace FROM event WHERE type = 'case.classification_confirmed'"
        assert await scalar(traced) == TRACE
        assert await scalar("SELECT trace FROM access_log WHERE what LIKE 'case%'") == TRACE


async def test_another_system_may_bring_its_trace(database, stream, tmp_path):
    async with product(tmp_path, processes=("web", "relay", "worker")) as it:
        case = uuid4()
        for headers in ({"traceparent": PARENT}, {"traceparent": "00-karin-sjo-01"}, None):
            await stream.jetstream().publish(
                "intake.report",
                orjson.dumps({**REPORT, "id": str(case), "text": str(headers)}),
                headers=headers,
            )
        told = "SELECT count(*) FROM event WHERE type = 'case.report_received'"
        await so(lambda: _three(told))
        assert await scalar(f"{told} AND trace = '{TRACE}'") == 1
        assert await scalar(f"{told} AND trace ~ '^[0-9a-f]{{32}}$'") == 3
        assert it.client


async def _three(query):
    return await scalar(query) == 3
