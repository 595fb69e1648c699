"""A page's form as a browser without scripts fills it in and sends it."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import httpx

OURS = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}


class _Fields(HTMLParser):
    """Collects what each form holds, as it would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, list[tuple[str, str]]]] = []
        self._text: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        it = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((it.get("action", ""), []))
            return
        name = it.get("name")
        if tag == "textarea" and name:
            self._text = name
            self._keep(name, "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in it:
            self._keep(self._select, it["value"])
        elif tag == "input" and name:
            ticked = it.get("type") not in {"radio", "checkbox"} or "checked" in it
            if ticked:
                self._keep(name, it.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._text:
            name, _ = self.forms[-1][1].pop()
            self._keep(name, data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = None
        elif tag == "select":
            self._select = None

    def _keep(self, name: str, value: str) -> None:
        if self.forms:
            self.forms[-1][1].append((name, value))


def fields(page: str, action: str) -> dict[str, str]:
    """Return what the page's form for an address holds."""
    found = _Fields()
    found.feed(page)
    [held] = [pairs for where, pairs in found.forms if where == action]
    return dict(held)


class Window:
    """A browser window without scripts: it knows its last page and what it was answered."""

    def __init__(self, client: httpx.AsyncClient, headers: Mapping[str, str] | None = None):
        self._client = client
        self._headers = dict(headers or {})
        self.answers: list[httpx.Response] = []

    @property
    def answer(self) -> httpx.Response:
        return self.answers[-1]

    @property
    def page(self) -> str:
        return self.answer.text

    async def go(self, address: str) -> str:
        """Go to an address."""
        self.answers.append(await self._client.get(address, headers=self._headers))
        return self.page

    async def send(self, action: str, *without: str, to: str = "", **given: str) -> str:
        """Fill in the form on the page, and send it."""
        held = {n: v for n, v in fields(self.page, action).items() if n not in without}
        body = urlencode({**held, **given})
        headers = OURS | self._headers
        self.answers.append(
            await self._client.post(to or action, content=body, headers=headers)
        )
        return self.page
