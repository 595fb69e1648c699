"""The list "Att göra" in a real browser: by keyboard alone, without scripts, at both widths."""

from playwright.sync_api import expect

from tests.browser.keyboard import MOST, Keyboard
from tests.browser.waiting import ends, until
from tests.browser.whole import whole

ALL = "/att-gora?v=alla"
FOCUS = "document.activeElement"


class Keys(Keyboard):
    """A keyboard that sees, key by key, that focus is never lost."""

    def presses(self, *keys):
        for key in keys:
            self.press(key)
            assert self.here()["tag"] != "body", f"focus lost by {key}"

    def to(self, selector):
        """Go on with Tab until focus stands on it."""
        for _ in range(MOST):
            if self.page.evaluate(f"it => {FOCUS}.matches(it)", selector):
                return
            self.presses("Tab")
        raise AssertionError(f"Tab never came to {selector}")


def test_a_case_is_triaged_by_keyboard_alone(scene, new_context, sign_in):
    place = scene()
    cases = [place.report(harm=harm) for harm in ("serious", "minor", "none")]
    page = new_context(1280).new_page()
    sign_in(page, place.login("unit_manager"))
    page.goto(ALL)
    keys = Keys(page)

    keys.presses("Tab", "Tab", "Enter")  # past the menu and the filters
    keys.presses("x", "j", "x")
    expect(page.locator("[name=case]:checked")).to_have_count(2)
    expect(page.locator("#picked")).to_have_text("2 valda")
    keys.leave("Enter")
    expect(page).to_have_url(ends(f"/arende/{cases[1].case_id}"))
    keys.presses("Tab", "Enter")
    keys.to("[name=cell]")
    keys.presses("ArrowDown")
    keys.to("[name=reason]")
    page.keyboard.type("Larmet fungerade inte på hela natten.")
    keys.to("[action$='/assess-severity'] button")
    keys.leave("Enter")

    assert keys.pressed <= 25
    judged = place.as_("unit_manager").get(f"cases/{cases[1].case_id}")
    assert judged["value"]


def peopled(scene):
    """A unit with a long name, and a case of each sort."""
    place = scene("staff", "unit_manager", name="Särskilda boendet Västerängsgården norra")
    grave = place.report(harm="serious", category="larm")
    place.report(lex_sarah=True, harm="serious")
    mine, ended = place.report(), place.report()
    owner = place.people["unit_manager"].account_id
    place.give("unit_manager", mine, "assign", owner=owner)
    to = {"route": "work_environment", "receiver": "Skyddsombudet", "reason": "Arbetsmiljö."}
    place.give("unit_manager", ended, "reroute", **to)
    return place, grave


def test_every_state_of_the_list_is_for_everybody(scene, new_context, sign_in):
    place, grave = peopled(scene)
    page = new_context(390).new_page()
    sign_in(page, place.login("unit_manager"))

    page.goto(ALL)
    whole(page, "the list")
    page.locator("details summary").first.click()
    page.locator("[name=namn]").fill("Mitt")
    page.locator("[name=namn]").press("Enter")
    page.get_by_text("Filtret är sparat.").wait_for()
    page.locator("details summary").first.click()
    whole(page, "a saved filter")
    page.locator("#q").fill("Sven")
    page.locator("#q").press("Enter")
    until(page, f"{FOCUS}.id === 'errors'")
    whole(page, "nothing found")
    for box in page.locator("[name=case]").all():
        box.check()
    whole(page, "several picked")
    page.get_by_role("button", name="Skjut upp").click()
    page.get_by_role("heading", name="Skjut upp ärenden").wait_for()
    page.locator("main form button").click()
    until(page, f"{FOCUS}.id === 'errors'")
    whole(page, "what is to wait, and nothing said")
    page.goto(ALL)
    expect(page.locator("[name=case]:checked")).to_have_count(0)  # a page load forgets
    page.locator(f"[value='{grave.case_id}']").check()
    page.get_by_role("button", name="Tilldela mig").click()
    page.get_by_text("1 av 1 är gjorda.").wait_for()
    whole(page, "how it went")
    page.get_by_role("link", name="Till listan").click()
    page.locator("#help summary").click()
    whole(page, "the help")
    for view in ("avslutade", "sena"):
        page.goto(f"/att-gora?v={view}")
        whole(page, view)


