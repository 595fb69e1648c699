"""Browser contexts like a work phone and a desk, and the way in through the real form."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from secrets import randbelow
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.watch import Watch

FLAGS: Final = (
    # Chromium refuses its sandbox to root; only our own pages are shown in it.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

PHONE: Final = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESK: Final = {"viewport": {"width": 1280, "height": 800}}

Contexts = Callable[..., BrowserContext]
SignIn = Callable[..., None]


@contextmanager
def contexts(browser: Browser, base_url: str) -> Iterator[Contexts]:
    """Give a maker of contexts; they are closed with the block, which fails on any complaint.

    `new_context(width=390 or 1280, js=True, expected=("ERR_", …), **Playwright's own)`.
    """
    opened: list[tuple[BrowserContext, Watch]] = []

    def new_context(
        width: int = 1280, *, js: bool = True, expected: tuple[str, ...] = (), **options: Any
    ) -> BrowserContext:
        device = PHONE if width < 600 else DESK
        size = {"viewport": {**device["viewport"], "width": width}}
        # An address of its own: the public doors pace each address, and never a whole run.
        sender = {"X-Forwarded-For": ".".join(str(randbelow(256)) for _ in range(4))}
        context = browser.new_context(
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            java_script_enabled=js,
            extra_http_headers=sender | options.pop("extra_http_headers", {}),
            **({"base_url": base_url} | device | size | options),
        )
        context.set_default_timeout(20_000)
        opened.append((context, Watch(context, expected)))
        return context

    try:
        yield new_context
        said = [line for _, watch in opened for line in watch.unexpected()]
        assert not said, "\n".join(["the pages complained in the console:", *said])
    finally:
        for context, _ in opened:
            context.close()


def through_the_form(page: Page, login: str, password: str) -> None:
    """Log in as a person does, and return when the page after it has come."""
    page.goto("/logga-in")
    page.locator("[name=login]").fill(login)
    page.locator("[name=password]").fill(password)
    page.locator("form:has([name=password]) button[type=submit]").click()
    page.wait_for_url(lambda url: "/logga-in" not in url)
