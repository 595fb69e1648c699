"""Filing a report over HTTP: once each, whatever is sent, and a clear no in Swedish."""

import asyncio
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from events import OwnerType
from infra.db import transaction
from infra.people import tokens
from infra.people.identity import forget_actors
from infra.people.units import UnitData, keep_unit
from services import caches
from tests.people import STORY, count, problem, rows

PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJ"
    "RU5ErkJggg=="
)


async def test_the_same_report_five_times_is_one_case(town):
    report_id = uuid4()
    answers = [await town.cim.file(report_id) for _ in range(5)]
    assert [it.status_code for it in answers] == [201, 200, 200, 200, 200]
    assert len({it.text for it in answers}) == 1
    assert answers[0].json()["case_id"] == str(report_id)
    assert answers[0].json()["number"].startswith("A-")
    assert await count("event", "type = 'case.report_received'") == 1
    assert await count("vault_item") == 1


async def test_the_same_report_twenty_times_at_once_is_one_case(town):
    report_id = uuid4()
    answers = await asyncio.gather(*(town.cim.file(report_id) for _ in range(20)))
    assert sorted(it.status_code for it in answers) == [200] * 19 + [201]
    assert len({it.text for it in answers}) == 1
    assert await count("event", "type = 'case.report_received'") == 1
    assert await count("report_receipt") == 1
    assert await count("vault_item") == 1


async def test_other_content_under_the_same_id_is_a_flagged_report_of_its_own(town):
    report_id = uuid4()
    texts = ["Ett besök uteblev.", "Två besök uteblev.", "Tre besök uteblev."]
    first = [(await town.cim.file(report_id, text=it)).json() for it in texts]
    assert len({it["case_id"] for it in first}) == 3
    for _ in range(2):
        again = [await town.cim.file(report_id, text=it) for it in texts]
        assert [it.status_code for it in again] == [200, 200, 200]
        assert [it.json() for it in again] == first
    cases = [(await town.alice.get(f"cases/{it['case_id']}")).json() for it in first]
    assert [it["text"] for it in cases] == texts
    assert [it["twin_of"] for it in cases] == [None, str(report_id), str(report_id)]
    assert ["twin" in it["flags"] for it in cases] == [False, True, True]


async def test_different_contents_under_one_id_at_once_lose_none(town):
    report_id = uuid4()
    texts = [f"Besök {n % 5} uteblev." for n in range(20)]
    answers = await asyncio.gather(*(town.cim.file(report_id, text=it) for it in texts))
    assert sorted(it.status_code for it in answers) == [200] * 15 + [201] * 5
    told = {said: it.json()["case_id"] for said, it in zip(texts, answers, strict=True)}
    assert len(set(told.values())) == 5
    for said, case_id in told.items():
        assert (await town.alice.get(f"cases/{case_id}")).json()["text"] == said


async def test_two_ids_with_the_same_content_are_two_cases(town):
    assert await town.cim.case() != await town.cim.case()


async def test_a_repeat_is_answered_the_same_when_the_unit_has_closed_since(town):
    report_id = uuid4()
    first = await town.cim.file(report_id, unit="bjorken")
    async with transaction() as session:
        await keep_unit(
            session,
            UnitData("bjorken", "Björken", "home_care", OwnerType.IN_HOUSE, active=False),
        )
    caches.forget()
    again = await town.cim.file(report_id, unit="bjorken")
    assert (again.status_code, again.json()) == (200, first.json())
    problem(await town.cim.file(unit="bjorken"), 422, "unknown_unit")


def _body(**form):
    return {"json": {"unit": "solrosen", "text": "hemlig berättelse", **form}}


