"""Text as our fonts can show it: PDF/A and PDF/UA allow no character without a picture.

Nothing is left out unseen. What cannot be drawn is named instead, `[tecken: crying face]`;
only what nobody can see (control characters, marks of direction) goes away.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Final

_Ranges = tuple[tuple[int, int], ...]

SERIF: Final[_Ranges] = (
    (0x0020, 0x007E),
    (0x00A0, 0x00AC),
    (0x00AE, 0x02E4),
    (0x0300, 0x036F),
    (0x0384, 0x038A),
    (0x038E, 0x03A1),
    (0x03A3, 0x03CE),
    (0x0400, 0x0477),
    (0x048C, 0x04C4),
    (0x04D0, 0x04F9),
    (0x05B0, 0x05C3),
    (0x05D0, 0x05EA),
    (0x1E00, 0x1EF9),
    (0x2010, 0x2027),
    (0x2030, 0x2037),
    (0x2039, 0x203E),
    (0x2074, 0x208E),
    (0x20AC, 0x20AC),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2153, 0x2184),
    (0x2190, 0x219B),
    (0x2200, 0x220D),
    (0x220F, 0x222E),
    (0x2260, 0x2260),
    (0x2264, 0x2265),
)
"""Libertinus Serif: Latin, Greek, Cyrillic, Hebrew, punctuation and the plain signs."""

MONO: Final[_Ranges] = (
    (0x0020, 0x0020),
    (0x0531, 0x0556),
    (0x0561, 0x0587),
    (0x060C, 0x060C),
    (0x061B, 0x061B),
    (0x061F, 0x061F),
    (0x0621, 0x063A),
    (0x0640, 0x0655),
    (0x0660, 0x066D),
    (0x067E, 0x067E),
    (0x0686, 0x0686),
    (0x0698, 0x0698),
    (0x06A9, 0x06A9),
    (0x06AF, 0x06AF),
    (0x06CC, 0x06CC),
    (0x06F0, 0x06F9),
    (0x10D0, 0x10FC),
    (0x219C, 0x21FF),
    (0x2500, 0x262F),
    (0x2638, 0x268B),
    (0x270C, 0x2727),
    (0x2729, 0x274B),
    (0x2758, 0x275E),
    (0x2761, 0x2775),
)
"""DejaVu Sans Mono: Arabic and Persian, Armenian, Georgian, arrows, boxes and ticks."""

_NEWLINES: Final = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_MARKS: Final = 4
_LONG: Final = re.compile(r"[^\s\u200b]{41,}")
_STEP: Final = 16
_BREAK: Final = "\u200b"


def showable(text: str) -> str:
    """Return the text with every character drawable, plain line breaks, no endless word."""
    plain = unicodedata.normalize("NFC", _NEWLINES.sub("\n", text))
    shown = "".join(_shown(cluster) for cluster in _clusters(plain))
    return _LONG.sub(_with_breaks, shown).strip()


def in_one_line(text: str) -> str:
    """Return the text as `showable` does, with every run of space as one space."""
    return " ".join(showable(text).split())


def _with_breaks(word: re.Match[str]) -> str:
    # Longer than any Swedish word: it would run off the page. An unseen chance to break
    # may not part a letter from its marks.
    pieces = list(_clusters(word[0]))
    lines = (pieces[at : at + _STEP] for at in range(0, len(pieces), _STEP))
    return _BREAK.join("".join(line) for line in lines)


def _clusters(text: str) -> Iterator[str]:
    """Give each letter together with the marks that sit on it: they are drawn as one."""
    cluster = ""
    for letter in text:
        if cluster and not unicodedata.category(letter).startswith("M"):
            yield cluster
            cluster = ""
        cluster += letter
    if cluster:
        yield cluster


def _shown(cluster: str) -> str:
    # No alphabet sets more marks on a letter; a tower of them breaks the typesetter.
    cluster, tower = cluster[: _MARKS + 1], cluster[_MARKS + 1 :]
    return _drawn(cluster) + "".join(
        _named(mark) + f" × {count}" * (count > 1)
        for mark, same in groupby(tower)
        if (count := len(list(same)))
    )


def _drawn(cluster: str) -> str:
    first = cluster[0]
    kind = unicodedata.category(first)
    if first == "\n":
        return "\n" + "".join(_named(mark) for mark in cluster[1:])
    if kind == "Zs" or first == "\t":
        first = " " if first != "\u00a0" else first
    elif kind in {"Cc", "Cf"}:
        first = ""
    whole = first + cluster[1:]
    if any(all(_within(font, letter) for letter in whole) for font in (SERIF, MONO)):
        return whole
    base = next((font for font in (SERIF, MONO) if _within(font, first)), None)
    if base is None:
        return "".join(_named(letter) for letter in whole)
    return first + "".join(it if _within(base, it) else _named(it) for it in cluster[1:])


def _within(font: _Ranges, letter: str) -> bool:
    return letter == "" or any(low <= ord(letter) <= high for low, high in font)


def _named(letter: str) -> str:
    # Variation selectors and their like only choose among pictures: nothing to name.
    if unicodedata.category(letter) == "Mn" and "VARIATION" in unicodedata.name(letter, ""):
        return ""
    name = unicodedata.name(letter, f"U+{ord(letter):04X}")
    return f"[tecken: {name if name.startswith('U+') else name.lower()}]"
