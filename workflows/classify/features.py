"""What the classifier sees of a text: stems, letters, rows of the lexicon, rows side by side.

Four groups, each with features by name. A feature is there or not, however often it is said:
a text sent twice in one is the same text. Letters are the exception in that every word brings
its own share, so that a word misspelt is still half known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from math import sqrt
from typing import Final

from snowballstemmer import stemmer  # type: ignore[import-untyped]

from workflows.classify.matching import Lexicon, Match
from workflows.classify.reading import NUMBER, Word

GROUPS: Final = ("stems", "letters", "rows", "pairs")
LONGEST: Final = 8000
"""Characters that are read for a category; a story of forty pages is about its beginning."""
_GRAMS: Final = (3, 4, 5)
_CACHED: Final = 50_000

_stem = stemmer("swedish").stemWord
_lexicon: Final = Lexicon()


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as the classifier sees it; each feature with the places of its words."""

    words: Sequence[Word]
    matches: Sequence[Match]
    stems: dict[str, tuple[int, ...]]
    rows: dict[str, tuple[int, ...]]
    pairs: dict[str, tuple[int, ...]]
    spelt: dict[str, int]
    """Each different word that is no number, with its first place."""


@lru_cache(maxsize=_CACHED)
def stem(word: str) -> str:
    """Return a word's Swedish stem (Snowball)."""
    return str(_stem(word))


@lru_cache(maxsize=_CACHED)
def letters(word: str) -> tuple[tuple[str, ...], float]:
    """Return the stretches of three to five letters in a word, and what each one weighs."""
    framed = f"<{word}>"
    found = tuple(
        dict.fromkeys(
            framed[at : at + size] for size in _GRAMS for at in range(len(framed) - size + 1)
        )
    )
    return found, 1 / sqrt(len(found)) if found else 0.0


def seen(told: Sequence[Word], names: frozenset[str] = frozenset()) -> Seen:
    """See what words hold; names tell nothing.

    Names are those in `names` (folded), and what is written as one unless it is in the lexicon
    ("Försäkringskassan").
    """
    words = [
        it
        for it in told
        if it.text not in names and not (it.capital and not _lexicon.knows(it.text))
    ]
    matches = _lexicon.find(words)
    rows: dict[str, tuple[int, ...]] = {}
    by_sentence: dict[int, dict[str, tuple[int, ...]]] = {}
    for match in matches:
        code = match.concept.code + ("-" if match.denied else "")
        rows.setdefault(code, match.words)
        by_sentence.setdefault(words[match.words[0]].sentence, {}).setdefault(code, match.words)
    pairs: dict[str, tuple[int, ...]] = {}
    for held in by_sentence.values():
        for one, other in combinations(sorted(held), 2):
            pairs.setdefault(f"{one}&{other}", (*held[one], *held[other]))
    spelt: dict[str, int] = {}
    for n, word in enumerate(words):
        if word.text != NUMBER:
            spelt.setdefault(word.text, n)
    return Seen(words, matches, _stems(words), rows, pairs, spelt)


def _stems(words: Sequence[Word]) -> dict[str, tuple[int, ...]]:
    """Name stems, and stems that follow each other at once or with one word between."""
    told: dict[str, tuple[int, ...]] = {}
    stems = [stem(it.text) for it in words]
    for n, it in enumerate(stems):
        told.setdefault(it, (n,))
    for n, (one, other) in enumerate(pairwise(stems)):
        if words[n].sentence == words[n + 1].sentence:
            told.setdefault(f"{one} {other}", (n, n + 1))
    for n, (one, other) in enumerate(zip(stems, stems[2:], strict=False)):
        if words[n].sentence == words[n + 2].sentence:
            told.setdefault(f"{one} _ {other}", (n, n + 2))
    return told
