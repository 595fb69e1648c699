"""The work phone's door over HTTP: envelopes, tickets, claims, photos, and no name at all."""

import re
from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from events import OwnerType
from infra import clock
from infra.db import transaction
from infra.people import accounts as people
from infra.people import tickets
from infra.people.units import UnitData, keep_unit
from services import caches
from services.web.limits import ENVELOPE_BYTES
from tests.people import STORY, count, problem, rows
from tests.sealing import OURS, reporter_of, sealed, send, written


def jpeg(size=40):
    """A picture that is one."""
    made = BytesIO()
    Image.new("RGB", (size, size), "red").save(made, "JPEG")
    return made.getvalue()


def ticket_of(person):
    return tickets.issue(person.account_id, clock.now())


async def named(report_id, person, **form):
    return await sealed(report_id, written(**form), ticket=ticket_of(person))


async def test_an_envelope_becomes_a_case_of_whoever_pressed_send(town):
    report_id = uuid4()
    # Alice has the phone when the queue is emptied: it is Cim's all the same.
    answer = await send(
        town, await named(report_id, town.cim), report_id, token=town.alice.token
    )

    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert told["case_id"] == str(report_id)
    assert re.fullmatch(r"A-\d{4}-\d{5}", told["number"])
    assert date.fromisoformat(told["read_by"])
    seen = (await town.alice.get(f"cases/{report_id}")).json()
    assert (seen["text"], seen["reporter"]) == (STORY, str(town.cim.account_id))
    assert [it["number"] for it in (await town.cim.get("reports")).json()] == [told["number"]]
    [[source]] = await rows("SELECT body->>'source' FROM event WHERE sequence = 1")
    assert source == "phone"


async def test_the_same_envelope_five_times_is_one_case_and_so_is_the_report_by_the_api(town):
    report_id = uuid4()
    form = written()
    body = await sealed(report_id, form, ticket=ticket_of(town.cim))
    again = await sealed(report_id, form, ticket=ticket_of(town.cim))
    answers = [await send(town, it, report_id) for it in (body, body, again, again, body)]

    assert [it.status_code for it in answers] == [201, 200, 200, 200, 200]
    assert len({it.json()["number"] for it in answers}) == 1
    by_api = await town.cim.file(report_id, **form)
    assert (by_api.status_code, by_api.json()["number"]) == (200, answers[0].json()["number"])
    assert await count("event", "type = 'case.report_received'") == 1


async def test_other_content_under_the_same_id_is_a_case_of_its_own_and_flagged(town):
    report_id = uuid4()
    first = await send(town, await named(report_id, town.cim), report_id)
    other = await send(town, await named(report_id, town.cim, text="Annat."), report_id)

    assert other.status_code == 201
    assert other.json()["number"] != first.json()["number"]
    case = (await town.alice.get(f"cases/{other.json()['case_id']}")).json()
    assert case["text"] == "Annat."
    assert "twin" in case["flags"] or case["twin_of"] == str(report_id)


async def test_a_report_that_says_nobodys_name_waits_until_somebody_claims_it(town):
    report_id = uuid4()
    body = await sealed(report_id, written())

    problem(await send(town, body, report_id), 401, "unnamed")
    # To be logged in says nothing: it may be a colleague who empties the phone.
    problem(await send(town, body, report_id, token=town.alice.token), 401, "unnamed")
    problem(await send(town, body | {"claim": True}, report_id), 401, "unnamed")
    assert await count("event") == 0
    taken = await send(town, body | {"claim": True}, report_id, token=town.cim.token)

    assert taken.status_code == 201
    assert await reporter_of(report_id) == str(town.cim.account_id)


async def test_a_claim_never_takes_a_report_from_the_one_who_wrote_it(town):
    report_id = uuid4()
    body = await named(report_id, town.cim) | {"claim": True}

    assert (await send(town, body, report_id, token=town.alice.token)).status_code == 201

    assert await reporter_of(report_id) == str(town.cim.account_id)


