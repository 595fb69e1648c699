"""What can be measured of a page's layout: reflow, and targets large enough for a finger."""

from typing import Final

from playwright.sync_api import Page

NARROWEST: Final = 320
"""CSS pixels: 1280 at 400 % (WCAG 1.4.10)."""

_TOO_WIDE: Final = """most => {
  const named = it => it.tagName.toLowerCase() + (it.id ? '#' + it.id : '') +
    (it.classList.length ? '.' + [...it.classList].join('.') : '');
  const root = document.scrollingElement;
  if (root.scrollWidth <= most) return [];
  const out = [...document.querySelectorAll('body *')]
    .filter(it => it.getBoundingClientRect().right + root.scrollLeft > most + 0.5)
    .map(it => `${named(it)} ends at ${Math.round(it.getBoundingClientRect().right)}`);
  return [`the page is ${root.scrollWidth} wide`, ...out];
}"""

_SMALL: Final = """least => {
  const seen = it => it.checkVisibility({opacityProperty: true, visibilityProperty: true});
  // What is hidden from sight until it has focus is measured when it has it.
  const shown = box => box.width > 1.5 && box.height > 1.5 && box.right > 0 && box.bottom > 0;
  const inText = it => {
    if (it.tagName !== 'A' || getComputedStyle(it).display !== 'inline') return false;
    const block = it.closest('p, li, td, th, dd, dt, label, legend, figcaption, div, section');
    const own = it.textContent.trim();
    return !!block && block.textContent.trim() !== own;
  };
  const around = boxes => {
    const left = Math.min(...boxes.map(it => it.left));
    const top = Math.min(...boxes.map(it => it.top));
    return {width: Math.max(...boxes.map(it => it.right)) - left,
            height: Math.max(...boxes.map(it => it.bottom)) - top};
  };
  const small = [];
  const what = 'a[href], button, input:not([type=hidden]), select, textarea, summary, ' +
    '[role=button], [tabindex]:not([tabindex="-1"])';
  for (const it of document.querySelectorAll(what)) {
    const own = it.getBoundingClientRect();
    // A label is pressed as well as what it is for; text fields are aimed at themselves.
    const pressed = /^(checkbox|radio|file)$/.test(it.type) ? [...(it.labels || [])] : [];
    const boxes = [own, ...pressed.filter(seen).map(one => one.getBoundingClientRect())]
      .filter(shown);
    if (!seen(it) && !pressed.some(seen)) continue;
    if (!boxes.length || it.disabled || inText(it)) continue;
    const {width, height} = around(boxes);
    if (width < least - 0.5 || height < least - 0.5) {
      const words = (it.textContent || it.getAttribute('aria-label') || it.name || '').trim();
      small.push(`${it.tagName.toLowerCase()} "${words.slice(0, 40)}" ` +
        `${Math.round(width)}×${Math.round(height)}`);
    }
  }
  return small;
}"""


def reflow(page: Page) -> None:
    """Assert that nothing needs sideways scrolling at 320 px, and put the width back."""
    before = page.viewport_size
    page.set_viewport_size({"width": NARROWEST, "height": 700})
    try:
        wide = page.evaluate(_TOO_WIDE, NARROWEST)
    finally:
        if before:
            page.set_viewport_size(before)
    assert not wide, "\n".join(wide)


def small_targets(page: Page, least: int) -> list[str]:
    """Name everything to press that is smaller than `least` px, but for links in a sentence."""
    small: list[str] = page.evaluate(_SMALL, least)
    return small