def test_new_cases_are_told_of_and_the_list_stays_where_it_is(scene, new_context, sign_in):
    place = scene()
    for _ in range(3):
        place.report(harm="none")
    page = new_context(1280).new_page()
    sign_in(page, place.login("unit_manager"))
    page.goto(ALL)
    tops = "[...document.querySelectorAll('tr')].map(it => it.getBoundingClientRect().top)"
    before = page.evaluate(tops)
    page.locator("[name=case]").first.check()

    place.report(harm="serious")
    page.get_by_role("link", name="1 nytt ärende. Visa").wait_for()
    place.report(harm="serious")
    shown = page.get_by_role("link", name="2 nya ärenden. Visa")
    shown.wait_for()

    assert page.evaluate(tops) == before
    expect(page.locator("[name=case]")).to_have_count(3)
    expect(page.locator("[name=case]:checked")).to_have_count(1)
    expect(page).to_have_title("(2) Att göra – Avvik")
    shown.click()
    until(page, "document.querySelectorAll('[name=case]').length === 5")
    expect(page).to_have_url(ends(ALL))
    expect(page.locator("#news a")).to_have_count(0)


def test_several_are_treated_without_any_script(scene, new_context, sign_in):
    place = scene()
    for _ in range(3):
        place.report()
    page = new_context(1280, js=False).new_page()
    sign_in(page, place.login("unit_manager"))
    page.goto(ALL)
    expect(page.locator("#help")).to_be_hidden()
    boxes = page.locator("[name=case]")
    boxes.nth(0).check()
    boxes.nth(0).press("Enter")  # Return in a box does nothing to anybody
    page.get_by_role("link", name="Välj vad du vill göra.").wait_for()
    expect(boxes.nth(0)).to_be_checked()
    expect(page.get_by_role("cell", name="Du", exact=True)).to_have_count(0)
    boxes.nth(1).check()

    page.get_by_role("button", name="Tilldela mig").click()

    expect(page.get_by_text("2 av 2 är gjorda.")).to_be_visible()
    page.get_by_role("link", name="Till listan").click()
    expect(page.locator("[name=case]:checked")).to_have_count(0)
    expect(page.get_by_role("cell", name="Du", exact=True)).to_have_count(2)
    page.locator("[name=case]").nth(0).check()
    page.locator("[name=case]").nth(1).check()
    page.get_by_role("button", name="Koppla ihop").click()
    page.get_by_label("Samma mönster").check()
    page.locator("main form button").click()
    expect(page.get_by_text("1 av 1 är gjorda.")).to_be_visible()


def test_single_keys_work_in_the_list_only_and_can_be_switched_off(scene, new_context, sign_in):
    place = scene()
    place.report()
    place.report()
    page = new_context(1280).new_page()
    sign_in(page, place.login("unit_manager"))
    page.goto(ALL)
    links, boxes = page.locator("th a"), page.locator("[name=case]")

    page.locator("#q").press("x")
    page.locator("#q").press("j")
    expect(page.locator("#q")).to_have_value("xj")
    page.locator(".chips a").first.press("x")
    expect(page.locator("[name=case]:checked")).to_have_count(0)
    boxes.nth(0).press("j")
    links.nth(1).press("j")
    links.nth(1).press("k")
    links.nth(0).press("j")
    assert links.nth(1).evaluate(f"it => it === {FOCUS}")
    links.nth(1).press("/")
    assert page.locator("#q").evaluate(f"it => it === {FOCUS}")
    links.nth(1).press("?")
    page.get_by_role("button", name="Stäng av kortkommandon").click()
    page.get_by_text("Kortkommandon är av.").wait_for()

    for key in ("j", "x", "/", "?"):
        links.nth(0).press(key)
        assert links.nth(0).evaluate(f"it => it === {FOCUS}")
    expect(page.locator("[name=case]:checked")).to_have_count(0)
    expect(page.locator("#help[open]")).to_have_count(0)
    page.goto("/att-gora?v=nya")  # it is kept, also for other views
    expect(page.locator("#list")).to_have_attribute("data-keys", "off")
    boxes.nth(0).press("Enter")  # no single character: it opens the case in any case
    page.wait_for_url("**/arende/*")
