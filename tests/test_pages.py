"""The frame of every page: sessions, no forms from elsewhere, nothing typed is lost."""

import gzip
import re
from html import unescape

import pytest

from infra.db import transaction
from infra.people import accounts as people
from services.web.pages import guard, static_files
from services.web.pages.visitor import COOKIE
from tests.people import count

OURS = {"Sec-Fetch-Site": "same-origin"}
PASSWORD = "en lång mening som ingen gissar"


@pytest.fixture
async def alices(town):
    """Alice's cookie, as her browser keeps it."""
    return {"Cookie": f"{COOKIE}={town.alice.token}"} | OURS


async def with_password(person):
    async with transaction() as session:
        await people.change_account(session, person.account_id, password=PASSWORD)


async def log_in(town, login="alice", password=PASSWORD, **more):
    form = {"login": login, "password": password} | more
    return await town.client.post("/logga-in", data=form, headers=OURS)


def hidden(page, name):
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return unescape(found[1])


async def test_a_password_gives_a_session_that_scripts_and_other_sites_cannot_use(town):
    await with_password(town.alice)

    answer = await log_in(town)

    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie  # over plain HTTP a browser would throw it away


async def test_over_tls_the_cookie_is_bound_to_this_host(town):
    await with_password(town.alice)

    answer = await town.client.post(
        "https://avvik.test/logga-in",
        data={"login": "alice", "password": PASSWORD},
        headers=OURS,
    )

    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-avvik=")
    assert "secure" in cookie.lower()
    assert "path=/" in cookie.lower()
    assert "domain" not in cookie.lower()


async def test_a_wrong_password_is_told_in_the_form_and_the_login_is_kept(town):
    answer = await log_in(town, password="fel")

    assert answer.status_code == 401
    assert "Fel användarnamn eller lösenord." in answer.text
    assert 'value="alice"' in answer.text
    assert "<title>Fel: " in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("till", ["//ond.example", "https://ond.example", "/\\ond.example"])
async def test_a_login_never_leads_to_another_site(town, till):
    await with_password(town.alice)

    answer = await log_in(town, till=till)

    assert answer.headers["location"] == "/"


async def test_who_is_not_logged_in_comes_back_to_the_page_they_asked_for(town):
    await with_password(town.alice)
    case_id = await town.cim.case()

    asked = await town.client.get(f"/arende/{case_id}/add-note?point=causes")

    assert asked.status_code == 303
    form = await town.client.get(asked.headers["location"])
    till = hidden(form.text, "till")
    assert till == f"/arende/{case_id}/add-note?point=causes"
    assert (await log_in(town, till=till)).headers["location"] == till


async def test_what_was_written_when_the_session_ended_is_sent_after_logging_in_again(town):
    await with_password(town.alice)
    case_id = await town.cim.case()
    said = 'Hon sa: "jag väntade" & gick <hem>\nsedan'
    fields = {"nature": "fact", "words": said, "source": "samtal"}

    ended = await town.client.post(f"/arende/{case_id}/add-note", data=fields, headers=OURS)
    assert ended.status_code == 401
    assert "Det du skrev finns kvar" in ended.text
    again = await log_in(town, till=hidden(ended.text, "till"), kept=hidden(ended.text, "kept"))

    assert again.status_code == 200
    kept = {name: hidden(again.text, name) for name in fields}
    sent = await town.client.post(hidden_action(again.text), data=kept, headers=OURS)
    assert sent.status_code == 303, sent.text
    case = await town.sas.get(f"cases/{case_id}")
    assert [it["text"] for it in case.json()["notes"]] == [said]


async def test_a_password_is_never_given_back_in_a_page(town):
    fields = {"current": "gammalt hemligt", "chosen": " nytt hemligt "}

    ended = await town.client.post("/jag/losenord", data=fields, headers=OURS)

    assert ended.status_code == 401
    assert "hemligt" not in ended.text


async def test_a_password_may_begin_and_end_with_a_space(town):
    async with transaction() as session:
        await people.change_account(session, town.alice.account_id, password=f" {PASSWORD} ")

    assert (await log_in(town, password=f" {PASSWORD} ")).status_code == 303
    assert (await log_in(town)).status_code == 401


def hidden_action(page):
    found = re.search(r'<form method="post" action="(/arende[^"]*)"', page)
    assert found
    return found[1]


