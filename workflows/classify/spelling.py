"""Mends a slip of the finger: a word nobody has written, one key from a word that many have."""

from collections.abc import Iterator, Mapping
from typing import Final

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
"""The letters of folded words: å, ä and ö are a and o."""
_SHORTEST: Final = 5
"""Shorter words are one key from too many others."""


def mended(word: str, known: Mapping[str, int]) -> str:
    """Return the commonest known word at one slip from an unknown one, else the word itself.

    A slip is a key too much, too little, wrong, or two keys swapped. `known` are folded words
    with how often they were met.
    """
    if word in known or len(word) < _SHORTEST:
        return word
    found = [(known[it], it) for it in _slips(word) if it in known]
    return max(found, key=lambda it: (it[0], it[1]))[1] if found else word


def _slips(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
            for letter in _LETTERS:
                yield head + letter + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
