"""A case in a real browser: from report to closure by keyboard alone and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import Keyboard
from tests.browser.waiting import ends, until
from tests.browser.whole import whole

TOLD = "🚨 Åsa 👩‍🦽 på rum 4. Hon föll, fick ett blåmärke och låg på golvet."
ANSWERS = {"cell": "2x2", "effect": "ja"}
WAY = [
    "confirm-classification",
    "assess-severity",
    "start-investigation",
    "add-cause",
    "conclude-investigation",
    "add-measure",
    "complete-measure",
    "follow-up-measure",
    "answer-reporter",
    "close",
]


def suggested(place, case):
    """Return the case once the handler has read it."""
    while True:
        seen = place.as_("unit_manager").get(f"cases/{case.case_id}")
        if seen["suggestion"]:
            return seen


@pytest.mark.parametrize(("width", "js"), [(1280, True), (390, False)])
def test_a_deviation_goes_from_the_queue_to_closure_by_keyboard(
    scene, new_context, sign_in, width, js
):
    place = scene()
    case = place.report(text=TOLD)
    suggested(place, case)
    page = new_context(width, js=js).new_page()
    sign_in(page, place.login("unit_manager"))
    page.goto("/att-gora")
    keys = Keyboard(page)
    keys.to_link(href=f"/arende/{case.case_id}")

    for step in WAY:
        whole(page, f"the case before {step}", again=not js)
        keys.to_link(words=words_of(page))
        if step == "confirm-classification":
            keys.to_button("Ja, det stämmer")
        else:
            if step == "answer-reporter":
                keys.to_link(href="?start=1")
            if "#" not in page.url:
                whole(page, step, again=not js)
            keys.fill_in(step, ANSWERS)
        expect(page).to_have_url(ends(f"/arende/{case.case_id}?gjort={step}"))
        expect(page.locator("#done")).to_be_visible()

    seen = place.as_("unit_manager").get(f"cases/{case.case_id}")
    assert seen["phase"] == "closed"
    assert [it["completed"] for it in seen["measures"]] == [True]
    whole(page, "the closed case", again=not js)


def words_of(page):
    """Return what the one next step is called."""
    return page.locator(".next .button").inner_text()


def test_the_marked_words_are_those_that_were_built_on(scene, new_context, sign_in):
    place = scene()
    case = place.report(text=TOLD)
    suggested(place, case)
    page = new_context(1280).new_page()
    sign_in(page, place.login("unit_manager"))

    page.goto(f"/arende/{case.case_id}")

    marks = page.locator("mark")
    expect(marks.filter(has_text="föll")).to_have_count(1)
    expect(marks.filter(has_text="blåmärke")).to_have_count(1)
    expect(marks.filter(has_text="Åsa")).to_have_count(0)
    expect(page.locator(".story").first).to_have_text(TOLD)
    expect(page.locator("section:has(#suggestion)")).to_contain_text("”blåmärke” → Omsorg")


def test_two_editors_in_two_browsers_lose_nothing(scene, new_context, sign_in):
    place = scene("staff", "unit_manager", "operations_manager")
    case = place.report()
    pages = []
    for role in ("unit_manager", "operations_manager"):
        page = new_context(1280).new_page()
        sign_in(page, place.login(role))
        page.goto(f"/arende/{case.case_id}/assess-severity")
        page.locator("[name=reason]").fill(f"Skäl av {role}: åäö <b>")
        page.locator("[name=cell][value='2x3']").check(force=True)
        pages.append(page)
    first, second = pages

    first.locator("main form button").click()
    first.wait_for_url("**?gjort=assess-severity")
    second.locator("main form button").click()
    second.locator("#errors").wait_for()

    assert until(second, "document.activeElement.id === 'errors'")
    expect(second.locator("#errors")).to_contain_text("Skäl av unit_manager: åäö <b>")
    assert (
        second.locator("[name=reason]").input_value() == "Skäl av operations_manager: åäö <b>"
    )
    expect(second.locator("[name=cell]:checked")).to_have_value("2x3")
    whole(second, "a conflict")
    second.locator("main form button").click()
    second.wait_for_url("**?gjort=assess-severity")
    told = place.as_("unit_manager").get(f"cases/{case.case_id}")["timeline"]
    said = [it["words"]["reason"] for it in told if it["type"] == "case.severity_assessed"]
    assert said == [f"Skäl av {it}: åäö <b>" for it in ("unit_manager", "operations_manager")]


def test_every_other_state_of_the_page_is_whole(scene, new_context, sign_in, tmp_path):
    place = scene("staff", "unit_manager", "operations_manager", "sas")
    grave, complained = place.report(text=TOLD * 20), place.complaint(wish="Att någon ringer.")
    give = lambda step, **fields: place.give("unit_manager", grave, step, **fields)  # noqa: E731
    give("confirm-classification", category="omsorg")
    give("assess-severity", consequence=4, likelihood=3, tracks=["sol", "hsl"], reason="x" * 90)
    give("pass-on", route="child_at_risk", receiver="Mottagningen", reason="Ett barn bor där.")
    give("raise-lex-sarah", reason="Hon kom till skada.")
    for n in range(14):
        give("add-note", nature="fact", words=f"Nummer {n}", source="samtal")
    page = new_context(390).new_page()
    sign_in(page, place.login("unit_manager"))

    page.goto(f"/arende/{grave.case_id}")
    page.locator("section:has(#history) summary").click()
    page.locator(".next summary").first.click()
    whole(page, "a grave case with a long history")
    file = tmp_path / ("mycket_långt_namn_" * 6 + ".exe")
    file.write_bytes(b"MZ")
    page.get_by_text("Lägg till filer").click()
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="Spara filerna").click()
    page.locator("#errors").wait_for()
    whole(page, "a file that was not taken")
    page.goto(f"/arende/{grave.case_id}/assess-severity?tracks=hsl")
    page.locator("[name=reason]").fill("")
    page.locator("main form button").click()
    page.locator("#errors").wait_for()
    expect(page).to_have_title(re.compile("^Fel: "))
    whole(page, "a form with an error")
    page.goto(f"/arende/{grave.case_id}/reroute")
    expect(page.locator("#secrecy")).to_be_hidden()
    page.locator("[name=route][value=health_care]").check()
    expect(page.locator("#secrecy")).to_be_visible()
    whole(page, "a choice that opens a question")
    page.goto(f"/arende/{grave.case_id}/close")
    whole(page, "not now")
    page.goto(f"/arende/{complained.case_id}")
    whole(page, "a complaint")
    sas = new_context(390).new_page()
    sign_in(sas, place.login("sas"))
    sas.goto(f"/arende/{grave.case_id}")
    expect(sas.locator("section:has(#sas) form")).to_be_visible()
    whole(sas, "SAS is to take a position")


def test_on_paper_the_case_is_whole_and_without_buttons(scene, new_context, sign_in):
    place = scene()
    case = place.report()
    for n in range(14):
        place.give(
            "unit_manager",
            case,
            "add-note",
            nature="fact",
            words=f"Nummer {n}",
            source="samtal",
        )
    page = new_context(1280).new_page()
    sign_in(page, place.login("unit_manager"))
    page.goto(f"/arende/{case.case_id}")

    page.emulate_media(media="print")

    expect(page.locator("#history ~ details .timeline li").first).to_be_visible()
    expect(page.locator("section:has(#clocks)")).to_contain_text("enligt policyn")
    pressed = page.locator("button, .button, select, textarea").all()
    assert not [it for it in pressed if it.is_visible()]
