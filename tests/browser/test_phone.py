"""The work phone in a real browser: quick to file, quick to open, and nobody else's to read."""

import gzip
import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from services.web.pages.static_files import files
from tests.browser.phone import (
    at_form,
    everything_kept,
    fill,
    green,
    is_amber,
    kept_for_offline,
    knows_who,
    logged_in,
    own_phone,
    ready,
    receipt,
    said,
    text_of,
    waiting,
)
from tests.browser.waiting import until
from tests.browser.whole import FINGER, whole

SHIFTS = """self.shifted = 0;
new PerformanceObserver(list => {
  for (const it of list.getEntries()) if (!it.hadRecentInput) self.shifted += it.value;
}).observe({type: 'layout-shift', buffered: true});"""
GRAVE = ("[name=harm][value=mycket]", "[name=category][value=otrygg]")
OFFLINE = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to load resource")

# Keystroke-level model: a tap with gloves, a decision, opening the form, a cold thin network.
TAP, DECIDE, OPEN, LOAD = 1.5, 1.35, 3.0, 2.3
TYPED, DICTATED = 25, 8
DECISIONS = 5


def test_filing_takes_six_taps_and_a_text(scene, new_context):
    place = scene()
    page = own_phone(new_context(390), place)
    taps = 0

    def tap(what, has_text=None):
        nonlocal taps
        taps += 1
        page.locator(what, has_text=has_text).locator("visible=true").tap()

    whole(page, "step 1", least=FINGER)
    page.locator("[data-to='2']").locator("visible=true").tap()
    expect(page).to_have_title(re.compile("^Fel: "))
    until(page, "document.activeElement.id === 'errors'")
    whole(page, "step 1 with an error", least=FINGER)
    page.locator(".errors a").tap()
    assert page.evaluate("document.activeElement.name") == "category"

    tap(".tile", "Larm eller telefon")
    tap("[data-to='2']")
    whole(page, "step 2", least=FINGER)
    tap("#text")
    page.keyboard.type("Hon låg på golvet. Larmet var ur.")
    tap(".option", "Ja, lite")
    tap("[data-to='3']")
    expect(page).to_have_title("Stämmer det? – Avvik")
    expect(page.locator(".summary")).to_contain_text("Hon låg på golvet.")
    whole(page, "step 3", least=FINGER)
    page.locator("#when summary").tap()
    page.locator(".option", has_text="En annan dag").tap()
    whole(page, "step 3 with a day", least=FINGER)
    page.locator(".option", has_text="Nyss").tap()
    tap("#send")
    number = green(page)

    assert taps == 6
    assert OPEN + LOAD + taps * TAP + DECISIONS * DECIDE + TYPED <= 60
    assert OPEN + LOAD + taps * TAP + DECISIONS * DECIDE + DICTATED <= 40
    whole(page, "the green receipt", least=FINGER)
    expect(page.locator("#then")).to_contain_text("Din chef läser rapporten senast")
    assert page.evaluate("document.activeElement.id") == "said"
    case = text_of(place, number)
    assert (case["text"], case["harm"]) == ("Hon låg på golvet. Larmet var ur.", "minor")
    assert case["reporter_name"] == place.people["staff"].name


def test_the_first_load_is_light_and_still(scene, new_context):
    place = scene()
    page = new_context(390).new_page()
    page.add_init_script(SHIFTS)
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    sizes, asked = [], []
    tools.on("Network.loadingFinished", lambda it: sizes.append(it["encodedDataLength"]))
    tools.on("Network.requestWillBeSent", lambda it: asked.append(it["request"]["url"]))
    page.goto(f"/r/{place.unit}", wait_until="networkidle")
    ready(page)

    assert len(asked) <= 6, asked
    assert sum(sizes) <= 30_000, sizes
    script = files()["js/phone.js"].content
    assert len(gzip.compress(script, 9)) <= 12 * 1024
    fill(page, "Ett besök blev inte av.")
    receipt(page)
    assert page.evaluate("self.shifted") <= 0.05


def test_without_a_network_it_opens_takes_a_report_and_sends_it_later(scene, new_context):
    place = scene()
    context = new_context(390, expected=OFFLINE)
    logged_in(context, place)
    page = context.new_page()
    at_form(page, place.unit)
    kept_for_offline(page)
    knows_who(page, place.people["staff"].name)
    context.set_offline(True)
    page.reload()
    ready(page)
    expect(page.locator("#step-1")).to_have_text("Vad gäller det?")
    knows_who(page, place.people["staff"].name)

    fill(page, "Markörord utan nät åäö")
    receipt(page)

    assert is_amber(page)
    said(page, "#said", "sparad i telefonen")
    expect(page.locator("#then")).to_be_hidden()
    whole(page, "the amber receipt", least=FINGER)
    [item] = waiting(page)
    assert item["kind"] == "named"
    kept = everything_kept(page)
    assert "/js/phone.js" in kept
    for word in ("Markörord", place.people["staff"].name, "EXTRACTABLE"):
        assert word.lower() not in kept.lower(), word

    context.set_offline(False)
    number = green(page)
    assert waiting(page) == []
    assert text_of(place, number)["text"] == "Markörord utan nät åäö"


def test_lex_sarah_is_one_box_and_needs_a_name(scene, new_context):
    place = scene()
    page = own_phone(new_context(390), place)
    page.evaluate("document.querySelector('[name=lex]').click()")
    fill(page, "Hon får inte gå ut.", anonymous=True)

    expect(page.locator(".errors li")).to_have_text(
        ["En lex Sarah-rapport behöver ditt namn. Ta bort ett av kryssen."]
    )
    whole(page, "lex Sarah without a name", least=FINGER)
    assert waiting(page) == []
    page.locator("[name=anonymous]").uncheck()
    page.locator("#send").tap()
    assert green(page).startswith("LS-")
    expect(page.locator("#then")).to_contain_text("SAS")
    whole(page, "the receipt of a lex Sarah report", least=FINGER)


