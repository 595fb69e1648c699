"""The work phone's page over HTTP: what it is made of, and the way in without scripts."""

import re
from base64 import b64decode
from html import unescape
from io import BytesIO
from uuid import uuid4

import orjson
import pytest
from PIL import Image

from events import OwnerType
from infra import clock
from infra.db import transaction
from infra.people import accounts as people
from infra.people import tickets
from infra.people.units import UnitData, keep_unit
from services import caches
from services.web.pages import static_files
from tests.people import count
from tests.sealing import OURS, a_lock, reporter_of


@pytest.fixture(autouse=True)
async def lock(town):
    """The key that phones lock with: made once, not for each test."""
    await a_lock()


async def test_the_form_is_the_same_to_everybody_and_names_nobody(town):
    here = {"Cookie": f"avvik={town.alice.token}"}
    pages = [await town.client.get("/r/solrosen", headers=it) for it in ({}, here)]

    said = [re.sub(r'name="report_id" value="[^"]*"', "", it.text) for it in pages]
    assert said[0] == said[1]
    assert "Alice" not in said[1]
    assert pages[0].headers["x-avvik"] == "phone"
    assert said[0].count("<h1") == 1
    key = re.search(r'data-kid="(\w+)" data-key="([^"]+)"', said[0])
    assert key
    assert len(b64decode(unescape(key[2]))) > 390


async def test_the_page_is_told_who_is_here_with_a_ticket(town):
    assert (await town.client.get("/r/solrosen/jag")).json() == {"who": None}
    answer = await town.client.get(
        "/r/solrosen/jag", headers={"Cookie": f"avvik={town.cim.token}"}
    )

    who = answer.json()["who"]
    assert (who["login"], who["name"]) == ("cim", "Cim")
    assert tickets.holder(who["ticket"], clock.now()) == town.cim.account_id
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("unit", ["finns-inte", "granen"])
async def test_a_unit_that_takes_no_reports_says_so_and_where_to_go(town, unit):
    for answer in (
        await town.client.get(f"/r/{unit}"),
        await town.client.post(f"/r/{unit}", data={}, headers=OURS),
    ):
        assert answer.status_code == 404
        assert 'href="/rapportera"' in answer.text


async def test_the_page_can_be_installed_and_begins_at_its_unit(town):
    answer = await town.client.get("/r/solrosen/manifest.webmanifest")

    assert answer.headers["content-type"] == "application/manifest+json"
    told = answer.json()
    assert (told["start_url"], told["scope"], told["display"]) == (
        "/r/solrosen",
        "/",
        "standalone",
    )
    for icon in told["icons"]:
        found = await town.client.get(icon["src"])
        assert found.headers["content-type"] == icon["type"]
        if icon["type"] == "image/png":
            size = Image.open(BytesIO(found.content)).size
            assert icon["sizes"] == f"{size[0]}x{size[1]}"
    assert {"192x192", "512x512"} <= {it["sizes"] for it in told["icons"]}
    page = (await town.client.get("/r/solrosen")).text
    touch = re.search(r'rel="apple-touch-icon" href="([^"]+)"', page)
    assert touch
    assert Image.open(BytesIO((await town.client.get(touch[1])).content)).size == (180, 180)
    assert (await town.client.get("/r/nej/manifest.webmanifest")).status_code == 404


async def test_the_worker_is_one_file_under_a_policy_of_its_own(town):
    answer = await town.client.get("/sw.js")

    assert answer.headers["service-worker-allowed"] == "/"
    assert answer.headers["cache-control"] == "no-cache"
    assert "trusted" not in answer.headers["content-security-policy"]
    assert "import" not in re.findall(r"^\w+", answer.text, re.MULTILINE)
    assert f'VERSION = "{static_files.version()}"' in answer.text


FIELDS = {
    "category": "larm",
    "text": "Hon låg på golvet.",
    "about": "Rum 4",
    "harm": "lite",
    "when": "igar",
    "time": "14.30",
}


async def post(town, token="", **changed):
    cookie = {"Cookie": f"avvik={token}"} if token else {}
    form = {"report_id": str(uuid4())} | FIELDS | changed
    return await town.client.post("/r/solrosen", data=form, headers=OURS | cookie)


async def test_without_scripts_a_report_is_sent_and_again_is_the_same(town):
    report_id = str(uuid4())
    answers = [await post(town, town.cim.token, report_id=report_id) for _ in range(2)]

    numbers = [re.findall(r"Nummer (A-\d{4}-\d{5})", it.text) for it in answers]
    assert numbers[0] == numbers[1] != []
    case = (await town.alice.get(f"cases/{report_id}")).json()
    assert (case["text"], case["about"], case["harm"]) == (
        "Hon låg på golvet.",
        "Rum 4",
        "minor",
    )
    assert case["occurred_at"] < case["received_at"]


