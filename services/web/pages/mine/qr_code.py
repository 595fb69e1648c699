"""A QR code as the path of an SVG: its squares, ready for a template of our own."""

from dataclasses import dataclass
from itertools import groupby
from typing import Final

import segno

_MARGIN: Final = 4
"""Light squares around the code, which a camera needs."""


@dataclass(frozen=True, slots=True)
class Squares:
    """A code of `size` by `size` squares, margin included; `path` draws the dark ones."""

    size: int
    path: str


def squares(told: str) -> Squares:
    """Make a code that can still be read with a quarter of it worn away."""
    code = segno.make_qr(told, error="q")
    lines = [line for y, row in enumerate(code.matrix, _MARGIN) for line in _dark(y, row)]
    return Squares(len(code.matrix) + 2 * _MARGIN, "".join(lines))


def _dark(y: int, row: bytearray) -> list[str]:
    """Draw each run of dark squares in a row as one rectangle."""
    drawn, x = [], _MARGIN
    for dark, run in groupby(row):
        width = len(list(run))
        if dark:
            drawn.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return drawn