@pytest.mark.parametrize("grave", GRAVE)
def test_what_is_grave_shows_the_on_call_number_first_on_both_receipts(
    scene, new_context, grave
):
    place = scene()
    context = new_context(390, expected=OFFLINE)
    page = context.new_page()
    at_form(page, place.unit)
    kept_for_offline(page)
    context.set_offline(True)
    page.evaluate(
        """grave => {
          const press = where => document.querySelector(where).click();
          press('[name=category][value=fall]'); press('[name=harm][value=lite]'); press(grave);
          press('[data-step="1"] [data-to="2"]');
          document.querySelector('#text').value = 'Hon föll.';
          press('[data-step="2"] [data-to="3"]'); press('#send');
        }""",
        grave,
    )
    receipt(page)

    call = page.locator("#call a")
    expect(call).to_have_attribute("href", "tel:0701740609")
    assert call.bounding_box()["y"] < page.locator(".panel").bounding_box()["y"]
    context.set_offline(False)


def photo(width=2400, height=1600):
    """A picture as a phone takes it, which says where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Hemlig Tillverkare"
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 20.0, 0.0), 3: "E", 4: (18.0, 3.0, 0.0)})
    made = BytesIO()
    noise = Image.effect_noise((width, height), 80).convert("RGB")
    noise.save(made, "JPEG", exif=exif, quality=95)
    assert b"Hemlig Tillverkare" in made.getvalue()
    return made.getvalue()


def test_a_photo_is_drawn_anew_small_and_without_where_it_was_taken(scene, new_context):
    place = scene()
    page = own_phone(new_context(390), place)
    page.evaluate(
        """() => { const press = where => document.querySelector(where).click();
          press('[name=category][value=larm]'); press('[data-step="1"] [data-to="2"]');
          document.querySelector('#text').value = 'Låset är trasigt.';
          press('[name=harm][value=nej]'); press('[data-step="2"] [data-to="3"]'); }"""
    )
    taken = photo()

    def add(name, content, kind="image/jpeg"):
        page.locator("#photo").set_input_files(
            {"name": name, "mimeType": kind, "buffer": content}
        )

    add("brev.txt", b"hej", "text/plain")
    said(page, "#photo-said", "inget foto")
    add("trasig.jpg", b"hej")
    said(page, "#photo-said", "läsa")
    for n in (1, 2, 3):
        add("bild.jpg", taken)
        until(page, "n => document.querySelectorAll('.photos img').length === n", n)
    expect(page.locator("#photo")).to_be_hidden()
    whole(page, "three photos", least=FINGER)
    page.get_by_role("button", name="Ta bort foto 2").tap()
    expect(page.locator(".photos img")).to_have_count(2)
    page.locator("#send").tap()
    number = green(page)

    case_id = text_of(place, number)["case_id"]
    door = place.as_("unit_manager")
    listed = door.get(f"cases/{case_id}/attachments")
    assert [it["name"] for it in listed] == ["foto-1.jpg", "foto-2.jpg"]
    for it in listed:
        kept = door.ask("GET", f"cases/{case_id}/attachments/{it['attachment_id']}").content
        assert len(kept) <= 300_000
        picture = Image.open(BytesIO(kept))
        assert max(picture.size) <= 1600
        assert not picture.getexif()
        assert b"Exif" not in kept
        assert b"Hemlig" not in kept


@pytest.mark.parametrize("language", ["sv", "en"])
def test_without_scripts_it_can_be_filed_and_faults_are_seen(scene, new_context, language):
    place = scene()
    context = new_context(390, js=False)
    context.add_cookies(
        [{"name": "sprak", "value": language, "domain": "127.0.0.1", "path": "/"}]
    )
    logged_in(context, place)
    page = context.new_page()
    page.goto(f"/r/{place.unit}")
    whole(page, "the form without scripts", least=FINGER, again=language != "sv")
    page.locator("#send").tap()
    page.locator(".errors").wait_for()
    expect(page.locator(".errors li")).to_have_count(3)
    whole(page, "errors without scripts", least=FINGER, again=language != "sv")

    page.locator("[value=larm]").check()
    page.locator("#text").fill("Utan skript.")
    page.locator("[name=harm][value=lite]").check()
    page.locator("#send").tap()
    page.locator(".panel").wait_for()

    whole(page, "the receipt without scripts", least=FINGER, again=language != "sv")
    number = re.search(r"A-\d{4}-\d{5}", page.locator(".panel").inner_text())[0]
    assert text_of(place, number)["text"] == "Utan skript."


def test_the_language_is_chosen_on_the_page_and_stays_without_a_network(scene, new_context):
    place = scene()
    context = new_context(390, expected=OFFLINE)
    page = context.new_page()
    at_form(page, place.unit)
    page.get_by_role("button", name="English").tap()
    until(page, "() => document.documentElement.lang === 'en'")
    expect(page.locator("#step-1")).to_have_text("What is it about?")
    expect(page.locator(".tile small[lang=sv]").first).to_have_text("Insats blev inte av")
    whole(page, "the form in English", least=FINGER, again=True)
    kept_for_offline(page)
    context.set_offline(True)
    page.reload()
    ready(page)
    expect(page.locator("#step-1")).to_have_text("What is it about?")
    context.set_offline(False)
