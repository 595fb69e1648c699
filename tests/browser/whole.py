"""Looks at a state of a page in every way it is met: widths, colours, paper, fingers."""

from typing import Final

from playwright.sync_api import Page

from tests.browser.axe import axe
from tests.browser.layout import reflow, small_targets

FINGER: Final = 56
"""CSS pixels that a target has on the work phone, where hands are wet or gloved."""
POINTER: Final = 44
"""CSS pixels that a target has everywhere else."""

WIDTHS: Final = (390, 1280)
_AS_IT_IS: Final = {"media": "null", "forced_colors": "none"}
_WAYS: Final[dict[str, dict[str, str]]] = {
    "as it is": {},
    "in forced colours": {"forced_colors": "active"},
    "on paper": {"media": "print"},
}


def whole(page: Page, state: str, *, least: int = POINTER, again: bool = False) -> None:
    """Assert that a state is for everybody, and leave the page as it was.

    axe finds nothing at either width on screen, in forced colours and on paper; nothing needs
    sideways scrolling at 320 px; whatever is pressed is `least` px in both directions. What is
    seen `again`, in another language or without scripts, is looked at only as it is.
    """
    page.wait_for_load_state()  # what is pressed has its size from the style sheet
    small = small_targets(page, least)
    assert not small, "\n".join([f"too small on {state}:", *small])
    reflow(page)
    if again:
        axe(page, state)
    else:
        _in_every_way(page, state)


def _in_every_way(page: Page, state: str) -> None:
    before = page.viewport_size
    assert before
    for width in WIDTHS:
        page.set_viewport_size({**before, "width": width})
        for way, media in _WAYS.items():
            page.emulate_media(**(_AS_IT_IS | media))  # type: ignore[arg-type]  # by name
            axe(page, f"{state}, {width} px, {way}")
    page.emulate_media(**_AS_IT_IS)  # type: ignore[arg-type]
    page.set_viewport_size(before)
