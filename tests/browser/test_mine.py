"""What staff get back, in a real browser: on the phone, in English, on paper, for a finger."""

from io import BytesIO
from uuid import uuid4

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from infra import clock
from tests.browser.waiting import until
from tests.browser.whole import FINGER, whole

LONG = "Särskilda boendet Kastanjegårdens demensenhet, avdelning Rönnbärsdalen norra"


def promise(place, case, owner):
    """Promise that somebody does something in a case; return the measure."""
    cause, measure = uuid4(), uuid4()
    give = place.give
    give("unit_manager", case, "confirm-classification", category="omsorg")
    give(
        "unit_manager",
        case,
        "assess-severity",
        consequence=2,
        likelihood=2,
        reason="Kunde ha blivit värre.",
    )
    give("unit_manager", case, "start-investigation")
    give(
        "unit_manager",
        case,
        "add-cause",
        cause_id=cause,
        area="procedurer_rutiner",
        words="Ingen rutin.",
    )
    give(
        "unit_manager",
        case,
        "add-measure",
        measure_id=measure,
        causes=[cause],
        kind="rutin",
        words="En rutin skrivs och läses upp vid varje överlämning den närmaste månaden.",
        expected_effect="Inga missade besök.",
        owner=owner,
        due_on=clock.today(),
        follow_up_on=clock.today(),
    )
    return measure


@pytest.fixture
def place(scene):
    """A unit where one report is answered, one is new, and staff have something to do."""
    made = scene("staff", "unit_manager", name=LONG)
    answered = made.report(category="larm")
    promise(made, answered, made.people["staff"].account_id)
    made.give(
        "unit_manager", answered, "answer-reporter", words="Tack!\nVi har ändrat rutinen."
    )
    made.report(category="utebliven")
    made.lex_sarah()
    return made


@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_answer_reaches_the_phone_of_the_one_who_reported(
    place, new_context, sign_in, product, language
):
    context = new_context(390)
    context.add_cookies([{"name": "sprak", "value": language, "url": product.url}])
    page = context.new_page()
    page.goto("/mina-rapporter")
    whole(page, f"login, {language}", least=FINGER, again=language != "sv")
    sign_in(page, place.login("staff"))
    expect(page).to_have_url(f"{product.url}/mina-rapporter")
    expect(page.locator(".report")).to_have_count(3)
    expect(page.locator(".report").first.locator(".new")).to_be_visible()
    whole(page, f"own reports, {language}", least=FINGER, again=language != "sv")

    page.locator(".report").first.press("Enter")
    expect(page.locator(".answers .story")).to_have_text("Tack!\nVi har ändrat rutinen.")
    expect(page.locator("[aria-current=step]")).to_have_count(1)
    whole(page, f"a report with its answer, {language}", least=FINGER, again=language != "sv")

    page.locator(".back a").click()
    expect(page.locator(".new")).to_have_count(0)
    page.locator(".person button").click()
    expect(page.locator("[name=login]")).to_have_value("")
    page.go_back()
    expect(page.locator("[name=login]")).to_be_visible()


def test_the_language_is_chosen_by_its_own_name_and_the_password_can_be_seen(
    place, new_context, product
):
    page = new_context(390).new_page()
    page.goto(f"/logga-in?till=/r/{place.unit}")
    expect(page.get_by_text(LONG)).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("main [name=till]")).to_have_value(f"/r/{place.unit}")
    password = page.get_by_label("Password", exact=True)
    password.fill("tre gula")
    page.get_by_role("button", name="Show the password").click()
    expect(password).to_have_attribute("type", "text")
    page.get_by_role("button", name="Log in").click()
    expect(page).to_have_title("Error: Log in – Avvik")
    until(page, "document.activeElement.id === 'errors'")
    whole(page, "a login that failed", least=FINGER)
    page.goto("/")
    whole(page, "the doors", least=FINGER)
    page.goto("/finns-inte")
    whole(page, "no such page", least=FINGER)


def test_a_promise_is_kept_with_one_press(place, new_context, sign_in):
    context = new_context(390)
    page = context.new_page()
    sign_in(page, place.login("staff"))
    page.get_by_role("link", name="Du har 1 sak att göra").click()
    whole(page, "something to do")
    page.get_by_role("button", name="Genomförd").press("Enter")
    expect(page.locator("#done")).to_be_visible()
    expect(page.get_by_text("Du har inga åtgärder att genomföra.")).to_be_visible()
    whole(page, "nothing to do")


def test_the_sheet_is_one_page_and_has_a_button_where_it_can_do_something(
    place, new_context, sign_in
):
    page = new_context(390).new_page()
    sign_in(page, place.login("unit_manager"))
    page.goto("/rapportera?fel=annan")
    whole(page, "the units", least=FINGER)
    page.get_by_role("link", name="Lappar att skriva ut").click()
    whole(page, "the sheets", least=FINGER)
    page.get_by_role("link", name=LONG).click()
    expect(page.get_by_role("button", name="Skriv ut")).to_be_visible()
    whole(page, "a sheet", least=FINGER)

    paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(paper.pages) == 1
    assert [round(float(it)) for it in paper.pages[0].mediabox[2:]] == [595, 842]
    words = " ".join(paper.pages[0].extract_text().split())
    assert "Har något gått fel? Rapportera här." in words
    assert f"/r/{place.unit}" in words.replace(" ", "")
    assert "Skriv ut" not in words
    assert "Byt person" not in words

    plain = new_context(390, js=False).new_page()
    sign_in(plain, place.login("unit_manager"))
    plain.goto(f"/qr/{place.unit}")
    expect(plain.locator("svg.qr")).to_be_visible()
    expect(plain.locator("[data-print]")).to_be_hidden()
