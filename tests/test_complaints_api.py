"""The door without a login: taken once, answered in words, and nobody is followed."""

import asyncio
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from infra.db import transaction
from services.intake.group import Full
from services.web.pace import Pace
from tests.outsiders import BODY, MAIL, STORY, a_unit, case_of, read, seen, tell, told
from tests.people import count, problem, rows


async def test_anybody_may_tell_us_and_gets_a_number_and_a_code(town):
    report_id = uuid4()
    answer = await tell(town.nobody, report_id, wish="Att någon svarar.", language="arabiska")
    assert answer.status_code == 201, answer.text
    receipt = answer.json()
    assert receipt.keys() == {"number", "code", "says", "danger"}
    assert receipt["number"].startswith("S-")
    assert receipt["danger"] is False
    assert receipt["says"] == (
        "Tack! Vi har tagit emot det du skrev. "
        "Spara koden. Den är nyckeln till svaret. Vi kan inte ta fram den igen."
    )
    assert answer.headers["cache-control"] == "no-store"
    case = (await town.alice.get(f"cases/{await case_of(receipt['number'])}")).json()
    assert (case["kind"], case["text"], case["reporter"]) == ("complaint", STORY, None)
    [first, *_] = case["timeline"]
    assert first["by"] == "system:complaints"
    assert (first["fact"]["source"], first["fact"]["relation"]) == ("web", "relative")
    assert (first["words"]["wish"], first["words"]["language"]) == (
        "Att någon svarar.",
        "arabiska",
    )
    assert {it["code"] for it in case["deadlines"]} == {"acknowledge", "answer_complainant"}


@pytest.mark.parametrize(
    ("way", "contact", "coded"),
    [
        ("code", None, True),
        ("email", "a.b+c@sub.exempel.se", True),
        ("phone", "070-174 06 99", True),
        ("letter", "Storgatan 1, Norrvik", True),
        ("none", None, False),
    ],
)
async def test_everybody_who_wants_to_hear_from_us_gets_a_code(town, way, contact, coded):
    receipt = await told(town.nobody, answer_way=way, contact=contact, complainant="Ada B")
    assert ("code" in receipt) is coded
    if coded:
        assert (await seen(town.nobody, receipt["code"]))["number"] == receipt["number"]


async def test_the_same_again_gets_a_new_code_and_the_old_one_stops(town):
    report_id = uuid4()
    first = (await tell(town.nobody, report_id)).json()
    again = await tell(town.nobody, report_id)
    assert again.status_code == 200
    assert again.json()["number"] == first["number"]
    assert again.json()["code"] != first["code"]
    problem(await read(town.nobody, first["code"]), 404, "wrong_code")
    await seen(town.nobody, again.json()["code"])
    assert await count("event", "type = 'case.report_received'") == 1


async def test_after_a_day_the_same_again_gets_no_code_but_the_reason(town):
    report_id = uuid4()
    first = (await tell(town.nobody, report_id)).json()
    async with transaction() as session:
        late = "UPDATE report_receipt SET at = at - interval '25 hours'"
        await session.execute(text(late))
    again = await tell(town.nobody, report_id)
    assert again.status_code == 200
    assert again.json().keys() == {"number", "says", "danger"}
    assert "efter ett dygn gör vi ingen ny" in again.json()["says"]
    await seen(town.nobody, first["code"])  # the first one works on


async def test_other_content_under_the_same_id_is_a_case_of_its_own(town):
    report_id = uuid4()
    first = (await tell(town.nobody, report_id)).json()
    other = await tell(town.nobody, report_id, text="Något helt annat.")
    assert other.status_code == 201
    assert other.json()["number"] != first["number"]
    assert (await seen(town.nobody, first["code"]))["text"] == STORY
    assert (await seen(town.nobody, other.json()["code"]))["text"] == "Något helt annat."
    items = (await town.alice.get("queue")).json()["items"]
    assert sorted("twin" in it["flags"] for it in items) == [False, True]


async def test_the_same_twenty_times_at_once_is_one_case_with_one_code(town):
    report_id = uuid4()
    town.app.state.pace = Pace(at_once=40)
    answers = await asyncio.gather(*(tell(town.nobody, report_id) for _ in range(20)))
    assert sorted(it.status_code for it in answers) == [200] * 19 + [201]
    assert await count("event", "type = 'case.report_received'") == 1
    assert await count("receipt_code") == 1


async def test_who_works_with_a_case_cannot_make_its_sender_a_new_code(town):
    """They see its ids and all that was written: sent again, that is a case of its own."""
    anonymous = {"unit": "solrosen", "text": "Ingen kom.", "anonymous": True}
    filed = (await town.cim.ask("PUT", f"reports/{uuid4()}", json=anonymous)).json()
    code = (await told(town.nobody))["code"]
    cases = await rows("SELECT case_id, report_id FROM read.case_index")
    for known in {seen_id for ids in cases for seen_id in ids}:
        assert (await tell(town.nobody, known)).status_code == 201
        again = await town.alice.ask("PUT", f"reports/{known}", json=anonymous)
        assert again.status_code == 201
    await seen(town.nobody, code)
    await seen(town.nobody, filed["code"])


