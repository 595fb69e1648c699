"""A browser without scripts: reads pages, fills in the forms that stand on them, sends them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from services.web.pages.visitor import COOKIE
from tests.people import Person

OURS = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Form:
    """A form as it stands on a page: where it is sent, what it holds, what can be chosen."""

    action: str
    method: str
    holds: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Gathers the forms, the links and the words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.images: list[str] = []
        self.words: list[str] = []
        self._form: Form | None = None
        self._select = self._text = ""
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        told = {key: value or "" for key, value in attrs}
        if tag == "form":
            self._form = Form(told.get("action", ""), told.get("method", "get"))
            self.forms.append(self._form)
        elif tag == "a" and "href" in told:
            self.links.append(told["href"])
        elif tag == "img":
            self.images.append(told["src"])
        elif tag in ("script", "style"):
            self._silent += 1
        elif self._form is not None:
            self._field(tag, told)

    def _field(self, tag: str, told: dict[str, str]) -> None:
        assert self._form
        name = told.get("name", "")
        if tag == "select":
            self._select = name
            self._form.holds[name] = []
        elif tag == "option" and self._select:
            self._form.choices.setdefault(self._select, []).append(told.get("value", ""))
            if "selected" in told:
                self._form.holds[self._select] = [told["value"]]
        elif tag == "textarea":
            self._text = name
            self._form.holds[name] = [""]
        elif tag == "input" and name:
            if told.get("type") in ("radio", "checkbox"):
                self._form.choices.setdefault(name, []).append(told["value"])
                self._form.holds.setdefault(name, [])
                if "checked" in told:
                    self._form.holds[name].append(told["value"])
            else:
                self._form.holds.setdefault(name, []).append(told.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._text = ""
        elif tag in ("script", "style"):
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if self._text and self._form:
            self._form.holds[self._text] = [self._form.holds[self._text][0] + data]
        if not self._silent:
            self.words.append(data)


class Page:
    """A page that was answered."""

    def __init__(self, answer: httpx.Response) -> None:
        self.status = answer.status_code
        self.html = answer.text
        self.path = answer.request.url.path
        self._reader = _Reader()
        self._reader.feed(answer.text)

    @property
    def says(self) -> str:
        """The words a person reads, with single spaces."""
        return " ".join(" ".join(self._reader.words).split())

    @property
    def links(self) -> list[str]:
        """Where the page leads."""
        return self._reader.links

    @property
    def images(self) -> list[str]:
        """The pictures on it."""
        return self._reader.images

    def leads_to(self, part: str) -> bool:
        """Tell whether a link has this in its address."""
        return any(part in it for it in self.links)

    def form(self, part: str) -> Form:
        """Return the one form whose address ends so."""
        [found] = [it for it in self._reader.forms if it.action.endswith(part)]
        return found


class Browser:
    """Somebody at a browser; keeps every page it has shown."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.pages: list[Page] = []

    async def raw(self, path: str, **more: Any) -> httpx.Response:
        """Fetch something that is no page."""
        cookie = {"Cookie": f"{COOKIE}={self.person.token}"} if self.person.token else {}
        return await self.person.client.get(path, headers=cookie | OURS, **more)

    async def open(self, path: str) -> Page:
        """Open a page."""
        return self._shown(await self.raw(path))

    async def send(self, page: Page, part: str, **values: Any) -> Page:
        """Fill in a form on a page and send it; go where that leads."""
        form = page.form(part)
        told = {name: held for name, held in form.holds.items() if held}
        for name, value in values.items():
            assert name in form.holds, (name, sorted(form.holds))
            told[name] = [str(it) for it in value] if isinstance(value, list) else [str(value)]
            if name in form.choices:
                assert set(told[name]) <= set(form.choices[name]), form.choices[name]
        answer = await self.person.client.post(
            form.action,
            data=told,
            headers={"Cookie": f"{COOKIE}={self.person.token}"} | OURS,
        )
        if answer.status_code == 303:
            where = urlsplit(urljoin(form.action, answer.headers["location"]))
            return await self.open(f"{where.path}?{where.query}" if where.query else where.path)
        return self._shown(answer)

    async def step(self, case_id: Any, step: str, **values: Any) -> Page:
        """Take a step in a case through its form, which must be taken."""
        name = step.partition("?")[0]
        asked = await self.open(f"/arende/{case_id}/{step}")
        assert asked.status == 200, (step, asked.says)
        done = await self.send(asked, f"/{name}", **values)
        assert done.status == 200, (step, done.says)
        assert not done.path.endswith(name), (step, done.says)
        return done

    def _shown(self, answer: httpx.Response) -> Page:
        page = Page(answer)
        self.pages.append(page)
        return page
