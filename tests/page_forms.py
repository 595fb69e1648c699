"""Reads the forms of a page as a browser does, fills them in as a person would, and sends them.

form = (await desk(town.alice).page(f"/arende/{case_id}/add-note")).form("/add-note")
answer = await desk(town.alice).send(form.filled(words="Hej"))
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

import httpx
from typing_extensions import override

from services.web.pages.visitor import COOKIE
from tests.people import Person, days

WRITTEN = 'Det här skrev jag: "åäö" & <b>.'


@dataclass
class Asked:
    """A field of a form: what it holds, and what it lets one choose."""

    name: str
    kind: str
    required: bool = False
    values: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    optional: list[str] = field(default_factory=list)

    def answered(self) -> list[str]:
        """Answer it, where it has no answer yet, as somebody in a hurry does."""
        if self.values or not self.required:
            return self.values
        if self.options:
            return self.options[:1]
        return [{"date": days(1), "datetime-local": f"{days(0)}T00:01"}.get(self.kind, WRITTEN)]


@dataclass
class Form:
    """A form of a page."""

    action: str
    fields: dict[str, Asked] = field(default_factory=dict)

    def filled(self, **given: Any) -> "Form":
        """Return it filled in: with what is given, else with what it holds, else somehow."""
        done = {name: replace(it, values=it.answered()) for name, it in self.fields.items()}
        for name, value in given.items():
            values = [value] if isinstance(value, str) else [str(it) for it in value]
            one = done.get(name, Asked(name, "hidden"))
            done[name] = replace(one, values=values)
        return replace(self, fields=done)

    @property
    def data(self) -> dict[str, list[str]]:
        """What a browser sends."""
        return {name: it.values for name, it in self.fields.items() if it.values}


class Page(HTMLParser):
    """A page that was answered: its forms and links."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__()
        self.answer = answer
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.titles: list[str] = []
        self._form: Form | None = None
        self._select: Asked | None = None
        self._text: Asked | None = None
        self._legend = False
        self._required = False
        self._title = False
        self.feed(answer.text)

    def form(self, action: str) -> Form:
        """Return the one form whose address ends so."""
        found = [it for it in self.forms if it.action.endswith(action)]
        assert len(found) == 1, (action, [it.action for it in self.forms])
        return found[0]

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        match tag:
            case "title":
                self._title = True
            case "a" if "href" in given:
                self.links.append(given["href"])
            case "form":
                self._form = Form(given["action"])
                self.forms.append(self._form)
            case "fieldset":
                # A list of choices that may be skipped says so in its legend.
                self._required = True
            case "legend":
                self._legend = True
            case "span" if self._legend and given.get("class") == "optional":
                self._required = False
            case "input" if self._form is not None and "name" in given:
                self._input(self._form, given)
            case "select" if self._form is not None:
                self._select = self._field(self._form, given["name"], "select")
                self._select.required = "aria-required" in given
            case "option" if self._select is not None and given["value"]:
                self._select.options.append(given["value"])
                self._select.values += [given["value"]] if "selected" in given else []
            case "textarea" if self._form is not None:
                self._text = self._field(self._form, given["name"], "textarea")
                self._text.required = "aria-required" in given
            case _:
                pass

    @override
    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "form":
                self._form = None
            case "select":
                self._select = None
            case "textarea":
                self._text = None
            case "legend":
                self._legend = False
            case "title":
                self._title = False
            case _:
                pass

    @override
    def handle_data(self, data: str) -> None:
        if self._text is not None and data:
            self._text.values = ["".join([*self._text.values, data])]
        if self._title:
            self.titles.append(data)

    def _input(self, form: Form, given: dict[str, str]) -> None:
        one = self._field(form, given["name"], given.get("type", "text"))
        if one.kind in ("radio", "checkbox"):
            one.required = self._required
            one.options.append(given.get("value", "on"))
            if "checked" in given:
                one.values.append(given.get("value", "on"))
            return
        one.required = "aria-required" in given
        if given.get("value"):
            one.values.append(given["value"])

    @staticmethod
    def _field(form: Form, name: str, kind: str) -> Asked:
        return form.fields.setdefault(name, Asked(name, kind))


@dataclass(frozen=True)
class Desk:
    """Somebody at their desk, with a browser that has a session."""

    person: Person

    @property
    def headers(self) -> dict[str, str]:
        return {
            "Cookie": f"{COOKIE}={self.person.token}",
            "Sec-Fetch-Site": "same-origin",
        }

    async def get(self, path: str) -> httpx.Response:
        """Ask for a page."""
        return await self.person.client.get(path, headers=self.headers)

    async def page(self, path: str, status: int = 200) -> Page:
        """Ask for a page that must be there."""
        answer = await self.get(path)
        assert answer.status_code == status, (path, answer.status_code, answer.text[-2000:])
        return Page(answer)

    async def post(self, path: str, data: Any = None, files: Any = None) -> httpx.Response:
        """Send what a form would."""
        return await self.person.client.post(
            path, data=data or {}, files=files, headers=self.headers
        )

    async def send(self, form: Form) -> httpx.Response:
        """Send a form."""
        return await self.post(form.action, form.data)

    async def step(self, case_id: Any, step: str, query: str = "", /, **given: Any) -> None:
        """Open a step's form, fill it in, and send it; it must be taken."""
        opened = await self.page(f"/arende/{case_id}/{step}{query}")
        answer = await self.send(opened.form(f"/{step}").filled(**given))
        assert answer.status_code == 303, (step, said(answer.text))


def desk(person: Person) -> Desk:
    """Sit somebody down at a desk."""
    return Desk(person)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    @override
    def handle_data(self, data: str) -> None:
        self.words.append(data)


def said(page: str) -> str:
    """Return the words of a page, spaces made one."""
    reader = _Words()
    reader.feed(page)
    return " ".join("".join(reader.words).split())


def by_step(links: list[str]) -> dict[str, list[str]]:
    """Gather links by the step they lead to."""
    told: dict[str, list[str]] = defaultdict(list)
    for link in links:
        parts = link.partition("?")[0].strip("/").split("/")
        if parts[0] == "arende" and len(parts) == 3:
            told[parts[2]].append(link)
    return told
