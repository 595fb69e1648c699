"""Somebody outside at the pages: the way through the questions, and what they said."""

import re
from html import unescape

from tests.forms import Window
from tests.outsiders import a_unit

ASK, SVAR, DONE = "/synpunkt", "/svar", "/synpunkt/klar"
SAID = "Ingen kom i går kväll.\nMamma fick <ingen> mat & grät."


async def through(window: Window, **given: str) -> str:
    """Answer every question and stop at the check; what is not given is a relative's code."""
    told = {
        "relation": "relative",
        "unit": "Hemtjänsten på Storgatan",
        "text": SAID,
        "wish": "Att ni ringer.",
        "when": "i går kväll",
        "about": "Elsa",
        "way": "code",
    } | given
    await window.go(ASK)
    steps = (("relation",), ("unit", "unit_unknown"), ("text", "wish", "when", "about"))
    last = ("way", "email", "phone", "letter", "name", "language")
    for names in (*steps, last):
        asked = {name: told[name] for name in names if told.get(name)}
        await window.send(ASK, go="next", **asked)
        assert window.answer.status_code == 200, text_of(window.page)
    return window.page


async def sent(window: Window, **given: str) -> str:
    """Answer every question and send it; return the code, empty where there is none."""
    await through(window, **given)
    await window.send(ASK, go="send")
    assert window.answer.status_code == 200, text_of(window.page)
    return code_on(window.page)


def code_on(page: str) -> str:
    """The code on a receipt."""
    found = re.search(r'name="code" value="([^"]*)"', page)
    return found[1] if found else ""


def number_on(page: str) -> str:
    """The case's number on a page."""
    found = re.search(r"[A-Z]-\d{4}-\d{5}", page)
    assert found, text_of(page)
    return found[0]


def text_of(page: str) -> str:
    """What a page says, without its marks."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("<main")[2])))


def title_of(page: str) -> str:
    found = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert found
    return unescape(found[1])


async def reception() -> None:
    """Open a reception."""
    await a_unit("synpunkter", "reception")
