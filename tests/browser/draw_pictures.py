"""Draws the README's pictures from the demo: `make pictures`."""

from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import find_chromium
from tests.browser.api import Api
from tests.browser.contexts import DESK, FLAGS, PHONE, through_the_form
from tests.browser.demo_product import Demo, demo
from tests.servers import temporary_data_dir

FOLDER: Final = Path(__file__).parents[2] / "pictures"


def main() -> None:
    """Start the demo, open each page as who uses it, and write the pictures."""
    FOLDER.mkdir(exist_ok=True)
    path = find_chromium.found()
    if path is None:
        raise SystemExit(f"No Chromium: {find_chromium.HOW}")
    with temporary_data_dir() as data_dir, demo(data_dir) as running, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=list(FLAGS))
        _phone(browser, running)
        _citizen(browser, running)
        _mine(browser, running)
        _desk(browser, running)
        _board(browser, running)
        _policy(browser, running)
        browser.close()


def _opened(browser: Browser, running: Demo, device: dict[str, Any]) -> Page:
    return browser.new_context(base_url=running.url, locale="sv-SE", **device).new_page()


def _logged_in(browser: Browser, running: Demo, login: str, device: dict[str, Any]) -> Page:
    page = _opened(browser, running, device)
    user = running.users[login]
    through_the_form(page, user.login, user.password)
    return page


def _draw(page: Page, name: str, *, whole: bool = False) -> None:
    page.screenshot(path=FOLDER / f"{name}.png", full_page=whole)


def _phone(browser: Browser, running: Demo) -> None:
    page = _opened(browser, running, PHONE)
    page.goto("/r/solrosen")
    page.locator("html.js").wait_for()
    _draw(page, "phone")


def _citizen(browser: Browser, running: Demo) -> None:
    page = _opened(browser, running, PHONE)
    page.goto("/synpunkt")
    _draw(page, "citizen")


def _mine(browser: Browser, running: Demo) -> None:
    page = _logged_in(browser, running, "medarbetare", PHONE)
    page.goto("/mina-rapporter")
    page.locator(".report:has(.new):has(.marks)").first.click()
    _draw(page, "mine")


def _desk(browser: Browser, running: Demo) -> None:
    page = _logged_in(browser, running, "chef", DESK)
    page.goto("/att-gora")
    _draw(page, "queue")
    api = Api(running.url, {it.login: it.token for it in running.users.values()})
    items = api.as_("chef").get("queue")["items"]
    api.close()
    case = next(it for it in items if it["kind"] == "deviation" and it["value"] is None)
    page.goto(f"/arende/{case['case_id']}")
    _draw(page, "case", whole=True)


def _board(browser: Browser, running: Demo) -> None:
    page = _logged_in(browser, running, "sas", DESK)
    page.goto("/lex-sarah?vy=tavla")
    _draw(page, "lex_sarah")


def _policy(browser: Browser, running: Demo) -> None:
    page = _logged_in(browser, running, "admin", DESK)
    page.goto("/admin/policy")
    _draw(page, "policy")


if __name__ == "__main__":
    main()