async def test_what_has_no_place_goes_to_the_first_reception(town):
    told_where = problem(await tell(town.nobody, unit=None), 422, "no_reception")
    assert told_where["errors"][0]["field"] == "unit"
    assert told_where["detail"].startswith("Välj en verksamhet.")
    await a_unit("mottagning-b", "reception")
    await a_unit("mottagning-a", "reception")
    receipt = await told(town.nobody, unit=None)
    [row] = await rows(
        "SELECT unit FROM read.case_index WHERE case_id = :id", id=receipt["case_id"]
    )
    assert row[0] == "mottagning-a"


async def test_words_of_danger_point_to_112_and_are_filed_all_the_same(town):
    await a_unit("solrosen", "home_care", "070-174 06 01")
    said = "Mamma ligger på golvet och andas knappt, hon blöder kraftigt."
    receipt = await told(town.nobody, text=said)
    assert receipt["danger"] is True
    assert receipt["on_call_phone"] == "070-174 06 01"
    assert receipt["says"].startswith(
        "Är det bråttom? Ring 112. Du kan också ringa jouren: 070-174 06 01."
    )
    assert (await seen(town.nobody, receipt["code"]))["text"] == said
    nowhere = await told(town.nobody, text=said, unit="bjorken")
    assert "on_call_phone" not in nowhere
    assert "112" in nowhere["says"]


BAD = {
    "no text": ({"text": None}, "text"),
    "blank": ({"text": "  "}, "text"),
    "nul": ({"text": "hemlig\x00"}, "text"),
    "too long": ({"text": "å" * 20_001}, "text"),
    "no relation": ({"relation": None}, "relation"),
    "unknown relation": ({"relation": "hemlig granne"}, "relation"),
    "no way": ({"answer_way": None}, "answer_way"),
    "a meeting": ({"answer_way": "meeting"}, "answer_way"),
    "mail to nowhere": ({"answer_way": "email"}, "contact"),
    "mail to no address": ({"answer_way": "email", "contact": "hemlig"}, "contact"),
    "mail to two": ({"answer_way": "email", "contact": "a@b.se,hemlig@c.se"}, "contact"),
    "a header": ({"answer_way": "email", "contact": "a@b.se\nBcc: hemlig@c.se"}, "contact"),
    "a name": ({"answer_way": "email", "contact": "Hemlig <a@b.se>"}, "contact"),
    "no number": ({"answer_way": "phone"}, "contact"),
    "no address": ({"answer_way": "letter"}, "contact"),
    "more than asked": ({"contact": "hemlig@exempel.se"}, "contact"),
    "no answer wanted": ({"answer_way": "none", "contact": "070 hemlig"}, "contact"),
    "unknown unit": ({"unit": "finns-inte"}, "unit"),
    "closed unit": ({"unit": "granen"}, "unit"),
    "severity": ({"harm": "serious"}, "harm"),
    "a kind": ({"kind": "complaint"}, "kind"),
    "long ago": ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "occurred_at"),
    "no device's clock": ({"written_at": "9999-12-31T23:59:59-12:00"}, "written_at"),
    "tomorrow": ({"occurred_at": "2150-12-31T23:59:59+00:00"}, "occurred_at"),
}


async def test_what_cannot_be_taken_is_refused_in_words(town):
    faults = []
    for case, (form, field) in BAD.items():
        answer = await tell(town.nobody, **form)
        said = problem(answer, 422)
        if field not in [it["field"] for it in said.get("errors", [said])]:
            faults.append((case, said))
        if "hemlig" in answer.text.lower() or "har fel värde" in answer.text:
            faults.append((case, answer.text))
    assert not faults
    for table in ("event", "vault_item", "report_receipt", "receipt_code"):
        assert await count(table) == 0


async def test_bytes_that_are_no_complaint_are_refused(town):
    for content, status in (
        (b"", 422),
        (b"[]", 422),
        (b'{"text": "hemlig', 422),
        ('{"text": "å"}'.encode("latin-1"), 400),
        (b'{"text": "' + b"a" * 300_000 + b'"}', 413),
    ):
        path = f"complaints/{uuid4()}"
        problem(await town.nobody.ask("PUT", path, content=content), status)


async def test_staff_type_in_what_somebody_told_them(town):
    said = {"source": "call", "complainant": "Ada B", "answer_way": "phone", "contact": "070-1"}
    answer = await tell(town.cim, **said)
    assert answer.status_code == 201, answer.text
    receipt = answer.json()
    assert "code" not in receipt
    case = (await town.alice.get(f"cases/{receipt['case_id']}")).json()
    [first, *_] = case["timeline"]
    assert first["by"] == str(town.cim.account_id)
    assert (first["fact"]["source"], first["words"]["complainant"]) == ("call", "Ada B")
    assert case["reporter"] is None
    # Who typed it in owns no report, and reads no case for having done so.
    assert (await town.cim.get("reports")).json() == []
    problem(await town.cim.get(f"reports/{receipt['case_id']}"), 403)
    problem(await town.cim.get(f"cases/{receipt['case_id']}"), 403)


