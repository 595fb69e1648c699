"""Finds the lexicon's rows in a text: one look a word, however many rows there are."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from workflows.classify.lexicon import CONCEPTS, Concept
from workflows.classify.reading import SHORT, Word, fold

NEGATIONS: Final = frozenset({"inte", "ingen", "aldrig", "utan", "varken", "ingenting"})
_DENYING: Final = NEGATIONS | {it for it, long in SHORT.items() if long[0] in NEGATIONS}
_WHOLE: Final = 2
"""A stem of so few letters is a whole word: "i", "på"."""
_REACH: Final = 3
"""Words ahead within which the next part of a phrase, or what is denied, must stand."""


@dataclass(frozen=True, slots=True)
class Match:
    """A row found in a text, by the places of its words; `denied` by a word such as "inte"."""

    concept: Concept
    words: tuple[int, ...]
    denied: bool


@dataclass(frozen=True, slots=True)
class _Stem:
    concept: Concept
    atoms: tuple[int, ...]
    ordered: bool
    denies: bool


class _Atoms:
    """The single words of all stems, each with a number, and which of them a word is."""

    def __init__(self) -> None:
        self.exact: dict[str, int] = {}
        self.begins: dict[str, int] = {}
        self.inside: dict[str, int] = {}
        self.count = 0

    def number(self, stem: str) -> int:
        text = fold(stem.lstrip("=~"))
        text = SHORT[text][0] if len(SHORT.get(text, ())) == 1 else text
        usual = self.exact if len(text) <= _WHOLE else self.begins
        kind = {"=": self.exact, "~": self.inside}.get(stem[0], usual)
        if text not in kind:
            kind[text] = self.count
            self.count += 1
        return kind[text]

    def of(self, word: str) -> tuple[int, ...]:
        """Return the numbers of every atom that a word is, begins with or holds."""
        found = {self.exact[word]} if word in self.exact else set()
        for end in range(_WHOLE + 1, len(word) + 1):
            if (number := self.begins.get(word[:end])) is not None:
                found.add(number)
        if self.inside:
            for start in range(len(word) - 2):
                for end in range(start + 3, len(word) + 1):
                    if (number := self.inside.get(word[start:end])) is not None:
                        found.add(number)
        return tuple(sorted(found))


class Lexicon:
    """Rows made ready to be looked up."""

    def __init__(self, concepts: Iterable[Concept] = CONCEPTS) -> None:
        self._atoms = _Atoms()
        self._starting: dict[int, list[_Stem]] = {}
        for concept in concepts:
            for stem in concept.stems:
                self._add(concept, stem)
        self._of = lru_cache(maxsize=50_000)(self._atoms.of)

    def _add(self, concept: Concept, stem: str) -> None:
        ordered = "+" not in stem
        parts = stem.split() if ordered else [it.strip() for it in stem.split("+")]
        if not ordered and any(" " in it for it in parts):
            parts = [it for part in parts for it in part.split()]
        atoms = tuple(self._atoms.number(it) for it in parts)
        denies = any(fold(it) in _DENYING for it in parts)
        row = _Stem(concept, atoms, ordered, denies)
        self._starting.setdefault(atoms[0], []).append(row)

    def knows(self, word: str) -> bool:
        """Tell whether a folded word is in a row by itself."""
        return any(
            len(stem.atoms) == 1
            for atom in self._of(word)
            for stem in self._starting.get(atom, ())
        )

    def find(self, words: Sequence[Word]) -> list[Match]:
        """Return every row that the words hold, in the order in which they begin."""
        places: dict[int, list[int]] = {}
        for n, word in enumerate(words):
            for atom in self._of(word.text):
                places.setdefault(atom, []).append(n)
        found: list[Match] = []
        for atom, firsts in places.items():
            for stem in self._starting.get(atom, ()):
                for first in firsts:
                    at = _rest(stem, first, words, places)
                    if at is not None:
                        denied = not stem.denies and _denied(words, first)
                        found.append(Match(stem.concept, at, denied))
        return sorted(found, key=lambda it: (it.words, it.concept.code))


def _rest(
    stem: _Stem, first: int, words: Sequence[Word], places: dict[int, list[int]]
) -> tuple[int, ...] | None:
    """Return where all parts stand when the first stands at `first`, None if one is missing."""
    at = [first]
    sentence = words[first].sentence
    begins = 0 if stem.ordered else bisect_left(words, sentence, key=_sentence)
    for atom in stem.atoms[1:]:
        held = places.get(atom, [])
        low = at[-1] + 1 if stem.ordered else begins
        high = at[-1] + _REACH if stem.ordered else len(words)
        start = bisect_left(held, low)
        near = held[start : start + len(at) + 1]
        place = next((it for it in near if it not in at), None)
        if place is None or place > high or words[place].sentence != sentence:
            return None
        at.append(place)
    return tuple(sorted(at))


def _sentence(word: Word) -> int:
    return word.sentence


def _denied(words: Sequence[Word], first: int) -> bool:
    sentence = words[first].sentence
    return any(
        words[n].sentence == sentence and words[n].text in NEGATIONS
        for n in range(max(0, first - 2), first)
    )
