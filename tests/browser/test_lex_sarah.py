"""Misconduct in a real browser: for everybody to read, and to work with by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.waiting import until
from tests.browser.whole import whole

LOADED = "() => [...document.images].slice(0, 1).every(it => it.complete && it.naturalWidth)"
FOCUSED = """() => {
  const it = document.activeElement;
  return it.matches('a, button, input') ? it.textContent.trim().replace(/\\s+/g, ' ') : '';
}"""
STATES = {
    "views": ("lista", "tavla", "atgarder", "ivo", "vantar"),
    "lex_sarah": ("reported", "investigating", "position_taken", "decided"),
    "ivo_notification": ("required", "drafted", "submitted", "supplied"),
}
"""What is looked at: the views of the board, and the phases of a case."""
HOMES = ("solrosen", "bjorken", "almgarden", "lyktan", "vide")


@pytest.fixture
def norrvik(api):
    """The first open case of a kind in a phase, by SAS's queue."""

    def first(kind, phase):
        items = api.as_("sas").get("queue", kind=kind, limit=200)["items"]
        found = [it for it in items if it["phase"] == phase and it["unit"] in HOMES]
        return f"/arende/{found[0]['case_id']}"

    return first


def test_every_state_of_misconduct_is_for_everybody(new_context, sign_in, norrvik):
    page = new_context(1280).new_page()
    sign_in(page, "sas")
    for view in STATES["views"]:
        page.goto(f"/lex-sarah?vy={view}")
        whole(page, view)
    for kind in ("lex_sarah", "ivo_notification"):
        for phase in STATES[kind]:
            page.goto(norrvik(kind, phase))
            whole(page, f"{kind} {phase}")
    page.goto(
        f"{norrvik('ivo_notification', 'drafted')}/underlag".replace("arende", "lex-sarah")
    )
    whole(page, "filling in")


def tab_to(page, words, most=90):
    """Press Tab until what has focus says this."""
    for _ in range(most):
        page.keyboard.press("Tab")
        says = page.evaluate(FOCUSED)
        assert page.evaluate("() => document.activeElement !== document.body"), "focus was lost"
        if re.search(words, says):
            return
    raise AssertionError(f"the keyboard never came to {words}")


def test_a_point_is_documented_from_the_board_by_keyboard_alone(
    scene, api, new_context, sign_in
):
    place = scene()
    case = place.lex_sarah()
    sas = api.as_("sas")
    sas.post(f"cases/{case.case_id}/receive-lex-sarah", {"protection": "Extra tillsyn."})
    sas.post(f"cases/{case.case_id}/start-investigation", {})
    page = new_context(1280).new_page()
    sign_in(page, "sas")
    page.goto(f"/lex-sarah?enhet={place.unit}")

    tab_to(page, case.number)
    page.keyboard.press("Enter")
    page.wait_for_url("**/arende/*")
    tab_to(page, "Lägg till under punkt 1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/add-note?point=*")
    page.get_by_label("Faktum").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Larmet togs tillbaka.")
    page.keyboard.press("Tab")
    page.keyboard.type("Larmloggen")
    page.keyboard.press("Enter")

    page.wait_for_url("**?gjort=add-note")
    expect(page.locator("main")).to_contain_text("1 av 9 punkter")
    expect(page.get_by_text("Larmet togs tillbaka.").first).to_be_visible()


def test_a_value_is_copied_with_one_press_and_the_pages_stand_beside(
    new_context, sign_in, norrvik
):
    context = new_context(1280, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    sign_in(page, "sas")
    page.goto(norrvik("ivo_notification", "drafted"))

    page.get_by_role("button", name="Kopiera Organisationsnummer").click()

    until(page, "() => document.getElementById('copied').textContent.includes('Kopierat')")
    assert page.evaluate("() => navigator.clipboard.readText()") == "212000-0000"
    page.locator("img").first.scroll_into_view_if_needed()
    until(page, LOADED)


def test_without_scripts_the_values_are_there_to_be_marked(new_context, sign_in, norrvik):
    page = new_context(1280, js=False).new_page()
    sign_in(page, "sas")
    page.goto(norrvik("ivo_notification", "drafted"))

    expect(page.get_by_text("212000-0000")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Kopiera"))).to_have_count(0)


def test_a_wrong_pack_form_moves_focus_to_what_is_wrong(scene, api, new_context, sign_in):
    place = scene()
    case = place.lex_sarah()
    seen = api.as_("sas").post(
        f"cases/{case.case_id}/require-ivo-notification", {"reason": "Livsfara."}
    )
    page = new_context(390).new_page()
    sign_in(page, "sas")
    page.goto(f"/lex-sarah/{seen['links'][0]}/underlag")
    page.locator("#sender-name").fill("x" * 201)
    page.locator("#sender-town").fill("Norrvik")

    page.get_by_role("button", name="Ta fram version 1").click()

    page.wait_for_selector("#errors")
    until(page, "() => document.activeElement.id === 'errors'")
    expect(page.locator("#sender-town")).to_have_value("Norrvik")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "sender-name"
    whole(page, "a wrong pack form")
