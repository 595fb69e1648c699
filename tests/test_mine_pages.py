"""What staff get back, the way to a unit's form, and the sheet for the wall."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from sqlalchemy import text

from events import OwnerType, Role
from infra import clock
from infra.db import transaction
from infra.people import access_log
from infra.people.accounts import EVERYWHERE
from infra.people.units import UnitData, keep_unit
from services.intake import units as known_units
from services.report_steps import TRACKS, place_of
from services.web.pages.mine.qr_code import squares
from services.web.pages.visitor import COOKIE
from tests.people import STORY, assessed, count, days, places, promised, rows
from workflows.access import GENERAL
from workflows.case_types import CASE_TYPES
from workflows.rules.calendar import MONTHS
from workflows.state import ENDED

OURS = {"Sec-Fetch-Site": "same-origin"}
TOLD = "Hon väntade <hela> kvällen."
OTHERS = "Kollegan var slarvig."
AGED = "UPDATE read.measure SET completed_at = :at"


def browsing(person, language=""):
    kept = f"{COOKIE}={person.token}" + (f"; sprak={language}" if language else "")
    return {"Cookie": kept} | OURS


async def see(town, person, path, language="", status=200):
    answer = await town.client.get(path, headers=browsing(person, language))
    assert answer.status_code == status, (path, answer.status_code, answer.text)
    return answer.text


def shown(page):
    """The words of a page, as a person reads them."""
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    assert main
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", main[0]).split()))


async def with_measures(town, case_id, *done):
    """Promise one measure for each, and carry out those that are said to be done."""
    await assessed(town.alice, case_id, 2, 2)
    await town.alice.done(case_id, "start-investigation")
    cause = uuid4()
    await town.alice.done(
        case_id, "add-cause", cause_id=cause, area="procedurer_rutiner", words=OTHERS
    )
    for carried_out in done:
        measure = uuid4()
        await town.alice.done(
            case_id,
            "add-measure",
            measure_id=measure,
            causes=[cause],
            kind="rutin",
            words="Hemlig åtgärd.",
            expected_effect="Hemlig verkan.",
            owner=town.alice.account_id,
            due_on=days(3),
            follow_up_on=days(10),
        )
        if carried_out:
            await town.alice.done(case_id, "complete-measure", measure_id=measure)


async def test_the_list_has_ones_own_reports_and_says_how_far_each_has_come(town):
    await town.cim.case(text=TOLD, category="larm")
    case_id = await town.cim.case(text=TOLD)
    await assessed(town.alice, case_id, 2, 2)
    await town.olga.case(text=OTHERS)
    await town.cim.case(text=OTHERS, anonymous=True)

    page = await see(town, town.cim, "/mina-rapporter")

    cards = re.findall(r'<a class="door report".*?</a>', page, re.DOTALL)
    assert len(cards) == 2
    newest, first = (shown(f"<main>{card}</main>") for card in cards)
    assert "Steg 2 av 5: Läst av chefen" in newest
    assert newest.startswith("Avvikelse A-")
    assert "Solrosen Skickad i dag" in newest
    assert first.startswith("Larm eller telefon Avvikelse A-")
    assert "Steg 1 av 5: Mottagen" in first
    assert "kvällen" not in page
    assert 'href="/svar"' in page
    assert await count("access_log", "what = 'report.read_own'") == 0


async def test_an_answer_is_new_until_it_is_read_and_stands_first(town):
    answered, _ = await town.cim.case(), await town.cim.case()
    await town.alice.done(answered, "answer-reporter", words="Tack, vi har ändrat.")

    before = await see(town, town.cim, "/mina-rapporter")
    report = await see(town, town.cim, f"/mina-rapporter/{answered}")
    after = await see(town, town.cim, "/mina-rapporter")

    first = re.search(r'/mina-rapporter/([0-9a-f-]{36})"', before)
    assert first
    assert first[1] == str(answered)
    assert before.count("Nytt svar") == 1
    assert "Tack, vi har ändrat." in report
    assert "Tack, vi har ändrat." not in before
    assert "Nytt svar" not in after
    await town.alice.done(answered, "answer-reporter", words="En sak till.")
    assert "Nytt svar" in await see(town, town.cim, "/mina-rapporter")


async def test_a_report_shows_own_words_every_answer_and_each_step_with_its_day(town):
    case_id = await town.cim.case(text=TOLD)
    await with_measures(town, case_id, True, True, False)
    await town.alice.done(case_id, "answer-reporter", words="Det första svaret.")
    await town.alice.done(case_id, "answer-reporter", words="Det andra svaret.")

    words = shown(await see(town, town.cim, f"/mina-rapporter/{case_id}"))

    assert words.index("Det andra svaret.") < words.index("Det första svaret.")
    assert "Du skrev Hon väntade <hela> kvällen." in words
    assert "2 saker är gjorda 1 sak är på gång" in words
    assert "Mottagen Klart, i dag Läst av chefen Klart, i dag" in words
    assert "Vi tar reda på vad som hände Nu, i dag Vi gör något åt det Inte än Klar" in words
    for secret in ("Hemlig åtgärd.", "Hemlig verkan.", OTHERS, "alice"):
        assert secret not in words


async def test_reading_is_written_down_and_only_by_whom_it_is_about(town):
    case_id = await town.cim.case(text=TOLD)

    for other in (town.alice, town.sas, town.adam, town.nils):
        refused = await see(town, other, f"/mina-rapporter/{case_id}", status=403)
        assert "kvällen" not in refused
    assert await count("access_log") == 0
    await see(town, town.cim, f"/mina-rapporter/{case_id}")

    async with transaction() as session:
        [entry] = (await access_log.entries(session)).entries
    assert (entry.reading.account_id, entry.reading.what) == (
        town.cim.account_id,
        "report.read_own",
    )
    assert await count("access_log", "case_id = :id", id=case_id) == 1
    asked = await town.client.get(f"/mina-rapporter/{case_id}")
    assert asked.headers["location"] == f"/logga-in?till=/mina-rapporter/{case_id}"


async def test_what_went_elsewhere_and_what_gets_no_answer_is_explained(town):
    merged, into, away = [await town.cim.case() for _ in range(3)]
    closed = await town.cim.case()
    await town.alice.done(merged, "merge", into=into, reason=OTHERS)
    await town.alice.done(
        away, "reroute", route="work_environment", receiver=OTHERS, reason=OTHERS
    )
    await assessed(town.alice, closed, 1, 1)
    await town.alice.done(
        closed, "waive-answer", whose="reporter", ground="declined", reason=OTHERS
    )
    await town.alice.done(closed, "close")

    pages = {
        case_id: shown(await see(town, town.cim, f"/mina-rapporter/{case_id}"))
        for case_id in (merged, away, closed, into)
    }

    assert "Den hanteras tillsammans med en annan rapport." in pages[merged]
    assert "Den hör hemma hos någon annan." in pages[away]
    assert "Du fick inget svar." in pages[closed]
    assert "Inte än" not in pages[closed] + pages[merged] + pages[away]
    assert "Du får svar senast" in pages[into]
    assert not any(OTHERS in page for page in pages.values())


async def test_in_another_language_every_word_of_ours_is_in_it(town):
    case_id = await town.cim.case(category="fall", lex_sarah=True)

    listed = await see(town, town.cim, "/mina-rapporter", "en")
    report = await see(town, town.cim, f"/mina-rapporter/{case_id}", "en")

    assert '<html lang="en" dir="ltr">' in listed
    assert "Step 1 of 5: Received" in shown(listed)
    assert "Read by the investigator (SAS) Not yet" in shown(report)
    assert not re.search("[åäöÅÄÖ]", shown(listed) + shown(report).replace(STORY, ""))


async def test_the_thanks_count_what_was_done_in_the_own_units_and_tell_no_more(town):
    ours, theirs = await town.cim.case(), await town.cim.case(unit="bjorken")
    await with_measures(town, ours, True, True, False)
    await assessed(town.bo, theirs, 2, 2)
    _, measure = await promised(town.bo, theirs, town.bo.account_id)
    await town.bo.done(theirs, "complete-measure", measure_id=measure)
    month = MONTHS[clock.today().month - 1]

    page = shown(await see(town, town.cim, "/mina-rapporter"))

    assert f"Det här ändrade vi tack vare er Solrosen, {month}: 2 saker" in page
    assert "Björken," not in page
    assert "Hemlig" not in page
    assert "tack vare er" not in shown(await see(town, town.sas, "/mina-rapporter"))


async def test_what_was_done_long_ago_is_no_news(town):
    case_id = await town.cim.case()
    await with_measures(town, case_id, True)
    long_ago = clock.now() - timedelta(days=70)
    async with transaction() as session:
        await session.execute(text(AGED), {"at": long_ago})

    assert "Här kommer det ni har hjälpt oss att ändra." in shown(
        await see(town, town.cim, "/mina-rapporter")
    )


async def test_whoever_has_something_to_do_is_led_to_it_and_says_when_it_is_done(town):
    case_id = await town.cim.case(text=OTHERS)
    await assessed(town.alice, case_id, 2, 2)
    _, measure = await promised(town.alice, case_id, town.cim.account_id)

    mine = await see(town, town.cim, "/mina-rapporter")
    page = await see(town, town.cim, "/mina-atgarder")
    address = f"/mina-atgarder/{case_id}/{measure}"
    strange = await town.client.post(address, headers=browsing(town.bo))
    done = await town.client.post(address, headers=browsing(town.cim))
    again = await town.client.post(address, headers=browsing(town.cim))
    after = await see(town, town.cim, done.headers["location"])

    assert "Du har 1 sak att göra" in mine
    assert f'action="{address}"' in page
    assert "En rutin skrivs." in page
    assert "Inga missade besök." in page
    assert OTHERS not in page
    assert f"/arende/{case_id}" not in page
    assert strange.status_code == 403
    assert done.status_code == again.status_code == 303
    assert "Åtgärden är markerad som genomförd." in after
    assert "Du har inga åtgärder att genomföra." in after
    assert await count("event", "type = 'case.measure_completed'") == 1
    assert "att göra" not in await see(town, town.cim, "/mina-rapporter")


async def test_who_may_open_the_case_finds_it_from_the_measure(town):
    case_id = await town.cim.case()
    await assessed(town.alice, case_id, 2, 2)
    await promised(town.alice, case_id, town.alice.account_id)

    assert f'href="/arende/{case_id}"' in await see(town, town.alice, "/mina-atgarder")


async def test_a_measure_taken_back_in_the_meantime_is_said_on_the_list(town):
    case_id = await town.cim.case()
    await assessed(town.alice, case_id, 2, 2)
    _, measure = await promised(town.alice, case_id, town.alice.account_id)
    await town.alice.done(
        case_id, "withdraw-measure", measure_id=measure, reason="Behövs inte."
    )

    answer = await town.client.post(
        f"/mina-atgarder/{case_id}/{measure}", headers=browsing(town.alice)
    )

    assert answer.status_code == 409
    assert "Åtgärden finns inte i ärendet." in answer.text


async def test_everybody_can_choose_a_unit_and_the_own_ones_come_first(town):
    anybody = await town.client.get("/rapportera")
    olgas = await see(town, town.olga, "/rapportera")

    assert re.findall(r'href="/r/(\w+)"', anybody.text) == ["bjorken", "solrosen"]
    assert "granen" not in anybody.text  # closed
    assert "Där du jobbar" in olgas


async def test_who_works_in_one_unit_goes_there_unless_it_was_the_wrong_one(town):
    straight = await town.client.get("/rapportera", headers=browsing(town.cim))
    form = await see(town, town.cim, straight.headers["location"])
    wrong = await see(town, town.cim, "/rapportera?fel=solrosen")

    assert (straight.status_code, straight.headers["location"]) == (303, "/r/solrosen")
    assert 'href="/rapportera?fel=solrosen"' in form
    assert re.findall(r'href="/r/(\w+)"', wrong) == ["solrosen", "bjorken"]
    assert 'href="/qr"' not in wrong
    assert 'href="/qr"' in await see(town, town.alice, "/rapportera?fel=solrosen")


@pytest.mark.parametrize("where", ["solrosen", "bjorken"])
async def test_the_sheet_is_for_those_who_put_it_up_there(town, where):
    for role in Role:
        somebody = await town.somebody(role, *places(role, where))
        allowed = role in GENERAL["print-sheet"]
        reaches = allowed and (where == "solrosen" or role in EVERYWHERE)
        await see(town, somebody, "/qr/solrosen", status=200 if reaches else 403)
        await see(town, somebody, "/qr", status=200 if allowed else 403)
    await see(town, town.sas, "/qr/finns-inte", status=404)
    asked = await town.client.get("/qr/solrosen")
    assert asked.headers["location"] == "/logga-in?till=/qr/solrosen"


async def test_the_sheet_leads_to_the_address_that_people_use(town):
    headers = browsing(town.sas) | {"Host": "avvik.norrvik.se"}
    headers["Cookie"] = headers["Cookie"].replace(COOKIE, f"__Host-{COOKIE}")
    answer = await town.client.get("https://avvik.test/qr/solrosen", headers=headers)
    at_home = await town.client.get(
        "http://127.0.0.1:8817/qr/solrosen",
        headers=browsing(town.sas) | {"Host": "127.0.0.1:8817"},
    )

    assert answer.status_code == 200, answer.text
    assert "https://avvik.norrvik.se/r/solrosen</strong>" in answer.text
    assert squares("https://avvik.norrvik.se/r/solrosen").path in answer.text
    assert "bara på den här datorn" not in answer.text
    assert "bara på den här datorn" in at_home.text
    assert "Att rapportera betyder inte att du har gjort fel." in answer.text
    assert " style=" not in answer.text


def test_the_squares_are_those_of_the_code_with_room_around():
    code = squares("https://avvik.norrvik.se/r/solrosen")
    drawn = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", code.path):
        drawn |= {(int(x) + n, int(y)) for n in range(int(width))}
    corner = {(4 + x, 4 + y) for x in range(7) for y in (0, 6)}
    assert corner <= drawn
    assert min(min(x, y) for x, y in drawn) == 4
    assert max(max(x, y) for x, y in drawn) == code.size - 5


async def test_a_login_tells_whose_phone_it_is_and_nothing_else(town):
    async with transaction() as session:
        await keep_unit(session, UnitData("eken", "Eken <1>", "home_care", OwnerType.IN_HOUSE))
    known_units.forget()
    form = await town.client.get("/logga-in?till=/r/eken")
    other = await town.client.get("/logga-in?till=/mina-rapporter")

    assert "Eken &lt;1&gt;" in form.text
    assert "Logga in för att se dina rapporter." in other.text
    for login in ("alice", "cim"):
        assert login not in form.text + other.text


async def test_to_let_somebody_else_in_ends_the_session_and_keeps_the_place(town):
    case_id = await town.cim.case()
    page = await see(town, town.cim, f"/mina-rapporter/{case_id}")
    till = re.search(r'name="till" value="(/logga-in[^"]*)"', page)
    assert "Inloggad: cim" in page
    assert till

    out = await town.client.post(
        "/logga-ut", data={"till": unescape(till[1])}, headers=browsing(town.cim)
    )
    form = await town.client.get(out.headers["location"])

    assert (await town.cim.get("me")).status_code == 401
    assert "Nu kan någon annan logga in." in form.text
    assert 'name="till" value="/mina-rapporter"' in form.text


async def test_the_doors_the_login_and_every_no_are_in_the_chosen_language(town):
    english = {"Cookie": "sprak=en"} | OURS
    start = await town.client.get("/", headers=english)
    empty = await town.client.post("/logga-in", data={"till": "/r/solrosen"}, headers=english)
    none = await town.client.get("/finns-inte", headers=english)
    no = await see(town, town.cim, "/qr", "en", status=403)
    late = await town.client.post("/mina-atgarder/x/y", data={"a": "b"}, headers=english)

    assert "What do you want to do?" in start.text
    assert empty.status_code == 422
    assert "<title>Error: Log in" in empty.text
    assert "Write your password" in empty.text
    assert 'action="/sprak?till=/logga-in%3Ftill%3D/r/solrosen"' in empty.text
    for page in (start.text, empty.text, none.text, no):
        assert '<html lang="en"' in page
        assert not re.search("[åäöÅÄÖ]", shown(page)), shown(page)
    assert late.status_code == 401
    assert "What you wrote is still here." in late.text


async def test_the_desk_speaks_swedish_whatever_was_chosen(town):
    case_id = await town.cim.case()

    answer = await town.client.post(
        f"/arende/{case_id}/add-note", headers=browsing(town.alice, "en")
    )

    assert answer.status_code == 422
    assert '<html lang="sv"' in answer.text
    assert "<title>Fel: " in answer.text
    assert "Hoppa till innehållet" in answer.text


@pytest.mark.parametrize("kind", TRACKS)
def test_every_phase_of_a_kind_is_one_of_its_steps_or_an_end_elsewhere(kind):
    phases = [it for it in CASE_TYPES[kind].flow if it != "none"]
    beyond = {it for it in phases if place_of(kind, it) == len(TRACKS[kind])}
    assert beyond <= ENDED - {"closed"}


async def test_a_case_that_is_opened_again_has_its_later_steps_before_it(town):
    case_id = await town.cim.case()
    await assessed(town.alice, case_id, 1, 1)
    await town.alice.done(case_id, "answer-reporter", words="Tack.")
    await town.alice.done(case_id, "close")
    closed = (await town.cim.get(f"reports/{case_id}")).json()
    await town.alice.done(case_id, "reopen", reason="Hände igen.")
    again = (await town.cim.get(f"reports/{case_id}")).json()

    assert [it["phase"] for it in closed["steps"]] == ["received", "triaged", "closed"]
    assert [it["phase"] for it in again["steps"]] == ["received", "triaged", "investigating"]
    assert [it["text"] for it in again["answers"]] == ["Tack."]
    assert closed["answer"] == again["answer"] == "Tack."
    [[at]] = await rows("SELECT at FROM event WHERE type = 'case.closed'")
    assert closed["steps"][-1]["at"].startswith(f"{at:%Y-%m-%dT%H:%M:%S}")
