"""The words that a suggestion built on, marked in the text and explained one by one.

Offsets count characters (Unicode code points) of the text as it lies in the vault, which is
what Python's strings count too: `å` and an emoji are one each.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from events import Evidence
from services.suggestions import LABELS

_SAYS: Final = {
    "danger": "Kan vara fara just nu",
    "lex_sarah": "Kan vara lex Sarah",
    **LABELS,
}


class Piece(NamedTuple):
    """A stretch of text, marked or not."""

    text: str
    marked: bool


class Quote(NamedTuple):
    """Marked words, and what they speak for."""

    text: str
    label: str


def pieces(text: str, evidence: Iterable[Evidence]) -> list[Piece]:
    """Cut a text where marks begin and end; marks that meet become one."""
    cut: list[Piece] = []
    at = 0
    for start, end in _spans(text, evidence):
        if start > at:
            cut.append(Piece(text[at:start], marked=False))
        cut.append(Piece(text[start:end], marked=True))
        at = end
    return [*cut, Piece(text[at:], marked=False)] if at < len(text) else cut


def quotes(text: str, evidence: Iterable[Evidence]) -> list[Quote]:
    """List the marked words with what each speaks for, once each, in the text's order."""
    told = {
        Quote(" ".join(text[it.start : it.end].split()), _says(it.label)): None
        for it in sorted(evidence, key=lambda it: (it.start, it.end))
        if 0 <= it.start < it.end <= len(text)
    }
    return list(told)


def _spans(text: str, evidence: Iterable[Evidence]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted((it.start, it.end) for it in evidence):
        if not 0 <= start < end <= len(text):
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _says(label: str) -> str:
    return _SAYS.get(label, label)
