"""The work phone in a real browser: quick to file, quick to open, and nobody else's to read."""

import gzip
import re
from io import BytesIO

import pytest
from PIL import Image

from services.web.pages.static_files import files
from tests.browser.faults import refuse
from tests.browser.phone import (
    at_form,
    drafts,
    everything_kept,
    fill,
    gone,
    green,
    is_amber,
    kept_for_offline,
    knows_who,
    logged_in,
    ready,
    receipt,
    said,
    shown,
    texts_of,
    waiting,
    who,
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


def text_of(place, number):
    """Read a case by its number, as the unit's manager does."""
    queue = place.as_("unit_manager").get("queue", unit=place.unit)
    [found] = [it for it in queue["items"] if it["number"] == number]
    return place.as_("unit_manager").get(f"cases/{found['case_id']}")


def test_filing_takes_six_taps_and_a_text(scene, new_context):
    place = scene()
    context = new_context(390)
    logged_in(context, place)
    page = context.new_page()
    at_form(page, place.unit)
    knows_who(page, place.people["staff"].name)
    taps = 0

    def tap(what, has_text=None):
        nonlocal taps
        taps += 1
        page.locator(what, has_text=has_text).locator("visible=true").tap()

    whole(page, "step 1", least=FINGER)
    page.locator("[data-to='2']").locator("visible=true").tap()
    assert page.title().startswith("Fel: ")
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
    assert page.title() == "Stämmer det? – Avvik"
    assert "Hon låg på golvet." in page.locator(".summary").inner_text()
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
    assert "Din chef läser rapporten senast" in page.locator("#then").inner_text()
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
    assert page.locator("#step-1").inner_text() == "Vad gäller det?"
    knows_who(page, place.people["staff"].name)

    fill(page, "Markörord utan nät åäö")
    receipt(page)

    assert is_amber(page)
    said(page, "#said", "sparad i telefonen")
    assert page.locator("#then").is_hidden()
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


def test_whoever_wrote_it_is_its_writer_whoever_has_the_phone_when_it_is_sent(
    phone, net, sign_in
):
    place, page = phone()
    bo = place.employ("staff", "Bo Nästa")
    net.let("/kuvert/", refuse())
    fill(page, "Skriven av den första.")
    receipt(page)
    page.goto(f"/r/{place.unit}")
    ready(page)
    page.locator(".tile").first.tap()
    drafts(page, 1)
    knows_who(page, place.people["staff"].name)

    page.locator("#leave button").tap()
    gone(page, "#leave")
    drafts(page, 0)
    assert page.locator("#again").is_hidden()
    assert len(waiting(page)) == 1
    net.mend()
    sign_in(page, bo.login)
    at_form(page, place.unit)
    knows_who(page, "Bo Nästa")
    said(page, "#net", "är skickad")

    [number] = texts_of(place)
    assert text_of(place, number)["reporter_name"] == place.people["staff"].name


def test_who_writes_before_logging_in_is_asked_then_and_nobody_else_is_taken_for_them(
    scene, new_context
):
    place = scene()
    staff = place.people["staff"]
    context = new_context(390)
    page = context.new_page()
    at_form(page, place.unit)
    fill(page, "Skriven före inloggning.")
    receipt(page)
    shown(page, "#login")
    whole(page, "the receipt that waits for a login", least=FINGER)
    [item] = waiting(page)
    assert item["kind"] == "unbound"

    # Somebody else logs in on the phone: the report is not theirs, and they say so.
    other = context.new_page()
    who(context, place.people["unit_manager"].token)
    at_form(other, place.unit)
    shown(other, "#claim")
    whole(other, "the question whose it is", least=FINGER)
    other.locator("[data-claim=no]").tap()
    gone(other, "#claim")
    assert len(waiting(other)) == 1
    other.close()
    who(context, None)

    page.locator("#login a").tap()
    page.locator("[name=login]").fill(staff.login)
    page.locator("[name=password]").fill(staff.password)
    page.locator("form:has([name=password]) [type=submit]").tap()
    page.wait_for_url(f"**/r/{place.unit}")
    number = green(page)

    assert text_of(place, number)["reporter_name"] == staff.name


def test_a_waiting_report_can_be_claimed_by_who_says_it_is_theirs(scene, new_context):
    place = scene()
    context = new_context(390)
    page = context.new_page()
    at_form(page, place.unit)
    fill(page, "Skriven före inloggning.")
    receipt(page)
    page.close()
    page = context.new_page()
    logged_in(context, place)
    at_form(page, place.unit)
    page.locator("[data-claim=yes]").tap()
    said(page, "#net", "är skickad")

    assert waiting(page) == []
    assert len(place.as_("staff").get("reports")) == 1


def test_a_report_without_a_name_goes_without_a_session_and_gets_a_code(scene, new_context):
    place = scene()
    context = new_context(390)
    logged_in(context, place)
    page = context.new_page()
    sent = []
    context.on("request", lambda it: "/kuvert/" in it.url and sent.append(it))
    at_form(page, place.unit)
    knows_who(page, place.people["staff"].name)
    fill(page, "Utan namn.", anonymous=True)
    number = green(page)

    assert all("/kuvert/anonym/" in it.url for it in sent)
    assert all("cookie" not in it.all_headers() for it in sent)
    code = page.locator("#code .code").inner_text()
    whole(page, "the receipt with a code", least=FINGER)
    assert place.api.nobody.post("answers", {"code": code})["text"] == "Utan namn."
    assert text_of(place, number)["reporter"] is None
    assert code not in everything_kept(page)

    # The page was closed before the code was saved: it is offered again, to be shown on demand.
    page.reload()
    shown(page, "#late-code")
    whole(page, "the code that was not saved", least=FINGER)
    page.locator("[data-code=show]").tap()
    assert page.locator("#late-code .code").inner_text() == code
    page.locator("[data-code=saved]").tap()
    gone(page, "#late-code")
    page.reload()
    ready(page)
    knows_who(page, place.people["staff"].name)
    assert page.locator("#late-code").is_hidden()


def test_lex_sarah_is_one_box_and_needs_a_name(scene, new_context):
    place = scene()
    context = new_context(390)
    logged_in(context, place)
    page = context.new_page()
    at_form(page, place.unit)
    knows_who(page, place.people["staff"].name)
    page.evaluate("document.querySelector('[name=lex]').click()")
    fill(page, "Hon får inte gå ut.", anonymous=True)

    assert page.locator(".errors li").all_inner_texts() == [
        "En lex Sarah-rapport behöver ditt namn. Ta bort ett av kryssen."
    ]
    whole(page, "lex Sarah without a name", least=FINGER)
    assert waiting(page) == []
    page.locator("[name=anonymous]").uncheck()
    page.locator("#send").tap()
    assert green(page).startswith("LS-")
    assert "SAS" in page.locator("#then").inner_text()
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
    assert call.get_attribute("href") == "tel:0701740609"
    assert call.bounding_box()["y"] < page.locator(".panel").bounding_box()["y"]
    context.set_offline(False)


def test_a_draft_is_offered_and_never_filled_in_and_ends_with_the_person(scene, new_context):
    place = scene()
    context = new_context(390)
    logged_in(context, place)
    page = context.new_page()
    at_form(page, place.unit)
    knows_who(page, place.people["staff"].name)

    def begin(text):
        page.evaluate("document.querySelector('[name=category][value=larm]').click()")
        page.evaluate('document.querySelector(\'[data-step="1"] [data-to="2"]\').click()')
        page.locator("#text").fill(text)
        drafts(page, 1)

    begin("Markörord i ett utkast")
    assert "Markörord" not in everything_kept(page)
    page.reload()
    shown(page, "#draft")
    assert page.evaluate("document.querySelector('#text').value") == ""
    whole(page, "a draft on offer", least=FINGER)
    # A tap on a tile before answering must not write over it.
    page.locator(".tile").nth(5).tap()
    page.locator("[data-draft=yes]").tap()
    until(page, "document.querySelector('#text').value === 'Markörord i ett utkast'")
    assert page.locator("[name=category]:checked").input_value() == "larm"

    page.reload()
    page.locator("[data-draft=no]").tap()
    drafts(page, 0)
    begin("Ett till")
    # Logged out on any other page of ours: the draft ends with the person.
    kept_for_offline(page)
    desk = context.new_page()
    desk.goto("/mina-rapporter")
    desk.evaluate(
        "() => { const form = document.body.appendChild(document.createElement('form'));"
        " form.method = 'post'; form.action = '/logga-ut'; form.submit(); }"
    )
    desk.wait_for_url("**/logga-in")
    drafts(page, 0)


def test_what_nobody_had_logged_in_for_is_not_offered_to_the_next(scene, new_context):
    place = scene()
    context = new_context(390)
    page = context.new_page()
    at_form(page, place.unit)
    fill(page, "Utan namn och utan inloggning.", anonymous=True)
    code = green(page) and page.locator("#code .code").inner_text()
    page.reload()
    ready(page)
    shown(page, "#late-code")  # the writer's own tab offers it until it is said to be saved
    page.locator(".tile").first.tap()
    page.locator("[data-to='2']").locator("visible=true").tap()
    page.locator("#text").fill("Ett halvt utkast.")
    drafts(page, 1)

    # The next person has another tab, logged in or not.
    for token in (None, place.people["staff"].token):
        who(context, token)
        other = context.new_page()
        at_form(other, place.unit)
        said(
            other,
            "#leave b" if token else "#nobody",
            place.people["staff"].name if token else "",
        )
        other.wait_for_timeout(300)
        assert other.locator("#late-code").is_hidden()
        assert other.locator("#draft").is_hidden()
        assert code not in other.content()
        other.close()


def test_a_repeated_report_without_a_name_does_not_lead_to_ones_own(scene, new_context):
    place = scene()
    context = new_context(390)
    logged_in(context, place)
    page = context.new_page()
    at_form(page, place.unit)
    knows_who(page, place.people["staff"].name)
    fill(page, "Kvällsbesöket blev inte av.")
    first = green(page)
    page.get_by_role("link", name="Skriv en ny rapport").tap()
    page.get_by_role("button", name="Skriv mer om det").tap()
    assert first in page.locator("#text").input_value()
    page.locator("[data-to='3']").locator("visible=true").tap()

    page.locator("[name=anonymous]").check(force=True)

    assert first not in page.locator(".summary").inner_text()
    page.locator("#send").tap()
    case = text_of(place, green(page))
    assert case["text"] == "Det hände igen."
    assert not case["links"]


def test_a_draft_is_four_hours_old_at_most(scene, new_context):
    place = scene()
    page = new_context(390).new_page()
    page.clock.install()
    at_form(page, place.unit)
    page.locator(".tile").first.tap()
    page.clock.fast_forward(500)
    drafts(page, 1)
    page.clock.fast_forward("03:50:00")
    page.reload()
    shown(page, "#draft")
    page.clock.fast_forward("00:15:00")
    page.reload()
    drafts(page, 0)
    assert page.locator("#draft").is_hidden()


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
    context = new_context(390)
    logged_in(context, place)
    page = context.new_page()
    at_form(page, place.unit)
    knows_who(page, place.people["staff"].name)
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
    assert page.locator("#photo").is_hidden()
    whole(page, "three photos", least=FINGER)
    page.get_by_role("button", name="Ta bort foto 2").tap()
    assert page.locator(".photos img").count() == 2
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


def test_it_happened_again_is_one_tap_and_belongs_to_the_person(scene, new_context):
    place = scene()
    context = new_context(390)
    logged_in(context, place)
    page = context.new_page()
    at_form(page, place.unit)
    knows_who(page, place.people["staff"].name)
    fill(page, "Kvällsbesöket blev inte av.")
    first = green(page)
    page.get_by_role("link", name="Skriv en ny rapport").tap()
    again = page.get_by_role("button", name="Det hände igen: Larm eller telefon")
    again.wait_for()
    whole(page, "it happened again", least=FINGER)
    assert "Kvällsbesöket" not in everything_kept(page)

    again.tap()
    second = green(page)

    assert page.locator("#linked").inner_text() == f"Rapporten är kopplad till rapport {first}."
    whole(page, "the receipt of a repeated report", least=FINGER)
    case = text_of(place, second)
    assert case["text"] == f"Det hände igen. Se {first}."
    assert case["harm"] == "minor"
    assert case["links"] == [text_of(place, first)["case_id"]]

    page.get_by_role("link", name="Skriv en ny rapport").tap()
    page.get_by_role("button", name="Skriv mer om det").tap()
    assert page.locator("#text").input_value() == f"Det hände igen. Se {second}. "
    page.locator("#leave button").tap()
    gone(page, "#leave")
    who(context, place.people["unit_manager"].token)
    at_form(page, place.unit)
    knows_who(page, place.people["unit_manager"].name)
    assert page.locator("#again").is_hidden()


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
    assert page.locator(".errors li").count() == 3
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
    assert page.locator("#step-1").inner_text() == "What is it about?"
    assert page.locator(".tile small[lang=sv]").first.inner_text() == "Insats blev inte av"
    whole(page, "the form in English", least=FINGER, again=True)
    kept_for_offline(page)
    context.set_offline(True)
    page.reload()
    ready(page)
    assert page.locator("#step-1").inner_text() == "What is it about?"
    context.set_offline(False)
