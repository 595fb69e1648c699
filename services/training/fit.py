"""Learns a model from examples, with scikit-learn; the same examples give the same model.

scikit-learn is needed to learn and never to classify: what is learned is a table of weights.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from sklearn.svm import LinearSVC  # type: ignore[import-untyped]

from workflows.classify.features import Seen, letters
from workflows.classify.model import SCALES, Table

_LEAST: Final = {"stems": 2, "letters": 3, "rows": 2, "pairs": 3}
"""In how many examples a feature must stand to be learned from."""
_STRENGTH: Final = 0.3
"""Inverse of the regularisation; chosen on texts by writers left out."""

Vector = dict[int, float]
Answers = Sequence[Mapping[str, float]]
"""What each text is: a label, or several with how much each counts."""


class Known:
    """The features that are learned from, each with a column and how rare it is."""

    def __init__(self, texts: Sequence[Seen], scales: Mapping[str, float] = SCALES) -> None:
        self._scales = scales
        self.columns: dict[str, dict[str, int]] = {}
        self.rarity: dict[str, dict[str, float]] = {}
        self.width = 0
        for group in scales:
            least = _LEAST[group]
            often = Counter(name for text in texts for name in names_of(text, group))
            kept = sorted(name for name, n in often.items() if n >= least)
            self.columns[group] = {it: self.width + n for n, it in enumerate(kept)}
            self.rarity[group] = {
                it: log((1 + len(texts)) / (1 + often[it])) + 1 for it in kept
            }
            self.width += len(kept)

    def vector(self, text: Seen) -> Vector:
        """Return a text's row: each group made equally long, as `Model.score` does."""
        told: Vector = {}
        for group, scale in self._scales.items():
            rarity, columns = self.rarity[group], self.columns[group]
            found = {
                name: value * rarity[name]
                for name, value in names_of(text, group).items()
                if name in rarity
            }
            long = sqrt(sum(it * it for it in found.values()))
            for name, value in found.items():
                told[columns[name]] = scale * value / long
        return told

    def matrix(self, texts: Iterable[Seen]) -> Any:
        """Return the rows of texts as a sparse matrix."""
        data: list[float] = []
        places: list[int] = []
        ends = [0]
        for text in texts:
            row = self.vector(text)
            data += row.values()
            places += row.keys()
            ends.append(len(data))
        return csr_matrix((data, places, ends), shape=(len(ends) - 1, self.width))

    def tables(self, weights: Any) -> dict[str, Table]:
        """Cut the learned weights (outputs × columns) into tables by name."""
        rows = weights.T.tolist()
        return {
            group: {
                name: (self.rarity[group][name], tuple(rows[column]))
                for name, column in columns.items()
            }
            for group, columns in self.columns.items()
        }


def names_of(text: Seen, group: str) -> Mapping[str, float]:
    """Return a group's features in a text by name, with how much there is of each."""
    if group != "letters":
        return dict.fromkeys(getattr(text, group), 1.0)
    sums: dict[str, float] = {}
    for word in text.spelt:
        found, weight = letters(word)
        for it in found:
            sums[it] = sums.get(it, 0.0) + weight
    return sums


def learned(rows: Any, answers: Answers, labels: Sequence[str]) -> tuple[Any, Any]:
    """Return weights (labels × columns; one row for yes or no) and biases.

    Each label is told from the others by support vectors.
    """
    by_label = {it: n for n, it in enumerate(labels)}
    row_of, target, weight = zip(
        *(
            (n, by_label[label], much)
            for n, answer in enumerate(answers)
            for label, much in answer.items()
        ),
        strict=True,
    )
    found = LinearSVC(C=_STRENGTH, random_state=0)
    found.fit(rows[list(row_of)], np.array(target), sample_weight=np.array(weight))
    return found.coef_, found.intercept_
