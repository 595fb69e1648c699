"""A person who has a keyboard and nothing else: goes on with Tab, and answers what is asked."""

from collections.abc import Mapping
from typing import Any, Final

from playwright.sync_api import Page

_LOOK: Final = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return {tag: 'body'};
  const group = it.name && it.form ? [...it.form.elements].filter(o => o.name === it.name) : [];
  const box = it.closest('fieldset');
  return {
    tag: it.tagName.toLowerCase(), type: it.type || '', name: it.name || '', id: it.id,
    value: it.value || '', href: it.getAttribute('href') || '',
    action: it.form ? it.form.getAttribute('action') : '',
    words: (it.innerText || '').trim(),
    answered: group.some(o => o.checked),
    optional: !!(box && box.querySelector('legend .optional')),
    place: group.indexOf(it), values: group.map(o => o.value),
  };
}"""
MOST: Final = 160
"""Presses within which everything on a page is reached."""


class Keyboard:
    """Presses keys in a page; counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, key: str) -> None:
        """Press a key."""
        self.page.keyboard.press(key)
        self.pressed += 1

    def here(self) -> dict[str, Any]:
        """Tell what has the focus."""
        return dict(self.page.evaluate(_LOOK))

    def to_link(self, *, href: str = "", words: str = "") -> None:
        """Go on to a link, by how its address ends or by its words, and follow it."""
        for _ in range(MOST):
            self.press("Tab")
            it = self.here()
            if it["tag"] == "a" and it["href"].endswith(href) and words in it["words"]:
                if it["href"].startswith("#"):
                    self.press("Enter")
                else:
                    self.leave("Enter")
                return
        raise AssertionError(f"no link {href} {words}")

    def to_button(self, words: str) -> None:
        """Go on to a button by its words, and press it."""
        for _ in range(MOST):
            self.press("Tab")
            it = self.here()
            if it["tag"] == "button" and words in it["words"]:
                self.leave("Enter")
                return
        raise AssertionError(f"no button {words}")

    def leave(self, key: str) -> None:
        """Press a key that leads to another page, and wait for that."""
        with self.page.expect_navigation():
            self.press(key)

    def fill_in(self, step: str, answers: Mapping[str, str]) -> None:
        """Fill in a step's form and send it; what is not in `answers` is answered somehow."""
        for _ in range(MOST):
            self.press("Tab")
            it = self.here()
            if not it.get("action", "").endswith(f"/{step}"):
                continue
            if it["tag"] == "button":
                self.leave("Enter")
                return
            self._answer(it, answers)
        raise AssertionError(f"no form for {step}")

    def _answer(self, it: dict[str, Any], answers: Mapping[str, str]) -> None:
        wanted = answers.get(it["name"])
        if it["tag"] == "textarea" or it["type"] == "text":
            if not it["value"] or wanted:
                self.page.keyboard.type(wanted or "Det här skrev jag.")
        elif it["type"] == "radio" and not it["answered"]:
            steps = it["values"].index(wanted) - it["place"] if wanted else 0
            self.press("Space")
            for _ in range(steps):
                self.press("ArrowRight")
        elif it["type"] == "checkbox" and not it["answered"] and not it["optional"]:
            self.press("Space")
        elif it["tag"] == "select" and not it["value"]:
            self.press("ArrowDown")