async def test_logging_out_ends_the_session_itself(town, alices):
    before = await town.client.get("/", headers=alices)
    out = await town.client.post("/logga-ut", headers=alices)

    assert before.headers["location"] == "/att-gora"
    assert out.status_code == 303
    assert 'avvik=""' in out.headers["set-cookie"]
    assert (await town.alice.get("me")).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://ond.example"},
        {"Origin": "null"},
    ],
)
async def test_a_form_made_by_another_site_does_nothing(town, headers):
    case_id = await town.cim.case()
    cookie = {"Cookie": f"{COOKIE}={town.alice.token}"}

    answer = await town.client.post(
        f"/arende/{case_id}/start-investigation", headers=cookie | headers
    )

    assert answer.status_code == 403
    assert "Formuläret kom från en annan webbplats." in answer.text
    assert not await count("event", "type = 'case.investigation_started'")


async def test_a_browser_that_tells_only_the_origin_is_let_in(town):
    case_id = await town.cim.case()

    answer = await town.client.post(
        f"/arende/{case_id}/add-note",
        headers={"Cookie": f"{COOKIE}={town.alice.token}", "Origin": "http://avvik.test"},
    )

    assert answer.status_code == 422


async def test_a_token_in_the_cookie_opens_no_api_and_a_bearer_no_page(town, alices):
    case_id = await town.cim.case()

    by_cookie = await town.client.get(f"/api/v1/cases/{case_id}", headers=alices)
    by_bearer = await town.alice.ask("GET", f"/arende/{case_id}")

    assert by_cookie.status_code == 401
    assert by_bearer.status_code == 303


@pytest.mark.parametrize("path", ["/", "/logga-in", "/finns-inte"])
async def test_every_page_tells_the_browser_what_it_may_do(town, path):
    answer = await town.client.get(path)

    for name, value in guard.HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in guard.CSP
    assert "<html lang=" in answer.text


async def test_a_page_has_no_script_and_no_style_of_its_own(town, alices):
    case_id = await town.cim.case()
    for path in ("/", "/logga-in", f"/arende/{case_id}", f"/arende/{case_id}/assess-severity"):
        page = (await town.client.get(path, headers=alices, follow_redirects=True)).text
        assert not re.search(r"<script(?![^>]* src=)(?![^>]*application/json)", page), path
        assert " style=" not in page
        assert not re.search(r"\son[a-z]+=", page)
        assert "http://" not in page.replace("http://www.w3.org/", "")


async def test_a_machine_gets_problem_json_and_a_person_a_page(town):
    machine = await town.client.get("/api/v1/finns-inte")
    person = await town.client.get("/finns-inte")

    assert machine.headers["content-type"] == "application/problem+json"
    assert person.status_code == 404
    assert "<h1>" in person.text


async def test_static_files_are_kept_for_ever_under_the_name_of_what_is_in_them(town):
    now = await town.client.get(static_files.address("app.css"))
    old = await town.client.get("/static/000000000000/app.css")
    none = await town.client.get("/static/000000000000/finns-inte.css")

    assert now.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert now.headers["content-encoding"] == "gzip"
    assert old.headers["cache-control"] == "no-cache"
    assert old.content == now.content
    assert none.status_code == 404


@pytest.mark.parametrize("name", ["..%2flook.py", "%2e%2e%2flook.py", "js%2f..%2f..%2flook.py"])
async def test_nothing_outside_the_folder_is_sent(town, name):
    answer = await town.client.get(f"/static/{static_files.version()}/{name}")

    assert answer.status_code == 404


def test_a_file_is_packed_once_and_whole():
    for name, file in static_files.files().items():
        assert gzip.decompress(file.packed) == file.content, name


async def test_the_language_is_kept_on_the_device(town):
    chosen = await town.client.post(
        "/sprak", data={"sprak": "en", "till": "/logga-in"}, headers=OURS
    )
    unknown = await town.client.post("/sprak", data={"sprak": "xx"}, headers=OURS)

    assert chosen.headers["location"] == "/logga-in"
    assert "sprak=en" in chosen.headers["set-cookie"]
    assert "set-cookie" not in unknown.headers


@pytest.mark.parametrize("kept", ["5", "true", '"ord"', "[[1, 2]]", "{"])
async def test_what_was_not_kept_by_our_page_is_not_sent_on(town, kept):
    await with_password(town.alice)
    answer = await log_in(town, till="/jag", kept=kept)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/jag"
