"""Asks axe-core about a page: nothing wrong, and nothing it could not tell."""

from typing import Any, Final

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS: Final = (
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
    "best-practice",
)

# Handed over by the debugger: the page's own policy forbids it to evaluate texts.
_RUN: Final = """tags => axe.run(document, {
  runOnly: {type: 'tag', values: tags},
  resultTypes: ['violations', 'incomplete'],
  preload: false,
})"""

# Where scripts are off the debugger may still evaluate, but no timer ever fires.
_WITHOUT_TIMERS: Final = """() => {
  if (!matchMedia('(scripting: none)').matches) return;
  globalThis.setTimeout = (run, _, ...given) => {
    Promise.resolve().then(() => run(...given));
    return 0;
  };
}"""


def axe(page: Page, state: str) -> None:
    """Assert that axe finds no violation and nothing incomplete; `state` says what is shown."""
    wrong = findings(page)
    assert not wrong, "\n".join([f"axe on {state} ({page.url}):", *wrong])


def findings(page: Page) -> list[str]:
    """Return what axe found: rule, element and why, a line each."""
    if not page.evaluate("() => Boolean(globalThis.axe)"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate(_WITHOUT_TIMERS)
    told: dict[str, Any] = page.evaluate(_RUN, list(TAGS))
    return [
        f"{how} {rule['id']}: {node['target']} {_why(node)}\n    {node['html']}"
        for how, rules in (
            ("violation", told["violations"]),
            ("incomplete", told["incomplete"]),
        )
        for rule in rules
        for node in rule["nodes"]
    ]


def _why(node: dict[str, Any]) -> str:
    checks = (check for kind in ("any", "all", "none") for check in node[kind])
    return "; ".join(check["message"] for check in checks)
