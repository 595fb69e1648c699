"""Hears what pages complain about in the console, so that no test passes beside an error."""

import re
from collections.abc import Iterable

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Response, WebError

# What Chromium says about the answer to a navigation: it is the page itself, not a fault of it.
_NAVIGATION = re.compile(
    r"Failed to load resource: the server responded with a status of 4\d\d"
)

_PATIENCE = 3000
"""Milliseconds; a page that never comes answers nothing else, ever."""


class Watch:
    """Everything that a context's pages say as an error or a warning, but for what is expected.

    `expected` are patterns for the console's words: a test that cuts the network expects
    `ERR_`. The browser's remark that a page itself was answered with 4xx is no fault.
    """

    def __init__(self, context: BrowserContext, expected: Iterable[str] = ()) -> None:
        self._context = context
        self._expected = [re.compile(it) for it in expected]
        self._heard: list[str] = []
        self._refused_pages: set[str] = set()
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("response", self._response)

    def expect(self, pattern: str) -> None:
        """Take this as said on purpose, from now on and until now."""
        self._expected.append(re.compile(pattern))

    def unexpected(self) -> list[str]:
        """Return what nobody expected, having given every page the time to say it."""
        for page in self._context.pages:
            try:
                page.locator("html").wait_for(state="attached", timeout=_PATIENCE)
            except Error:
                continue  # it is on its way to another page, or gone
        return [it for it in self._heard if not any(why.search(it) for why in self._expected)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning", "assert"}:
            return
        where = message.location.get("url", "")
        if _NAVIGATION.match(message.text) and where in self._refused_pages:
            return
        self._heard.append(f"{message.type}: {message.text} ({where})")

    def _error(self, error: WebError) -> None:
        self._heard.append(f"uncaught: {error.error}")

    def _response(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.status >= 400:
            self._refused_pages.add(response.url)
