"""Somebody outside in a real browser: with scripts and without, by thumb and by keyboard."""

import re
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.waiting import ends, until
from tests.browser.whole import whole

SAID = "Ingen kom i går kväll.\n\nMamma fick ingen mat."
DANGER = "Mamma ligger på golvet och andas knappt, hon blöder kraftigt."
_senders = count(1)


@pytest.fixture
def outside(new_context):
    """A context like somebody's own phone or computer, each at an address of its own."""

    def make(width: int = 390, **options):
        # The door without a login paces each address; a whole run must not wait for it.
        sender = f"198.51.100.{next(_senders)}"
        headers = {"X-Forwarded-For": sender}
        return new_context(width, extra_http_headers=headers, **options).new_page()

    return make


def go_on(page: Page) -> None:
    page.locator("main .button[value=next]").click()


def entered(page: Page) -> None:
    """Send the form as Enter does, and wait for what it is answered."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def heads(page: Page, words: str) -> None:
    """Assert what a page is about, once it is there."""
    expect(page.locator("h1")).to_have_text(words)


def through(page: Page, text: str = SAID, unit: str = "Hemtjänsten på Storgatan") -> None:
    """Answer every question and stop at the check."""
    page.goto("/synpunkt")
    page.get_by_label("Jag är anhörig eller vän").check()
    go_on(page)
    page.get_by_label("Vilken verksamhet gäller det?").fill(unit)
    go_on(page)
    page.get_by_label("Berätta vad som har hänt").fill(text)
    go_on(page)
    page.get_by_label("Med en kod. Då är du anonym.").check()
    go_on(page)
    heads(page, "Stämmer det?")


def code_on(page: Page) -> str:
    return page.locator("#code").inner_text()


def asked_one_by_one(page: Page, *, js: bool) -> None:
    """Answer every question, wrong first, looking at each state; stop at the check."""
    page.goto("/synpunkt")
    whole(page, "who", again=not js)
    go_on(page)
    expect(page).to_have_title(re.compile("^Fel: "))
    if js:
        until(page, "document.activeElement.id === 'errors'")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page).to_have_url(ends("#relation"))
    whole(page, "who, wrong", again=not js)
    page.get_by_label("Jag är anhörig eller vän").check()
    go_on(page)
    whole(page, "where", again=not js)
    page.get_by_label("Vilken verksamhet gäller det?").fill("Hemtjänsten på Storgatan")
    entered(page)  # not the language, though that button stands first
    whole(page, "what", again=not js)
    page.get_by_label("Berätta vad som har hänt").fill(SAID)
    go_on(page)
    whole(page, "answer", again=not js)
    expect(page.get_by_label("Din e-postadress")).to_be_hidden()
    page.get_by_label("Med e-post").check()
    expect(page.get_by_label("Din e-postadress")).to_be_visible()
    expect(page.get_by_label("Ditt telefonnummer")).to_be_hidden()
    go_on(page)
    whole(page, "answer, wrong", again=not js)
    page.get_by_label("Din e-postadress").fill("dotter@exempel.se")
    go_on(page)
    whole(page, "check", again=not js)


def saved(page: Page, *, js: bool) -> str:
    """Save the code, when it has been asked for; return it."""
    code = code_on(page)
    page.get_by_role("button", name="Klar", exact=True).click()
    heads(page, "Spara din kod")
    whole(page, "code, not saved", again=not js)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Ladda ner").click()
    assert code in Path(taken.value.path()).read_text()
    page.get_by_label("Jag har sparat koden").check()
    page.get_by_role("button", name="Klar", exact=True).click()
    return code


@pytest.mark.parametrize("js", [True, False])
def test_told_on_a_phone_saved_read_and_written_back(outside, js):
    page = outside(js=js)
    asked_one_by_one(page, js=js)
    page.get_by_role("button", name="Skicka", exact=True).click()
    whole(page, "code", again=not js)
    code = saved(page, js=js)
    whole(page, "done", again=not js)
    expect(page.locator("main")).not_to_contain_text(code)

    page.goto("/svar")
    whole(page, "code asked", again=not js)
    page.get_by_label("Din kod").fill("fel")
    entered(page)
    whole(page, "wrong code", again=not js)
    page.get_by_label("Din kod").fill(code.lower().replace("-", " "))
    entered(page)
    whole(page, "answers", again=not js)
    page.get_by_label("Ditt meddelande").fill("Har ni hunnit titta?")
    page.get_by_role("button", name="Skicka", exact=True).click()
    whole(page, "written back", again=not js)
    expect(page.locator("ol.said")).to_contain_text("Har ni hunnit titta?")
    page.get_by_role("link", name="Stäng svaret").click()
    heads(page, "Läs svar med kod")


@pytest.mark.parametrize("js", [True, False])
def test_the_browsers_own_way_back_works_over_pages_that_answered_forms(outside, js):
    page = outside(js=js)
    through(page)
    page.go_back()
    page.go_back()
    expect(page.get_by_label("Berätta vad som har hänt")).to_have_value(SAID)
    page.get_by_label("Berätta vad som har hänt").fill("Det var i går.")
    go_on(page)
    page.get_by_label("Med en kod. Då är du anonym.").check()
    go_on(page)
    expect(page.locator("dl")).to_contain_text("Det var i går.")


def test_the_code_is_copied_and_printed_and_a_reload_loses_neither(outside):
    page = outside(permissions=["clipboard-read", "clipboard-write"])
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; }")
    through(page)
    page.get_by_role("button", name="Skicka", exact=True).click()
    page.get_by_role("button", name="Kopiera").click()
    until(page, "() => document.getElementById('copied').textContent === 'Koden är kopierad.'")
    assert page.evaluate("navigator.clipboard.readText()") == code_on(page)
    page.get_by_role("button", name="Skriv ut").click()
    assert page.evaluate("window.printed") == 1
    first = code_on(page)
    number = page.locator("[name=number]").input_value()

    page.reload()
    expect(page.locator("[name=number]")).to_have_value(number)
    assert code_on(page) != first
    expect(page.locator("main")).to_contain_text("Den gamla fungerar inte längre.")
    whole(page, "code again")


def test_printed_the_code_is_a_slip_that_tells_no_content(outside):
    page = outside(1280)
    through(page)
    page.get_by_role("button", name="Skicka", exact=True).click()
    page.wait_for_load_state()
    [sheet] = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    printed = sheet.extract_text()
    assert "Kvitto från Norrvik" in printed
    assert code_on(page).replace("-", "") in "".join(printed.split()).replace("-", "")
    for hidden in ("Jag har sparat", "Kopiera", "Storgatan", "mat"):
        assert hidden not in printed


def test_danger_shows_whom_to_call_first(outside):
    page = outside()
    through(page, DANGER, "Hemtjänsten Solrosen")
    expect(page.locator(".danger a")).to_have_count(2)
    call = page.locator(".danger a").all()
    assert [it.get_attribute("href") for it in call] == ["tel:112", "tel:070-1740601"]
    whole(page, "check with danger")
    page.get_by_role("button", name="Skicka", exact=True).click()
    assert (
        page.locator(".danger").bounding_box()["y"] < page.locator("#code").bounding_box()["y"]
    )
    whole(page, "code with danger")


def test_by_keyboard_alone_at_a_desk(outside):
    page = outside(1280)
    page.goto("/synpunkt")

    def to(wanted: str, attribute: str = "name") -> None:
        for _ in range(25):
            page.keyboard.press("Tab")
            if page.evaluate(f"document.activeElement.{attribute}") == wanted:
                return
        pytest.fail(f"the keyboard never came to {wanted}")

    for name in ("relation", "unit_unknown"):
        to(name)
        page.keyboard.press("Space")
        entered(page)
    to("text")
    page.keyboard.type("Maten är kall.")
    to("go")
    entered(page)
    to("way")
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    entered(page)
    heads(page, "Stämmer det?")
    whole(page, "check at a desk")
    to("send", "value")
    entered(page)
    heads(page, "Spara din kod")
    to("saved")
    page.keyboard.press("Space")
    entered(page)
    heads(page, "Tack! Vi har fått det du skrev.")


def test_english_and_the_statement(outside):
    page = outside()
    page.goto("/synpunkt")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    heads(page, "Give your opinion or make a complaint")
    whole(page, "who in English", again=True)
    for path in ("/", "/tillganglighet", "/tillganglighet/fel", "/synpunkt/klar"):
        page.goto(path)
        whole(page, path)


def test_the_paper_form_is_two_sides_with_a_slip_to_tear_off(outside):
    page = outside(1280)
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; }")
    page.goto("/synpunkt/blankett")
    whole(page, "paper on the screen")
    page.get_by_role("button", name="Skriv ut pappret").click()
    assert page.evaluate("window.printed") == 1
    sides = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    first, second = (it.extract_text() for it in sides)
    assert "3. Berätta vad som har hänt" in first
    assert "4. Hur vill du få svar?" in second
    assert "Riv av här och spara" in second
    assert "Skriv ut pappret" not in first
    assert [round(float(it)) for it in sides[0].mediabox[2:]] == [595, 842]


def test_a_manager_types_in_what_somebody_said(new_context, scene, sign_in):
    place = scene()
    earlier = place.complaint(text="Ingen svarar i telefonen.")
    page = new_context(1280).new_page()
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; }")
    sign_in(page, place.login("unit_manager"))
    page.goto("/skriv-in")
    expect(page.locator("main")).to_contain_text(earlier.number)
    whole(page, "type in")
    page.get_by_role("button", name="Skriv in", exact=True).click()
    until(page, "document.activeElement.id === 'errors'")
    whole(page, "type in, wrong")
    page.get_by_label("Någon ringde").check()
    page.get_by_label("Vad sa personen?").fill("Det är kallt i huset.")
    page.get_by_label("En anhörig eller vän").check()
    page.get_by_label("Med en kod", exact=True).check()
    page.get_by_role("button", name="Skriv in", exact=True).click()
    heads(page, "Det är inskrivet")
    whole(page, "typed in")
    page.get_by_role("button", name="Skriv ut lappen").click()
    assert page.evaluate("window.printed") == 1
    page.get_by_role("link", name="Öppna S-").click()
    expect(page.locator("main")).to_contain_text("Det är kallt i huset.")
