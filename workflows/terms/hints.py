"""What a reporter may hint at: a tile on the phone, or a category by its own name."""

from workflows.terms.categories import CATEGORIES
from workflows.terms.tiles import TILES


def known(hint: str) -> bool:
    """Tell whether a hint is a tile or a category."""
    return hint in TILES or hint in CATEGORIES


def hinted(hint: str | None) -> tuple[str, ...]:
    """Return the categories that a hint speaks for; none where it says nothing."""
    if hint in TILES:
        return TILES[hint].categories
    return (hint,) if hint in CATEGORIES else ()
