"""Without a login and without scripts: told page by page, sent once, answered under a code."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from infra import db, settings
from infra.db import transaction
from services.intake.codes import RENEWED_FOR
from services.texts import texts
from services.web.pace import Pace
from services.web.pages import static_files
from tests.citizens import (
    ASK,
    DONE,
    SAID,
    SVAR,
    code_on,
    number_on,
    reception,
    sent,
    text_of,
    through,
    title_of,
)
from tests.forms import Window, fields
from tests.outsiders import a_unit, case_of
from tests.people import count, rows
from tests.sealing import OURS

KEPT = ("event", "vault_item", "report_receipt", "receipt_code", "access_log")


@pytest.fixture
async def window(town):
    await reception()
    return Window(town.client)


async def test_what_is_told_page_by_page_becomes_a_case_and_is_answered(town, window):
    page = await through(window)
    for said in (
        "Hemtjänsten på Storgatan",
        "Ingen kom i går kväll.",
        "Att ni ringer.",
        "Elsa",
    ):
        assert said in text_of(page)
    assert "allmän handling" in page

    await window.send(ASK, go="send")
    code, number = code_on(window.page), number_on(window.page)
    assert title_of(window.page) == "Spara din kod – Avvik"
    assert window.answer.headers["cache-control"] == "no-store"
    await window.send(DONE, saved="1")
    assert code not in text_of(window.page)
    assert "Vi ser till att rätt chef får läsa det." in text_of(window.page)
    assert "Du får ett första svar senast" in text_of(window.page)

    case_id = await case_of(number)
    case = (await town.sas.get(f"cases/{case_id}")).json()
    assert (case["unit"], case["reporter"]) == ("synpunkter", None)
    assert case["text"] == f"Verksamhet: Hemtjänsten på Storgatan\nNär: i går kväll\n\n{SAID}"
    [first, *_] = case["timeline"]
    assert (first["fact"]["source"], first["fact"]["relation"]) == ("web", "relative")
    assert (first["words"]["wish"], case["about"]) == ("Att ni ringer.", "Elsa")

    await town.sas.done(case_id, "acknowledge", words="Vi läser.", way="code")
    await window.go(SVAR)
    await window.send(SVAR, code=code.lower().replace("-", " "), go="read")
    assert "Vi har läst det du skrev" in text_of(window.page)
    assert "Vi har inte svarat än. Du får svar senast" in text_of(window.page)
    await window.send(SVAR, text="Tack.", go="write")
    answer = {"words": "Ändrat.", "way": "code", "secrecy": "general_only"}
    await town.sas.done(case_id, "answer-complainant", **answer)
    await window.send(SVAR, go="read")
    shown = text_of(window.page)
    for said in (
        "Du skrev",
        "Vi bekräftade",
        "Vi läser.",
        "Tack.",
        "Vi svarade",
        "Ändrat.",
    ):
        assert said in shown
    assert "Vi har inte svarat än" not in shown
    assert "sas" not in shown.lower()


async def test_nothing_is_kept_before_it_is_sent(town, window):
    await through(window)

    for table in KEPT:
        assert await count(table) == 0, table
    for answer in window.answers:
        assert "set-cookie" not in answer.headers
        assert str(answer.url) == f"http://avvik.test{ASK}"
        # The sender's own browser may keep a page, so that its way back works.
        assert answer.headers["cache-control"] == "private, no-cache"


async def test_what_is_missing_is_said_on_its_page_and_everything_stays(window):
    await window.go(ASK)
    await window.send(ASK, go="next")
    assert window.answer.status_code == 422
    assert title_of(window.page).startswith("Fel: Vem är du?")
    assert "Välj vem du är" in window.page
    await window.send(ASK, go="next", relation="other")
    await window.send(ASK, go="next", when="dit")
    assert "Välj en verksamhet eller Jag vet inte" in window.page
    await window.send(ASK, go="next", unit_unknown="1")
    await window.send(ASK, go="next", wish="Ring.", text=" \n")
    assert "Skriv vad som har hänt. En mening räcker." in window.page
    await window.send(ASK, go="next", text="å" * 20_001, when="i går")
    over = len("När: i går\n\n") + 1
    assert f"Texten är {over} tecken för lång. Korta den." in window.page
    assert fields(window.page, ASK)["text"] == "å" * 20_001
    await window.send(ASK, go="next", text="Hej.", when="x" * 201)
    assert "Skriv kortare här. Högst 200 tecken får plats." in window.page
    await window.send(ASK, go="next", when="i går")
    await window.send(ASK, go="next")
    assert "Välj hur du vill få svar" in window.page
    for way, wrong, says in (
        ("email", "a@b", "Skriv din e-postadress, till exempel namn@exempel.se"),
        ("phone", "", "Skriv ditt telefonnummer"),
        ("letter", "", "Skriv din adress"),
    ):
        await window.send(ASK, go="next", way=way, **{way: wrong})
        assert (window.answer.status_code, says in window.page) == (422, True), way
    await window.send(ASK, go="next", language="x" * 61)
    assert "Högst 60 tecken får plats." in window.page
    await window.send(ASK, go="next", way="email", email="a@b.se", language="arabiska")
    assert window.answer.status_code == 200
    for said in ("Någon annan", "Jag vet inte", "Hej.", "Ring.", "a@b.se", "arabiska"):
        assert said in text_of(window.page)
    await window.send(ASK, go="send", text="")  # somebody else's form
    assert title_of(window.page).startswith("Fel: Berätta vad som har hänt")
    assert await count("event") == 0


async def test_a_change_at_the_end_leads_back_to_the_end(window):
    await through(window, unit="solrosen")
    await window.send(ASK, go="2")
    assert fields(window.page, ASK)["unit"] == "solrosen"
    await window.send(ASK, go="next", unit="björken")
    assert title_of(window.page).startswith("Stämmer det?")
    await window.send(ASK, go="back")
    assert title_of(window.page).startswith("Hur vill du få svar?")
    await window.send(ASK, go="next", way="none")
    await window.send(ASK, go="send")

    assert "Vi läser det du skrev, men svarar inte." in text_of(window.page)
    assert code_on(window.page) == ""
    assert "Chefen för verksamheten läser och svarar." in text_of(window.page)
    [row] = await rows("SELECT unit FROM read.case_index")
    assert row[0] == "bjorken"  # a unit by its name is no words in the story
    assert await count("receipt_code") == 0


async def test_only_the_contact_for_the_chosen_way_is_sent(town, window):
    await sent(window, way="phone", phone="070-1", email="a@b.se", name="Ada", unit="Solrosen")
    case = (await town.alice.get(f"cases/{await case_of(number_on(window.page))}")).json()
    assert case["complaint"]["contact"] == "070-1"
    assert case["timeline"][0]["words"]["complainant"] == "Ada"

    await sent(window, way="code", phone="070-1", name="Ada", unit="Solrosen")
    case = (await town.alice.get(f"cases/{await case_of(number_on(window.page))}")).json()
    assert case["complaint"]["contact"] is None
    assert not case["timeline"][0]["words"].get("complainant")


async def test_sent_again_it_is_one_case_with_a_new_code_and_says_so(town, window):
    await through(window)
    check = window.answer
    await window.send(ASK, go="send")
    first, number = code_on(window.page), number_on(window.page)
    window.answers.append(check)  # the way back, or a reload
    await window.send(ASK, go="send")
    second = code_on(window.page)

    assert number_on(window.page) == number
    assert second != first
    assert "Vi hade redan fått det du skrev." in window.page
    assert "Du har fått en ny kod. Den gamla fungerar inte längre." in window.page
    assert await count("event", "type = 'case.report_received'") == 1
    for code, status in ((first, 422), (second, 200)):
        await window.go(SVAR)
        await window.send(SVAR, code=code, go="read")
        assert window.answer.status_code == status

    async with transaction() as session:
        late = text("UPDATE report_receipt SET at = at - make_interval(hours => 25)")
        assert timedelta(hours=25) > RENEWED_FOR
        await session.execute(late)
    window.answers.append(check)
    await window.send(ASK, go="send")
    assert code_on(window.page) == ""
    assert "Koden visas bara en gång. Vi kan inte visa den igen." in text_of(window.page)

    window.answers.append(check)
    await window.send(ASK, go="send", text="Något annat.")
    assert number_on(window.page) != number


async def test_the_page_and_the_api_are_one_door(town, window):
    await through(window, unit="Solrosen", when="")
    report_id = fields(window.page, ASK)["id"]
    await window.send(ASK, go="send")
    body = {"unit": "solrosen", "text": SAID, "wish": "Att ni ringer.", "about": "Elsa"}
    body |= {"relation": "relative", "answer_way": "code"}
    again = await town.nobody.ask("PUT", f"complaints/{report_id}", json=body)

    assert again.status_code == 200
    assert again.json()["number"] == number_on(window.page)


async def test_the_code_is_in_no_address_no_log_and_no_trace(town, window):
    parent = f"00-{'ab' * 16}-{'cd' * 8}-01"
    place = httpx.ASGITransport(town.app, client=("192.0.2.77", 4242))
    with capture_logs() as lines:
        async with httpx.AsyncClient(transport=place, base_url="http://avvik.test") as client:
            mine = Window(client, {"traceparent": parent, "Referer": "https://sok.example/"})
            code = await sent(mine)
            await mine.send(DONE)
            await mine.send(DONE, to="/synpunkt/kvitto")
            mine.answers.pop()
            await mine.send(DONE, saved="1")
            await mine.go(SVAR)
            await mine.send(SVAR, code=code, go="read")
            await mine.send(SVAR, text="Mer.", go="write")
    assert "Mer." in mine.page
    assert lines
    assert not [it for it in ("192.0.2.77", code, SAID) if it in str(lines)]
    assert not [it for it in mine.answers if code in str(it.url) or code in title_of(it.text)]
    traces = [it.headers["x-trace-id"] for it in mine.answers]
    assert len(set(traces)) == len(traces)
    assert "ab" * 16 not in traces
    assert all("set-cookie" not in it.headers for it in mine.answers)
    held = [*await rows("SELECT trace FROM event"), *await rows("SELECT trace FROM access_log")]
    assert held
    assert not {row[0] for row in held} & {"ab" * 16}
    for table in KEPT:
        found = await rows(f"SELECT to_jsonb(t)::text FROM {table} t")  # noqa: S608 - ours
        assert not [row for row in found if "192.0.2" in row[0] or code in row[0]], table


async def test_the_code_is_saved_before_it_goes_and_can_be_taken_along(window):
    code = await sent(window)
    number = number_on(window.page)
    await window.send(DONE)
    assert window.answer.status_code == 422
    assert "Spara koden först. Kryssa sedan i rutan." in window.page
    assert title_of(window.page) == "Fel: Spara din kod – Avvik"
    assert code_on(window.page) == code

    await window.send(DONE, to="/synpunkt/kvitto")
    assert window.answer.headers["content-type"] == "text/plain; charset=utf-8"
    name = window.answer.headers["content-disposition"]
    assert name == f'attachment; filename="kvitto-{number}.txt"'
    assert window.answer.headers["cache-control"] == "no-store"
    slip = window.answer.text
    assert f"Din kod: {code}\r\n" in slip
    assert "Kvitto från Norrvik" in slip
    assert "avvik.test/svar" in slip
    assert SAID not in slip

    window.answers.pop()
    forged = {"number": "<b>", "code": "inget"}
    await window.send(DONE, saved="1", **forged)
    assert window.answer.status_code == 303
    await window.go(window.answer.headers["location"])
    assert "Koden visas bara en gång." in window.page


async def test_words_of_danger_put_112_first_and_are_sent_all_the_same(town, window):
    await a_unit("solrosen", "home_care", "070-174 06 01")
    said = "Mamma ligger på golvet och andas knappt, hon blöder kraftigt."
    page = await through(window, text=said, unit="Solrosen")
    for _ in range(2):
        shown = text_of(page)
        assert shown.index("Ring 112") < shown.index("jouren: 070-174 06 01")
        assert 'href="tel:070-1740601"' in page or 'href="tel:070-174' in page
        first = "Läs igenom" if "Läs igenom" in shown else "Spara din kod"
        assert shown.index("jouren") < shown.index(first)
        page = await window.send(ASK, go="send") if "Läs igenom" in shown else page
    assert await count("event", "type = 'case.report_received'") == 1


async def test_when_it_cannot_be_taken_in_everything_that_was_written_stays(town, window):
    await through(window)
    check = window.answer
    town.app.state.pace = Pace(burst=1, per_second=0.001)
    await sent(Window(town.client))
    for pace, closed, status, says in (
        (
            town.app.state.pace,
            False,
            429,
            "Det blev för många försök. Det du skrev finns kvar.",
        ),
        (Pace(at_once=0), False, 429, "Det blev för många försök."),
        (Pace(), True, 503, "Många skickar just nu. Det du skrev finns kvar."),
    ):
        town.app.state.pace = pace
        town.app.state.admission.closed = closed
        window.answers.append(check)
        await window.send(ASK, go="send")
        assert window.answer.status_code == status
        assert says in window.page
        assert int(window.answer.headers["retry-after"]) > 0
        assert title_of(window.page).startswith("Fel:")
        assert fields(window.page, ASK)["text"] == SAID
    town.app.state.admission.closed = False
    await window.send(ASK, go="send")
    assert code_on(window.page)


async def test_when_the_database_is_away_what_was_written_can_be_sent_again(
    town, window, monkeypatch
):
    await through(window)
    with monkeypatch.context() as away:
        away.setenv("AVVIK_DATABASE_URL", "postgresql+asyncpg://postgres:x@127.0.0.1:1/avvik")
        settings.settings.cache_clear()
        await db.dispose()
        await window.send(ASK, go="send")
    settings.settings.cache_clear()
    await db.dispose()
    assert window.answer.status_code == 503
    assert "Det du skrev finns kvar" in window.page
    assert fields(window.page, ASK)["text"] == SAID
    await window.send(ASK, go="send")
    assert code_on(window.page)
    assert await count("event", "type = 'case.report_received'") == 1


async def test_without_a_reception_a_unit_must_be_named(town):
    window = Window(town.client)
    await window.go(ASK)
    await window.send(ASK, go="next", relation="other")
    assert "Jag vet inte" not in window.page
    assert '<option value="Solrosen">' in window.page
    assert "Granen" not in window.page  # closed
    await window.send(ASK, go="next", unit="Någon annanstans")
    assert "Välj en verksamhet i listan" in window.page


async def test_a_wrong_code_is_one_calm_no(town, window):
    await window.go(SVAR)
    for code, says in (
        ("7K3M-Q9TX-2FHW-D8NP", "Koden stämmer inte. Kolla att du har skrivit rätt."),
        ("hej <b>", "Koden stämmer inte. Kolla att du har skrivit rätt."),
        ("x" * 500, "Koden stämmer inte. Kolla att du har skrivit rätt."),
        ("", "Skriv din kod"),
    ):
        await window.send(SVAR, code=code, go="read")
        assert (window.answer.status_code, says in window.page) == (422, True), code
        assert fields(window.page, SVAR)["code"] == code[:100]
    assert await count("access_log") == 0
    town.app.state.pace = Pace(burst=0)
    await window.send(SVAR, code="hej", go="read")
    assert window.answer.status_code == 429
    assert "Det blev för många försök. Vänta en minut och försök igen." in window.page


async def test_a_code_is_read_as_people_type_it(window):
    code = await sent(window)
    for typed in (
        code.lower(),
        f" {code.replace('-', '')} ",
        code.replace("0", "o").replace("1", "l").replace("-", " – "),
    ):
        await window.go(SVAR)
        await window.send(SVAR, code=typed, go="read")
        assert window.answer.status_code == 200, typed


async def test_a_message_sent_again_is_one_and_other_words_are_another(town, window):
    code = await sent(window)
    await window.go(SVAR)
    await window.send(SVAR, code=code, go="read")
    form = window.answer
    for said in ("Mer.", "Mer.", "Ännu mer."):
        window.answers.append(form)  # the way back
        await window.send(SVAR, text=said, go="write")
        assert "Tack! Vi har fått det du skrev." in window.page
        assert fields(window.page, SVAR)["text"] == ""
        assert fields(window.page, SVAR)["id"] != fields(form.text, SVAR)["id"]
    assert await count("event", "type = 'case.message_received'") == 2
    for said, status, says in (
        (" ", 422, "Skriv något först"),
        ("å" * 20_001, 422, "Texten är 1 tecken för lång. Korta den."),
    ):
        await window.send(SVAR, text=said, go="write")
        assert (window.answer.status_code, says in window.page) == (status, True)
        assert fields(window.page, SVAR)["text"] == said.strip()
    town.app.state.admission.closed = True
    await window.send(SVAR, text="Hej igen.", go="write")
    assert window.answer.status_code == 503
    assert fields(window.page, SVAR)["text"] == "Hej igen."
    town.app.state.admission.closed = False
    town.app.state.pace = Pace(burst=0)
    await window.send(SVAR, go="write")
    assert window.answer.status_code == 429
    town.app.state.pace = Pace()
    await window.send(SVAR, go="write")
    assert "Tack! Vi har fått det du skrev." in window.page
    assert await count("event", "type = 'case.message_received'") == 3


async def test_who_reported_without_a_name_reads_and_writes_at_the_same_page(town, window):
    receipt = (await town.cim.file(anonymous=True)).json()
    await town.alice.done(receipt["case_id"], "answer-reporter", words="Rutinen är ändrad.")
    await window.go(SVAR)
    await window.send(SVAR, code=receipt["code"], go="read")
    assert "Rutinen är ändrad." in window.page
    await window.send(SVAR, text="Bra.", go="write")
    assert "Bra." in text_of(window.page)
    assert "alice" not in window.page.lower()


async def test_in_english_everything_is_english_and_changing_over_loses_nothing(town, window):
    await window.go(ASK)
    await window.send(ASK, go="next", relation="individual")
    await window.send(ASK, "go", sprak="en", unit="On the corner")
    assert '<html lang="en" dir="ltr">' in window.page
    assert "sprak=en" in window.answer.headers["set-cookie"]
    assert fields(window.page, ASK)["unit"] == "On the corner"
    english = Window(town.client, {"Cookie": "sprak=en"})
    await english.go(ASK)
    await english.send(ASK, go="next")
    assert title_of(english.page).startswith("Error: Who are you?")
    code = await sent(english)
    english_text = texts("en")
    for key in ("klagomal.tack", "kod.rubrik", "kod.info", "kod.hur", "kod.jagharsparat"):
        assert english_text(key) in text_of(english.page), key
    assert "Receipt from Norrvik" in text_of(english.page)
    await english.send(DONE, to="/synpunkt/kvitto")
    assert f"Your code: {code}\r\n" in english.page
    assert "Do not show the code to anyone else." in english.page
    english.answers.pop()
    await english.send(DONE, saved="1")
    assert "You get a first answer by " in text_of(english.page)
    await english.go(SVAR)
    await english.send(SVAR, code=code, go="read")
    assert "We have not answered yet. You get an answer by " in text_of(english.page)
    await english.send(SVAR, "go", sprak="sv", text="Halfway")
    assert "Vi har inte svarat än." in text_of(english.page)
    assert fields(english.page, SVAR)["text"] == "Halfway"
    for answer in english.answers[:-1]:
        assert "Du " not in text_of(answer.text)


async def test_the_paper_asks_the_same_under_the_same_numbers(window):
    page = await window.go("/synpunkt/blankett")
    shown = text_of(page)
    t = texts(None)
    asked = [t(f"klagomal.{it}") for it in ("roll", "var", "text", "svar")]
    places = [shown.index(f"{n}. {question}") for n, question in enumerate(asked, 1)]
    assert places == sorted(places)
    for key in ("roll.sjalv", "klagomal.onskan", "klagomal.handelse", "svar.kod", "svar.sprak"):
        assert t(key) in shown
    assert shown.index("Riv av här och spara") < shown.index("Här skriver personalen din kod:")
    assert "Norrvik, Synpunkter" in shown
    assert "avvik.test/svar" in shown


async def test_a_fault_in_accessibility_comes_to_the_reception_under_a_code(town, window):
    page = await window.go("/tillganglighet")
    shown = text_of(page)
    for said in ("Norrvik", "delvis förenlig", "2018:1937", "EN 301 549 V3.2.1", "NVDA", "axe"):
        assert said in shown
    assert "digg.se/tdosanmalan" in page
    assert 'href="/tillganglighet/fel"' in page
    english = await window._client.get("/tillganglighet", headers={"Cookie": "sprak=en"})
    assert '<html lang="sv"' in english.text
    assert "The page about accessibility is only in Swedish." in english.text

    await window.go("/tillganglighet/fel")
    await window.send("/tillganglighet/fel", go="send")
    assert window.answer.status_code == 422
    assert "Skriv vad som inte fungerar. En mening räcker." in window.page
    await window.send("/tillganglighet/fel", go="send", text="Knappen läses inte upp.")
    form = window.answers[-2]
    code = code_on(window.page)
    case = (await town.sas.get(f"cases/{await case_of(number_on(window.page))}")).json()
    assert case["text"] == "Fel i tillgänglighet: Knappen läses inte upp."
    assert case["unit"] == "synpunkter"
    window.answers.append(form)
    town.app.state.pace = Pace(burst=0)
    await window.send("/tillganglighet/fel", go="send", text="Knappen läses inte upp.")
    assert window.answer.status_code == 429
    assert fields(window.page, "/tillganglighet/fel")["text"] == "Knappen läses inte upp."
    answer = {"words": "Nu läses den.", "way": "code", "secrecy": "general_only"}
    await town.sas.done(case["case_id"], "answer-complainant", **answer)
    town.app.state.pace = Pace()
    await window.go(SVAR)
    await window.send(SVAR, code=code, go="read")
    assert "Nu läses den." in window.page


async def test_the_pages_belong_to_nobody_and_have_no_code_of_their_own(town, window):
    logged_in = {"Cookie": f"avvik={town.alice.token}"}
    for path in (
        ASK,
        SVAR,
        DONE,
        "/synpunkt/blankett",
        "/tillganglighet",
        "/tillganglighet/fel",
    ):
        answer = await town.client.get(path, headers=logged_in)
        assert answer.status_code == 200, path
        assert "alice" not in answer.text
        assert " style=" not in answer.text
        assert answer.headers["referrer-policy"] == "same-origin"
    other = await town.client.post(ASK, headers={"Sec-Fetch-Site": "cross-site"})
    assert other.status_code == 403


def test_no_style_sheet_knows_left_from_right():
    for name, file in static_files.files().items():
        if name.endswith(".css"):
            written = file.content.decode()
            for word in ("left:", "right:", "margin-left", "padding-right", "text-align:left"):
                assert word not in written.replace("text-align:start", ""), (name, word)


async def test_a_number_in_other_peoples_digits_is_no_number_of_ours(town):
    form = {"number": "A-٢٠٢٦-00001", "code": "AAAA-BBBB-CCCC-DDDD"}
    answer = await town.client.post("/synpunkt/kvitto", data=form, headers=OURS)
    assert answer.status_code == 303