@pytest.mark.parametrize("bad", ["old", "forged", "a token"])
async def test_a_ticket_that_is_none_says_nothing(town, bad):
    report_id = uuid4()
    ticket = {
        "old": tickets.issue(town.cim.account_id, clock.now() - timedelta(days=31)),
        "forged": ticket_of(town.cim)[:-8] + "AAAAAAA=",
        "a token": town.cim.token,
    }[bad]
    body = await sealed(report_id, written(), ticket=ticket)

    problem(await send(town, body, report_id), 401, "unnamed")


async def test_a_ticket_opens_nothing_but_filing(town):
    ticket = ticket_of(town.cim)
    for headers in ({"Authorization": f"Bearer {ticket}"}, {"Cookie": f"avvik={ticket}"}):
        problem(await town.nobody.ask("GET", "me", headers=headers), 401)
        answer = await town.client.get("/r/solrosen/jag", headers=headers)
        assert answer.json() == {"who": None}


async def test_somebody_without_a_role_can_claim_nothing(town):
    report_id = uuid4()
    body = await sealed(report_id, written()) | {"claim": True}
    problem(await send(town, body, report_id, token=town.nils.token), 403, "forbidden")


async def test_what_somebody_wrote_before_they_left_is_taken_in_as_theirs(town):
    report_id = uuid4()
    body = await named(report_id, town.cim)
    async with transaction() as session:
        await people.change_account(session, town.cim.account_id, active=False)

    assert (await send(town, body, report_id)).status_code == 201

    assert await reporter_of(report_id) == str(town.cim.account_id)


async def test_a_report_written_before_its_unit_closed_is_taken_in(town):
    report_id = uuid4()
    body = await named(report_id, town.cim)
    async with transaction() as session:
        closed = UnitData("solrosen", "Solrosen", "lss_home", OwnerType.IN_HOUSE, active=False)
        await keep_unit(session, closed)
    caches.forget()

    assert (await send(town, body, report_id)).status_code == 201
    [[law]] = await rows("SELECT body->>'law' FROM event WHERE sequence = 1")
    assert law == "lss"  # what the unit is, closed or not
    never = uuid4()
    body = await named(never, town.cim, unit="aldrig")
    problem(await send(town, body, never), 422, "unknown_unit")


async def test_a_phone_whose_clock_is_three_days_ahead_is_no_reason_to_refuse(town):
    report_id = uuid4()
    ahead = clock.now() + timedelta(days=3)
    times = {"occurred_at": ahead - timedelta(hours=1), "written_at": ahead}
    form = written(**{name: at.isoformat() for name, at in times.items()})
    body = await sealed(report_id, form, ticket=ticket_of(town.cim))

    answers = [await send(town, body, report_id) for _ in range(2)]

    assert [it.status_code for it in answers] == [201, 200]
    case = (await town.alice.get(f"cases/{report_id}")).json()
    assert case["occurred_at"] < case["received_at"]


BAD = {
    "nothing": (b"", 422),
    "no JSON": (b"hej", 422),
    "a page": (b"<html>", 422),
    "a list": (b"[]", 422),
    "empty": (b"{}", 422),
    "no base64": (b'{"kid":"k1","key":"\xc3\xa5","iv":"","data":""}', 422),
    "unknown key": (b'{"kid":"k9","key":"AAAA","iv":"AAAA","data":"AAAA"}', 422),
    "not locked": (b'{"kid":"k1","key":"AAAA","iv":"AAAA","data":"AAAA"}', 422),
    "five photos": (
        b'{"kid":"k1","key":"","iv":"","data":"","photos":['
        + b",".join([b'{"iv":"","data":""}'] * 5)
        + b"]}",
        422,
    ),
}


@pytest.mark.parametrize(("content", "status"), BAD.values(), ids=BAD)
async def test_what_is_no_envelope_is_refused_in_words(town, content, status, capfd):
    await sealed(uuid4(), written())
    report_id = uuid4()
    for path in (f"/kuvert/{report_id}", f"/kuvert/anonym/{report_id}"):
        answer = await town.client.post(path, content=content, headers=OURS)
        problem(answer, status)
    assert await count("event") == 0
    assert str(report_id) not in capfd.readouterr().out


