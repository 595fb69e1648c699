"""The administrator's pages in a browser: whole for everybody, by keys, without scripts."""

import re
from secrets import randbelow
from uuid import uuid4

from playwright.sync_api import Page, expect

from infra import policy_files
from tests.browser.waiting import until
from tests.browser.whole import whole

DEFAULT = policy_files.DEFAULT.read_text(encoding="utf-8")
PAGES = (
    "/admin",
    "/admin/enheter",
    "/admin/ny-enhet",
    "/admin/enheter/{unit}",
    "/admin/personer",
    "/admin/ny-person",
    "/admin/personer/{person}",
    "/admin/franvaro",
    "/admin/ny-franvaro",
    "/admin/ny-vakans",
    "/admin/policy",
    "/admin/policy/ny",
    "/admin/policy/jamfor",
    "/admin/texter",
    "/admin/texter/lex",
    "/admin/karantan",
    "/admin/aviseringar",
    "/admin/laslogg",
    "/admin/andringar",
    "/jag",
)


def test_every_page_and_state_is_whole(new_context, sign_in, scene):
    away = scene()
    admin = away.api.as_("admin")
    period = {"starts_on": "2026-01-01", "ends_on": "2190-01-01"}
    manager = str(away.people["unit_manager"].account_id)
    admin.put(f"admin/substitutes/{manager}", {"account_id": manager, **period})
    case = away.report()
    away.as_("staff").get(f"reports/{case.case_id}")
    page = new_context(390).new_page()
    sign_in(page, "admin")

    for address in PAGES:
        answer = page.goto(address.format(unit=away.unit, person=manager))
        assert answer
        assert answer.status == 200, address
        whole(page, address)

    page.goto("/admin/enheter")
    expect(page.get_by_text(f"Ingen tar emot rapporter från {away.name}.")).to_be_visible()
    for address, button in (
        ("/admin/ny-enhet", "Lägg till enheten"),
        ("/admin/ny-person", "Lägg till personen"),
        ("/admin/ny-franvaro", "Spara"),
        (f"/admin/personer/{manager}", "Lägg till rollen"),
        ("/admin/policy/ny", "Kontrollera"),
    ):
        page.goto(address)
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator("#errors")).to_be_focused()
        expect(page).to_have_title(re.compile("^Fel: "))
        whole(page, f"{address} with errors")
    page.goto("/admin/laslogg?arende=A-1&person=x")
    whole(page, "the log with errors")
    page.goto("/admin/policy/ny")
    page.get_by_label("Policyn som text").fill(
        DEFAULT.replace("version = 1", "version = 4711").replace("hours = 4", "hours = 8")
    )
    page.get_by_role("button", name="Kontrollera").click()
    page.get_by_role("button", name="Provkör").click()
    page.get_by_text("Det här vet en provkörning inte").click()
    whole(page, "a policy that was tried")


def test_a_manager_sees_whom_the_unit_was_read_by(new_context, sign_in, scene):
    place = scene()
    case = place.report()
    place.as_("unit_manager").get(f"cases/{case.case_id}")
    page = new_context(390).new_page()
    sign_in(page, place.login("unit_manager"))
    page.goto("/jag")
    page.get_by_role("link", name=f"Läslogg för {place.name}").click()
    expect(page.locator("tbody tr")).to_contain_text([case.number])
    whole(page, "the log of one's own unit")
    page.goto("/jag")
    whole(page, "a manager's own page")


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until something has focus; on the way nothing loses it."""
    for _ in range(80):
        page.keyboard.press("Tab")
        is_there, lost = until(
            page,
            "wanted => [document.activeElement.matches(wanted),"
            " document.activeElement === document.body]",
            wanted,
        )
        if is_there:
            return
        assert not lost, wanted
    raise AssertionError(f"never reached {wanted}")


def arrow_to(page: Page, select: str, wanted: str) -> None:
    """Choose in a list with the arrow keys."""
    tab_to(page, select)
    for _ in range(80):
        if page.locator(select).input_value() == wanted:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{wanted} is not in {select}")


def test_a_unit_and_its_manager_are_added_with_the_keyboard_alone(new_context, sign_in, api):
    page = new_context().new_page()
    sign_in(page, "admin")
    page.goto("/admin/enheter")
    keys = page.keyboard
    code, login = f"tangenten-{uuid4().hex[:8]}", f"tangent-{uuid4().hex[:8]}"
    name = f"Enheten {code}"

    tab_to(page, 'a[href="/admin/ny-enhet"]')
    keys.press("Enter")
    page.wait_for_url("**/admin/ny-enhet")
    for field, said in (("name", name), ("code", code)):
        tab_to(page, f"#{field}")
        keys.type(said)
    arrow_to(page, "#kind", "home_care")
    tab_to(page, "[name=owner_type]")
    keys.press("Space")
    tab_to(page, "main form button")
    keys.press("Enter")
    page.wait_for_url(f"**/admin/enheter/{code}?gjort=ny")
    expect(page.get_by_text(f"Ingen tar emot rapporter från {name}.")).to_be_visible()

    page.goto("/admin/ny-person")
    for field, said in (("login", login), ("name", "Tage Ntent")):
        tab_to(page, f"#{field}")
        keys.type(said)
    tab_to(page, "main form button")
    keys.press("Enter")
    password = page.locator("#password").inner_text()
    tab_to(page, "main a.button")
    keys.press("Enter")
    page.wait_for_url("**/admin/personer/*")
    arrow_to(page, "#role", "unit_manager")
    arrow_to(page, "#unit", code)
    tab_to(page, 'form[action$="/roller"] button')
    keys.press("Enter")
    page.wait_for_url("**gjort=roll")
    expect(page.locator("table")).to_contain_text(name)
    expect(page.get_by_text("Ingen tar emot rapporter")).to_have_count(0)
    told = api.nobody.post("login", {"login": login, "password": password})
    assert told["token"]


def test_a_policy_is_uploaded_checked_and_loaded_without_scripts(
    new_context, sign_in, tmp_path
):
    file = tmp_path / "policy.toml"
    # A coming day: no other test in this installation meets it.
    number = 100 + randbelow(10**6)
    new = DEFAULT.replace("version = 1", f"version = {number}")
    new = new.replace("2020-01-01", "2190-01-01")
    file.write_text(new.replace("working_days = 20", "working_days = 10"), encoding="utf-8")
    page = new_context(js=False).new_page()
    sign_in(page, "admin")
    page.goto("/admin/policy/ny")

    page.get_by_label("Fil", exact=True).set_input_files(file)
    page.get_by_role("button", name="Kontrollera").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        f"Version {number} går att använda"
    )
    expect(page.locator("main")).to_contain_text("20 arbetsdagar → 10 arbetsdagar")
    page.get_by_role("button", name="Ladda policyn").click()
    expect(page.locator("#errors")).to_contain_text("Kryssa i att du vill ladda policyn.")
    page.get_by_label(f"Ja, ladda version {number}").check()
    page.get_by_role("button", name="Ladda policyn").click()

    expect(page.get_by_role("status")).to_have_text(
        "Policyn är laddad. Gamla ärenden ändras inte."
    )
    expect(page.locator("h1")).to_have_text(f"Policy version {number}")
    expect(page.locator(".facts")).to_contain_text("Kommande")