BAD = {
    "no unit": ({"json": {"text": "hemlig berättelse"}}, 422, "unit"),
    "unknown unit": (_body(unit="finns-inte"), 422, "unit"),
    "closed unit": (_body(unit="granen"), 422, "unit"),
    "closed reporting unit": (_body(reported_by_unit="granen"), 422, "reported_by_unit"),
    "a unit that is no code": (_body(unit="Hemlig Berättelse"), 422, "unit"),
    "too long": (_body(text="hemlig berättelse " * 1200), 422, "text"),
    "one too many": (_body(text="å" * 20_001), 422, "text"),
    "empty": (_body(text=""), 422, "text"),
    "blank": (_body(text=" \n\t "), 422, "text"),
    "nul": (_body(text="hemlig\x00berättelse"), 422, "text"),
    "nul in about": (_body(about="hemlig\x00berättelse"), 422, "about"),
    "no text": (_body(text=None), 422, "text"),
    "text is a number": (_body(text=17), 422, "text"),
    "text is a list": (_body(text=["hemlig berättelse"]), 422, "text"),
    "unknown harm": (_body(harm="hemlig berättelse"), 422, "harm"),
    "unknown category": (_body(category="hemlig"), 422, "category"),
    "anonymous is a story": (_body(anonymous="hemlig berättelse"), 422, "anonymous"),
    "future": (
        _body(occurred_at=(datetime.now(UTC) + timedelta(days=1)).isoformat()),
        422,
        "occurred_at",
    ),
    "year 9999": (_body(occurred_at="9999-12-31T23:59:59-12:00"), 422, "occurred_at"),
    "no time zone": (_body(occurred_at="2026-03-02T07:00:00"), 422, "occurred_at"),
    "no such day": (_body(occurred_at="2026-02-30T07:00:00Z"), 422, "occurred_at"),
    "a story for a day": (_body(occurred_at="hemlig berättelse"), 422, "occurred_at"),
    "unknown field": (_body(vem=1), 422, "vem"),
    "a story for a field": (_body(**{"hemlig berättelse": 1}), 422, None),
    "lone surrogate": (
        {"content": rb'{"unit": "solrosen", "text": "hemlig \ud800 ber\u00e4ttelse"}'},
        422,
        None,
    ),
    "broken JSON": ({"content": b'{"text": "hemlig ber'}, 422, None),
    "no body": ({"content": b""}, 422, None),
    "a list": ({"json": ["hemlig berättelse"]}, 422, None),
    "a number": ({"content": b"17"}, 422, None),
    "deep": ({"content": b"[" * 100_000}, 422, None),
    "a great number": ({"content": b'{"text": ' + b"9" * 5000 + b"}"}, 422, None),
    "not UTF-8": ({"content": '{"text": "hemlig berättelse"}'.encode("latin-1")}, 400, None),
    "UTF-16": ({"content": '{"text": "hemlig berättelse"}'.encode("utf-16")}, 400, None),
    "lex Sarah without a name": (_body(lex_sarah=True, anonymous=True), 422, None),
}


async def test_a_report_that_cannot_be_taken_is_refused_in_words(town):
    faults = []
    for case, (body, status, field) in BAD.items():
        answer = await town.cim.ask("PUT", f"reports/{uuid4()}", **body)
        try:
            told = problem(answer, status)
        except AssertionError as fault:
            faults.append((case, fault))
            continue
        fields = [it.get("field") for it in told.get("errors", [])] or [told.get("field")]
        if field is not None and field not in fields:
            faults.append((case, told))
        if "hemlig" in answer.text.lower() or "har fel värde" in answer.text:
            faults.append((case, answer.text))
    assert not faults
    for table in ("event", "vault_item", "report_receipt"):
        assert await count(table) == 0


async def test_a_megabyte_is_refused_before_it_is_read(town):
    read = 0

    async def megabyte():
        nonlocal read
        yield b'{"unit": "solrosen", "text": "'
        for _ in range(1024):
            read += 1024
            yield b"a" * 1024
        yield b'"}'

    answer = await town.cim.ask("PUT", f"reports/{uuid4()}", content=megabyte())
    problem(answer, 413, "too_large")
    assert read < 300 * 1024
    problem(await town.cim.file(text="a" * 1024 * 1024), 413, "too_large")


async def test_what_is_odd_but_right_is_kept_letter_by_letter(town):
    for said in (
        "å" * 20_000,
        "👵🏽" * 10_000,
        "\u202etvärtom\u200b",
        "'; DROP TABLE event;--",
    ):
        case_id = await town.cim.case(text=said)
        assert (await town.alice.get(f"cases/{case_id}")).json()["text"] == said


async def test_a_date_long_ago_is_no_fault(town):
    case_id = await town.cim.case(occurred_at="0001-01-01T00:00:00+14:00")
    assert (await town.alice.get(f"cases/{case_id}")).status_code == 200
    assert (await town.alice.get("queue")).status_code == 200


async def test_an_id_that_is_no_uuid_is_refused(town):
    form = {"unit": "solrosen", "text": STORY}
    told = problem(await town.cim.ask("PUT", "reports/hemlig", json=form), 422)
    assert [it["field"] for it in told["errors"]] == ["report_id"]


async def test_a_report_without_a_right_token_is_refused(town):
    for header in (
        "",
        "Bearer",
        "Bearer avk_fel",
        "Basic Y2ltOmNpbQ==",
        "Bearer \xff",
        "avk_x",
    ):
        answer = await town.nobody.ask(
            "PUT",
            f"reports/{uuid4()}",
            json={"unit": "solrosen", "text": STORY},
            headers={"Authorization": header.encode("latin-1")},
        )
        problem(answer, 401, "unauthenticated")
        assert answer.headers["www-authenticate"] == "Bearer"
    assert await count("event") == 0