async def test_a_refusal_tells_nothing_of_the_content(town, capfd):
    report_id = uuid4()
    form = {"unit": "solrosen", "text": "hemlig berättelse", "harm": "hemlig"}
    answer = await send(
        town, await sealed(report_id, form, ticket=ticket_of(town.cim)), report_id
    )

    problem(answer, 422, "invalid")
    assert "hemlig" not in answer.text + "".join(capfd.readouterr())


async def test_an_envelope_from_another_site_is_refused(town):
    report_id = uuid4()
    body = await named(report_id, town.cim)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ond.example"}):
        path = f"/kuvert/{report_id}"
        problem(await town.client.post(path, json=body, headers=headers), 403, "other_site")


async def test_a_body_too_large_is_refused_before_it_is_read(town):
    read = 0

    async def pieces():
        nonlocal read
        for _ in range(4 * ENVELOPE_BYTES // 65536):
            read += 65536
            yield b"a" * 65536

    answer = await town.client.post(f"/kuvert/{uuid4()}", content=pieces(), headers=OURS)
    problem(answer, 413, "too_large")
    assert read < ENVELOPE_BYTES + 3 * 65536


async def test_photos_become_files_of_the_case_once(town):
    report_id = uuid4()
    pictures = [jpeg(), jpeg(50), jpeg(60)]
    body = await sealed(report_id, written(), ticket=ticket_of(town.cim), photos=pictures)
    answers = [await send(town, body, report_id) for _ in range(3)]

    assert [it.json()["photos_refused"] for it in answers] == [0, 0, 0]
    path = f"cases/{report_id}/attachments"
    listed = (await town.alice.get(path)).json()
    assert [it["name"] for it in listed] == ["foto-1.jpg", "foto-2.jpg", "foto-3.jpg"]
    kept = [(await town.alice.get(f"{path}/{it['attachment_id']}")).content for it in listed]
    assert kept == pictures
    by = "SELECT DISTINCT by FROM event WHERE type = 'case.attachment_added'"
    assert await rows(by) == [(str(town.cim.account_id),)]
    assert await count("event", "type = 'case.attachment_added'") == 3


async def test_a_photo_that_is_none_is_told_and_the_report_is_taken(town):
    report_id = uuid4()
    pictures = [b"<html>", jpeg()]
    body = await sealed(report_id, written(), ticket=ticket_of(town.cim), photos=pictures)

    answer = await send(town, body, report_id)

    assert (answer.status_code, answer.json()["photos_refused"]) == (201, 1)
    assert await count("attachment") == 1


async def test_three_photos_of_the_largest_size_fit(town):
    report_id = uuid4()
    pictures = [b"\xff\xd8\xff" + bytes(300_000 - 3)] * 3
    form = written(text="å" * 20_000)
    body = await sealed(report_id, form, ticket=ticket_of(town.cim), photos=pictures)

    assert (await send(town, body, report_id)).status_code == 201


async def test_a_report_without_a_name_gets_a_code_and_leaves_no_trace_of_who_sent_it(town):
    report_id = uuid4()
    form = written(anonymous=True)
    body = await sealed(report_id, form, ticket=ticket_of(town.cim), photos=[jpeg()])
    # Even if a phone went wrong and sent its ticket, a claim, its session and its trace.
    traced = {"traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"}
    answer = await send(
        town,
        body | {"claim": True},
        report_id,
        anonymous=True,
        token=town.cim.token,
        headers=traced,
    )

    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert told["case_id"] is None
    read = await town.nobody.ask("POST", "answers", json={"code": told["code"]})
    assert read.json()["text"] == STORY
    who = str(town.cim.account_id)
    for table in ("event", "access_log", "vault_item", "report_receipt", "attachment"):
        found = await rows(f"SELECT to_jsonb(t)::text FROM {table} t")  # noqa: S608 - ours
        assert not [row for row in found if who in row[0] or str(report_id) in row[0]], table
    assert await count("event", "trace = :trace", trace="ab" * 16) == 0
    assert await count("event", "by <> 'system:anonymous'") == 0
    again = await send(town, body, report_id, anonymous=True)
    assert again.status_code == 200
    assert again.json()["number"] == told["number"]
    assert again.json()["code"] not in (None, told["code"])


async def test_each_kind_of_report_has_its_own_door(town):
    report_id = uuid4()
    nameless = await sealed(report_id, written(anonymous=True))
    problem(await send(town, nameless, report_id, token=town.cim.token), 422, "wrong_door")
    body = await named(report_id, town.cim)
    problem(await send(town, body, report_id, anonymous=True), 422, "wrong_door")


async def test_the_door_without_a_name_is_paced(town):
    answers = [await send(town, {}, anonymous=True) for _ in range(60)]

    assert {it.status_code for it in answers} == {422, 429}
    late = next(it for it in answers if it.status_code == 429)
    assert problem(late, 429, "too_many")
    assert int(late.headers["retry-after"]) > 0


async def test_a_lex_sarah_report_comes_in_named_and_never_without_a_name(town):
    report_id = uuid4()
    answer = await send(town, await named(report_id, town.cim, lex_sarah=True), report_id)
    assert answer.json()["number"].startswith("LS-")
    other = uuid4()
    both = await sealed(other, written(lex_sarah=True, anonymous=True))
    problem(await send(town, both, other, anonymous=True), 422, "invalid")


async def links_of(case_id):
    found = await rows(
        "SELECT body->>'other', body->>'kind' FROM event"
        " WHERE type = 'case.linked' AND case_id = :id",
        id=case_id,
    )
    return {tuple(it) for it in found}


async def test_it_happened_again_ties_the_two_cases_to_each_other_once(town):
    first, again = uuid4(), uuid4()
    await send(town, await named(first, town.cim), first)
    body = await named(again, town.cim, repeats=str(first), text="Det hände igen.")
    assert [(await send(town, body, again)).status_code for _ in range(2)] == [201, 200]
    by_api = uuid4()
    assert (await town.cim.file(by_api, repeats=str(again))).status_code == 201

    assert await links_of(first) == {(str(again), "pattern")}
    assert await links_of(again) == {(str(first), "pattern"), (str(by_api), "pattern")}
    assert await links_of(by_api) == {(str(again), "pattern")}


async def test_only_a_report_of_the_same_unit_that_we_know_is_tied(town):
    elsewhere = await town.cim.case(unit="bjorken")
    one = uuid4()
    refused = {"repeats": str(await town.cim.case()), "occurred_at": "2999-01-01T00:00:00Z"}
    for report_id, repeats in ((uuid4(), elsewhere), (uuid4(), uuid4()), (one, one)):
        answer = await town.cim.file(report_id, repeats=str(repeats))
        assert answer.status_code == 201, answer.text
    problem(await town.cim.file(**refused), 422)

    assert await count("event", "type = 'case.linked'") == 0


async def test_a_report_that_repeats_nothing_has_the_fingerprint_it_always_had(town):
    report_id = uuid4()
    assert (await town.cim.file(report_id)).status_code == 201
    assert (await town.cim.file(report_id, repeats=None)).status_code == 200
    assert (await town.cim.file(report_id, repeats=str(uuid4()))).status_code == 201


async def test_a_phone_whose_clock_is_wild_is_not_refused_for_it(town):
    wild = {
        "occurred_at": "0001-01-01T00:00:00+14:00",
        "written_at": "9999-12-31T23:59:00-12:00",
    }
    for n, times in enumerate((wild, wild | {"occurred_at": "2150-01-01T00:00:00Z"})):
        report_id = uuid4()
        form = written(**times, text=f"Klockan är vild {n}.")
        body = await sealed(report_id, form, ticket=ticket_of(town.cim))
        answer = await send(town, body, report_id)
        assert answer.status_code == 201, answer.text
        page = await town.client.get(
            f"/arende/{report_id}", headers={"Cookie": f"avvik={town.alice.token}"}
        )
        assert page.status_code == 200
        assert "klocka gick fel" in page.text
        assert ("kan inte stämma" in page.text) == (times["occurred_at"] < "1900")
