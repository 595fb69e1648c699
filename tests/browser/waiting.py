"""Waits on what is true in a page, under a policy that forbids the page to evaluate texts."""

import re
from time import monotonic
from typing import Any

from playwright.sync_api import Error, Page

_GONE = ("Execution context was destroyed", "Cannot find context", "frame was detached")
_BEGUN = ("Cannot read properties of null",)  # a page that has just come has no elements yet


def until(page: Page, script: str, argument: Any = None, *, seconds: float = 20) -> Any:
    """Evaluate until it gives something true, across navigations too, and return that.

    For `page.wait_for_function`, which our Content-Security-Policy stops.
    """
    deadline = monotonic() + seconds
    while True:
        try:
            if told := page.evaluate(script, argument):
                return told
        except Error as error:
            if not any(it in error.message for it in (*_GONE, *_BEGUN)):
                raise
        assert monotonic() < deadline, f"it never came true: {script}"
        page.wait_for_timeout(30)


def ends(address: str) -> re.Pattern[str]:
    """Return what an address that ends so matches, for `expect(page).to_have_url`."""
    return re.compile(re.escape(address) + "$")