async def test_without_scripts_every_fault_is_told_and_everything_is_kept(town):
    told = {"category": "", "text": "", "harm": "", "when": "annan", "day": "2999-01-01"}
    answer = await post(town, **told, about="Rum <4>", anonymous="1", lex="1")

    assert answer.status_code == 422
    assert "<title>Fel: " in answer.text
    errors = re.findall(r'<li><a href="#(\w+)">', answer.text)
    assert set(errors) == {"category", "text", "harm", "day", "lex"}
    for name in errors:
        assert f'id="{name}"' in answer.text
        assert f'id="{name}-error"' in answer.text
    assert 'value="Rum &lt;4&gt;"' in answer.text
    assert 'name="anonymous" value="1" checked' in answer.text
    assert await count("event") == 0


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"when": "annan", "day": ""}, "day"),
        ({"when": "annan", "day": "i fjol"}, "day"),
        ({"when": "annan", "day": "2025-01-01", "time": "25.99"}, "time"),
        ({"when": "idag", "time": "23.59"}, "time"),
        ({"when": "sedan"}, "when"),
        ({"text": "å" * 20_001}, "text"),
        ({"text": "\x00"}, "text"),
        ({"about": "å" * 501}, "about"),
        ({"category": "hemlig"}, "category"),
        ({"harm": "serious"}, "harm"),
    ],
)
async def test_without_scripts_what_cannot_be_used_is_told_where_it_is(town, changed, field):
    answer = await post(town, town.cim.token, **changed)
    assert answer.status_code == 422, changed
    assert re.findall(r'<li><a href="#(\w+)">', answer.text) == [field]


async def test_without_scripts_whoever_is_not_logged_in_loses_nothing(town):
    async with transaction() as session:
        await people.change_account(session, town.cim.account_id, password="en lång mening här")
    asked = await post(town)
    assert asked.status_code == 401
    hidden = {
        name: unescape(re.search(rf'name="{name}" value="([^"]*)"', asked.text)[1])
        for name in ("till", "kept")
    }
    login = {"login": "cim", "password": "en lång mening här"}
    again = await town.client.post("/logga-in", data=hidden | login, headers=OURS)
    pairs = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', again.text)
    token = again.cookies["avvik"]
    sent = await post(town, token, **{name: unescape(it) for name, it in pairs})

    assert "Nummer A-" in sent.text
    assert await reporter_of(dict(pairs)["report_id"]) == str(town.cim.account_id)


async def test_without_scripts_and_without_a_name_nobody_logs_in_and_the_code_is_shown(town):
    answer = await post(town, anonymous="1")

    code = re.search(r'class="code"[^>]*>([\w-]+)<', answer.text)
    assert code
    read = await town.nobody.ask("POST", "answers", json={"code": code[1]})
    assert read.json()["text"] == "Hon låg på golvet."
    assert await count("event", "body->>'reporter' IS NOT NULL AND sequence = 1") == 0


@pytest.mark.parametrize("changed", [{"harm": "mycket"}, {"category": "otrygg"}])
async def test_what_is_grave_shows_whom_to_call_first_on_the_receipt(town, changed):
    async with transaction() as session:
        phone = {"on_call_phone": "070-174 06 01"}
        await keep_unit(
            session, UnitData("solrosen", "Solrosen", "home_care", OwnerType.IN_HOUSE, **phone)
        )
    caches.forget()

    grave = await post(town, town.cim.token, **changed)
    plain = await post(town, town.cim.token)

    assert 0 < grave.text.index('href="tel:0701740601"') < grave.text.index("Nummer A-")
    assert "tel:070" not in plain.text


async def test_in_another_language_each_tile_has_its_swedish_word_too(town):
    page = await town.client.get("/r/solrosen", headers={"Cookie": "sprak=en"})

    assert '<html lang="en"' in page.text
    assert page.text.count('<small lang="sv"') == 10
    assert "Insats blev inte av" in page.text
    words = orjson.loads(re.search(r'id="words">(.*?)</script>', page.text)[1])
    assert words["kvitto.skickad"] == "Thank you! The report is sent."
    assert words["rapport.igen.text"] == "Det hände igen."  # for those who read the report


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31"])
async def test_a_day_before_any_calendar_of_ours_is_not_taken(town, day):
    answer = await post(town, town.cim.token, when="annan", day=day, time="00.10")
    assert answer.status_code == 422
    assert re.findall(r'<li><a href="#(\w+)">', answer.text) == ["day"]


async def test_half_a_letter_is_no_fault_of_ours(town):
    kind = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    boundary = {"Content-Type": "multipart/form-data; charset=unicode_escape; boundary=x"}
    part = '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\\ud800\r\n--x--\r\n'
    for headers, content in ((kind, b"text=%ED%A0%80"), (boundary, part.encode())):
        answer = await town.client.post("/r/solrosen", content=content, headers=OURS | headers)
        assert answer.status_code == 422, headers


async def test_a_code_that_is_shown_once_has_no_button_beside_it_that_leads_away(town):
    answer = await post(town, anonymous="1")
    assert 'class="code"' in answer.text
    assert 'action="/sprak' not in answer.text


async def test_who_may_file_nothing_gets_no_ticket(town):
    here = {"Cookie": f"avvik={town.nils.token}"}
    told = (await town.client.get("/r/solrosen/jag", headers=here)).json()
    assert (told["who"]["login"], told["who"]["ticket"]) == ("nils", None)