async def test_an_expired_and_a_revoked_token_are_refused(town):
    async with transaction() as session:
        old = await tokens.issue(
            session, town.cim.account_id, "old", lives=timedelta(seconds=-1)
        )
        await tokens.revoke_this(session, town.cim.token)
    forget_actors()
    problem(await town.cim.file(), 401)
    town.cim.token = old
    problem(await town.cim.file(), 401)


async def test_a_closed_account_is_refused(town):
    path = f"admin/accounts/{town.cim.account_id}"
    assert (await town.adam.ask("PATCH", path, json={"active": False})).status_code == 204
    problem(await town.cim.file(), 401)


async def test_an_anonymous_report_has_no_trace_of_who_sent_it(town):
    traced = {"traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"}
    answer = await town.cim.ask(
        "PUT",
        f"reports/{uuid4()}",
        json={"unit": "solrosen", "text": STORY, "anonymous": True},
        headers=traced,
    )
    assert answer.status_code == 201
    case_id = answer.json()["case_id"]
    # The same page goes on to something that is written down under her name.
    mine = await town.cim.case()
    await town.cim.ask("GET", f"reports/{mine}", headers=traced)
    who = str(town.cim.account_id)
    for table in ("event", "access_log", "read.case_index", "vault_item", "report_receipt"):
        found = await rows(
            f"SELECT to_jsonb(t)::text FROM {table} t WHERE case_id = :id",  # noqa: S608 - ours
            id=case_id,
        )
        assert not [row for row in found if who in row[0]], table
    [trace] = await rows("SELECT trace FROM event WHERE case_id = :id LIMIT 1", id=case_id)
    assert await count("access_log", "trace = :trace", trace=trace[0]) == 0
    problem(await town.cim.get(f"reports/{case_id}"), 403)
    assert case_id not in (await town.cim.get("reports")).text
    seen = (await town.alice.get(f"cases/{case_id}")).json()
    assert (seen["reporter"], seen["reporter_name"]) == (None, None)
    assert next(it["by"] for it in seen["timeline"]) == "system:anonymous"


async def test_somebody_without_a_role_may_not_report(town):
    problem(await town.nils.file(), 403, "forbidden")


async def test_attachments_come_from_the_reporter_and_stay_in_the_case(town):
    case_id = await town.cim.case()
    path = f"cases/{case_id}/attachments"
    one = uuid4()
    for _ in range(2):
        put = await town.cim.ask(
            "PUT", f"{path}/{one}", params={"name": "golv.png"}, content=PNG
        )
        assert put.status_code == 201, put.text
    assert await count("event", "type = 'case.attachment_added'") == 1
    got = await town.alice.get(f"{path}/{one}")
    assert (got.status_code, got.content) == (200, PNG)
    assert got.headers["content-type"] == "image/png"
    [listed] = (await town.alice.get(path)).json()
    assert listed["name"] == "golv.png"
    other = await town.cim.case(unit="bjorken")
    problem(await town.alice.get(f"cases/{other}/attachments"), 403)
    problem(await town.bo.get(f"cases/{other}/attachments/{one}"), 404)
    stolen = await town.cim.ask(
        "PUT", f"cases/{other}/attachments/{one}", params={"name": "x"}, content=PNG
    )
    problem(stolen, 422, "other_content")
    assert await count("event", "type = 'case.attachment_added'") == 1


FILES = (
    (b"", "a.png", 422),
    (b"hemligt", "a.png", 422),
    (b"<html><script>", "a.png", 422),
    (b"MZ\x90\x00" + b"\x00" * 100, "a.png", 422),
    (PNG, "", 422),
    (PNG, "a" * 201, 422),
    (b"\x89PNG\r\n\x1a\n" + b"\x00" * 11_000_000, "a.png", 413),
)


async def test_a_file_that_cannot_be_taken_is_refused(town):
    case_id = await town.cim.case()
    path = f"cases/{case_id}/attachments/{uuid4()}"
    for content, name, status in FILES:
        answer = await town.cim.ask("PUT", path, params={"name": name}, content=content)
        problem(answer, status)
    assert await count("attachment") == 0
    assert await count("event", "type = 'case.attachment_added'") == 0


async def test_a_file_may_not_be_put_to_somebody_elses_case(town):
    case_id = await town.olga.case()
    path = f"cases/{case_id}/attachments/{uuid4()}"
    for who, status in ((town.cim, 403), (town.bo, 403), (town.adam, 403), (town.nobody, 401)):
        answer = await who.ask("PUT", path, params={"name": "a.png"}, content=PNG)
        problem(answer, status)
    odd = await town.alice.ask(
        "PUT", path, params={"name": "a\x00\ud800.png".encode("utf-8", "replace")}, content=PNG
    )
    assert odd.status_code in (201, 422), odd.text


async def test_a_client_cannot_call_its_report_history(town):
    answer = await town.cim.file(source="import")
    problem(answer, 422)
