"""A linear model over what is seen of a text: learned weights, added up word by word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import exp, sqrt
from typing import Final

from workflows.classify.features import Seen, letters, seen
from workflows.classify.reading import Word
from workflows.classify.spelling import mended

Row = tuple[float, ...]
"""Weights of a feature, one for each output."""

SCALES: Final[Mapping[str, float]] = {"stems": 1.8, "letters": 2.0, "rows": 0.8, "pairs": 0.5}
"""How long each group of features is made before it is weighed; chosen on writers left out."""


_NOTHING: Final[Mapping[str, float]] = {}
_KEPT: Final = 50_000
"""Spellings kept ready; beyond that they are worked out anew."""


@dataclass(frozen=True, slots=True)
class Head:
    """A question the model answers: its outputs lie side by side in the rows, from `first` on.

    `temperature` divides the scores, so that a confidence of 0.8 is right eight times in ten.
    A head with one label says how likely that label is.
    """

    labels: tuple[str, ...]
    first: int
    bias: tuple[float, ...]
    temperature: float

    def shares(
        self, scores: Sequence[float], besides: Mapping[str, float] = _NOTHING
    ) -> dict[str, float]:
        """Return each label's probability, given the scores of all outputs.

        `besides` is what speaks for labels beside the text, in log odds.
        """
        own = [
            (scores[self.first + n] + bias) / self.temperature + besides.get(label, 0.0)
            for n, (label, bias) in enumerate(zip(self.labels, self.bias, strict=True))
        ]
        if len(own) == 1:
            return {self.labels[0]: 1 / (1 + exp(-max(-60.0, min(60.0, own[0]))))}
        top = max(own)
        powers = [exp(it - top) for it in own]
        total = sum(powers)
        return {label: it / total for label, it in zip(self.labels, powers, strict=True)}


Table = Mapping[str, tuple[float, Row]]
"""The known features of a group: how rare each is, and its weights."""


Hit = tuple[float, Sequence[float], tuple[int, ...]]
"""What was known in a text: how much of it, its weights, and the places of its words."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of a text, and the features they are the sum of."""

    scores: list[float]
    hits: Sequence[Hit]

    def brought(self, output: int) -> dict[int, float]:
        """Return what the word at each place brought to an output."""
        told: dict[int, float] = {}
        for value, row, places in self.hits:
            share = value * row[output] / len(places)
            for place in places:
                told[place] = told.get(place, 0.0) + share
        return told


@dataclass(frozen=True, slots=True)
class Model:
    """Everything learned. `names` are words that tell nothing, `version` which model it is."""

    version: str
    heads: Mapping[str, Head]
    tables: Mapping[str, Table]
    names: frozenset[str]
    words: Mapping[str, int]
    """Every word in what was learned from, with in how many texts it stood."""
    line: float
    """The confidence below which nothing is suggested."""
    lex_sarah_line: float
    """The likelihood from which misconduct is possible: low, so that few are missed."""
    _spelling: dict[str, tuple[tuple[tuple[str, float], ...], list[float]]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _mended: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def outputs(self) -> int:
        """How many outputs the heads have together."""
        return sum(len(it.bias) for it in self.heads.values())

    def see(self, words: Sequence[Word]) -> Seen:
        """See what words hold, slips of the finger mended; a name's capital is never mended."""
        return seen(
            [
                it
                if it.capital or (right := self._right(it.text)) == it.text
                else replace(it, text=right)
                for it in words
            ],
            self.names,
        )

    def _right(self, word: str) -> str:
        if word in self.words:
            return word
        if (kept := self._mended.get(word)) is None:
            if len(self._mended) >= _KEPT:
                self._mended.clear()
            kept = self._mended[word] = mended(word, self.words)
        return kept

    def forget(self) -> None:
        """Work every spelling out anew: what is kept ready is words of people's stories."""
        self._spelling.clear()
        self._mended.clear()

    def knows(self, stem: str) -> bool:
        """Tell whether a stem stood in what was learned from."""
        return stem in self.tables["stems"]

    def score(self, text: Seen) -> Scored:
        """Add up what a text's features weigh, each group made equally long."""
        hits: list[Hit] = self._spelt(text)
        for group, told in (("stems", text.stems), ("rows", text.rows), ("pairs", text.pairs)):
            table = self.tables[group]
            rows = [
                (*known, places)
                for name, places in told.items()
                if (known := table.get(name)) is not None
            ]
            long = sqrt(sum(rare * rare for rare, _, _ in rows))
            hits += [(rare * SCALES[group] / long, row, places) for rare, row, places in rows]
        total = [0.0] * self.outputs
        for value, row, _ in hits:
            total = [have + value * it for have, it in zip(total, row, strict=True)]
        return Scored(total, hits)

    def _spelt(self, text: Seen) -> list[Hit]:
        sums: dict[str, float] = {}
        rows: list[tuple[int, list[float]]] = []
        for word, place in text.spelt.items():
            parts, row = self._word(word)
            for part, value in parts:
                sums[part] = sums.get(part, 0.0) + value
            rows.append((place, row))
        long = sqrt(sum(it * it for it in sums.values()))
        unit = SCALES["letters"] / long if long else 0.0
        return [(unit, row, (place,)) for place, row in rows]

    def _word(self, word: str) -> tuple[tuple[tuple[str, float], ...], list[float]]:
        """Return what a word's letters weigh; the same words come again and again."""
        kept = self._spelling.get(word)
        if kept is not None:
            return kept
        table = self.tables["letters"]
        found, weight = letters(word)
        known = [(it, *table[it]) for it in found if it in table]
        parts = tuple((it, weight * rare) for it, rare, _ in known)
        row = [0.0] * self.outputs
        for _, rare, weights in known:
            value = weight * rare
            row = [have + value * it for have, it in zip(row, weights, strict=True)]
        if len(self._spelling) >= _KEPT:
            self._spelling.clear()
        self._spelling[word] = parts, row
        return parts, row