@pytest.mark.parametrize(
    ("form", "coded"),
    [
        ({"source": "paper", "answer_way": "letter", "contact": "Box 1"}, False),
        ({"source": "paper", "answer_way": "letter", "contact": "Box 1", "code": True}, True),
        ({"source": "spoken", "answer_way": "none"}, False),
        ({"source": "spoken", "answer_way": "code"}, True),
        ({"source": "email", **MAIL}, True),
        ({"source": "ivo", "answer_way": "none"}, False),
    ],
)
async def test_what_staff_type_in_gets_a_code_where_it_is_of_use(town, form, coded):
    answer = await tell(town.cim, **form)
    assert answer.status_code == 201, answer.text
    assert ("code" in answer.json()) is coded


async def test_staff_say_whence_they_have_it_and_need_a_right_to_file(town):
    said = problem(await tell(town.cim), 422, "source_missing")
    assert said["errors"][0]["field"] == "source"
    for source in ("web", "import", "hemlig"):
        problem(await tell(town.cim, source=source), 422, "invalid")
    problem(await tell(town.nils, source="call"), 403, "forbidden")
    expired = await tell(
        town.nobody, source="call", headers={"Authorization": "Bearer avk_fel"}
    )
    problem(expired, 401, "unauthenticated")
    assert await count("event") == 0


async def test_the_public_comes_by_the_web_whatever_it_says(town):
    receipt = await told(town.nobody, source="ivo", code=False)
    [row] = await rows(
        "SELECT body->>'source', by FROM event WHERE case_id = :id AND sequence = 1",
        id=receipt["case_id"],
    )
    assert tuple(row) == ("web", "system:complaints")
    assert "code" in receipt


async def test_when_more_comes_than_can_be_handled_it_says_when_to_try_again(town):
    town.app.state.admission.closed = True
    answer = await tell(town.nobody)
    problem(answer, 503, "busy")
    assert int(answer.headers["retry-after"]) > 0
    with pytest.raises(Full):
        town.app.state.admission.check()


async def test_one_place_cannot_run_the_door_down(town):
    town.app.state.pace = Pace(burst=2, per_second=0.001)
    answers = [await tell(town.nobody) for _ in range(3)]
    assert [it.status_code for it in answers] == [201, 201, 429]
    said = problem(answers[2], 429, "too_many")
    assert int(answers[2].headers["retry-after"]) > 100
    assert said["detail"].startswith("Det är för många försök just nu. Vänta ")
    elsewhere = httpx.ASGITransport(town.app, client=("192.0.2.7", 1))
    async with httpx.AsyncClient(transport=elsewhere, base_url="http://avvik.test") as client:
        path = f"/api/v1/complaints/{uuid4()}"
        assert (await client.put(path, json=BODY)).status_code == 201
    assert (await tell(town.cim, source="call")).status_code == 201  # staff are known


async def test_only_so_many_are_served_at_once(town):
    town.app.state.pace = Pace(at_once=0)
    problem(await tell(town.nobody), 429, "too_many")
    problem(await read(town.nobody, "7K3M-Q9TX-2FHW-D8NP"), 429, "too_many")
    assert (await tell(town.cim, source="call")).status_code == 201


def test_the_bucket_fills_again_and_holds_no_address():
    pace = Pace(burst=1, per_second=1e9)
    for _ in range(5):
        pace.take("198.51.100.23")
    assert "198.51.100" not in str(vars(pace))
    other = Pace()
    other.take("198.51.100.23")
    assert not set(pace._buckets) & set(other._buckets)  # each process has its own key


async def test_nothing_tells_who_sent_it(town):
    parent = {"traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"}
    place = httpx.ASGITransport(town.app, client=("192.0.2.77", 4242))
    with capture_logs() as lines:
        async with httpx.AsyncClient(transport=place, base_url="http://avvik.test") as client:
            answer = await client.put(
                f"/api/v1/complaints/{uuid4()}", json=BODY, headers=parent
            )
            code = answer.json()["code"]
            looked = await client.post("/api/v1/answers", json={"code": code}, headers=parent)
            wrote = await client.post(
                "/api/v1/answers/messages",
                json={"code": code, "id": str(uuid4()), "text": "Mer."},
                headers=parent,
            )
    assert [answer.status_code, looked.status_code, wrote.status_code] == [201, 200, 201]
    traces = {it.headers["x-trace-id"] for it in (answer, looked, wrote)}
    assert len(traces) == 3  # not even with each other
    assert "ab" * 16 not in traces
    held = [*await rows("SELECT trace FROM event"), *await rows("SELECT trace FROM access_log")]
    assert held
    assert not {row[0] for row in held} & {"ab" * 16}
    assert lines
    assert "192.0.2.77" not in str(lines)
    assert code not in str(lines)
    for table in ("event", "access_log", "receipt_code", "report_receipt", "vault_item"):
        found = await rows(f"SELECT to_jsonb(t)::text FROM {table} t")  # noqa: S608 - ours
        assert not [row for row in found if "192.0.2" in row[0] or code in row[0]], table
