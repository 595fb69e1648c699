"""Cuts a text into words as the classifier reads them: without case and without marks."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from workflows.classify.lexicon.everyday import ABBREVIATIONS, COMMON_WORDS

_WORD: Final = re.compile(r"[^\W_](?:[\w\u0300-\u036f]|[-'’](?=\w))*")
_SENTENCE_ENDS: Final = re.compile(r"[.!?…:;](?=[\s\"”)]|$)|\n")
_CACHED: Final = 50_000
_LONGEST_WORD: Final = 40
"""Letters of a word that are read; what is longer is no word, and would take long."""
_EMERGENCY: Final = "112"
"""The one number that says something."""
NUMBER: Final = "0"
"""What every number is read as: how many hours or crowns it was decides nothing."""


@lru_cache(maxsize=_CACHED)
def fold(word: str) -> str:
    """Return a word in small letters without the marks of å, ä and ö, as hurried people do."""
    small = unicodedata.normalize("NFKD", word).casefold()
    apart = unicodedata.normalize("NFKD", small)
    return "".join(it for it in apart if not unicodedata.combining(it))


SHORT: Final = {
    fold(short): tuple(map(fold, long.split())) for short, long in ABBREVIATIONS.items()
}
COMMON: Final = frozenset(map(fold, COMMON_WORDS))
"""Words that hold sentences together: they may count, and are never shown as a reason."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands (character offsets), how it is read, in which sentence.

    `capital` says that it begins with a capital letter inside a sentence, as names do;
    `initial` that it does so first in one, where a name looks like any other word.
    """

    start: int
    end: int
    text: str
    sentence: int
    capital: bool
    initial: bool


def read(story: str) -> list[Word]:
    """Return the words in order. What is written short is several words at the same place."""
    ends = [it.start() for it in _SENTENCE_ENDS.finditer(story)]
    words: list[Word] = []
    sentence = passed = 0
    begins = True
    for match in _WORD.finditer(story):
        while passed < len(ends) and ends[passed] < match.start():
            passed += 1
            sentence += not begins
            begins = True
        told = match.group()
        large = told[:1].isupper() and told[1:2].islower()
        capital, initial = large and not begins, large and begins
        begins = False
        text = fold(told[:_LONGEST_WORD])
        text = NUMBER if text[:1].isdigit() and text != _EMERGENCY else text
        words += [
            Word(match.start(), match.end(), part, sentence, capital, initial)
            for part in SHORT.get(text, (text,))
        ]
    return words
