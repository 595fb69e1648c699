"""The same examples and the same texts to judge by, with less and less of the classifier."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from services.training.examples import LABELS, NOT_A_DEVIATION, Example
from services.training.fit import Known, learned
from services.training.learn import called
from workflows.classify import Model
from workflows.classify.features import Seen, seen
from workflows.classify.model import SCALES
from workflows.classify.reading import read
from workflows.terms.categories import CATEGORIES

_ONLY: Final[Mapping[str, tuple[str, ...]]] = {
    "stems": ("stems",),
    "letters": ("letters",),
    "stems and letters": ("stems", "letters"),
    "stems, letters and lexicon": ("stems", "letters", "rows", "pairs"),
}


def compared(
    model: Model, examples: Sequence[Example], texts: Sequence[str], right: Sequence[set[str]]
) -> dict[str, dict[str, float]]:
    """Return the share right at once and in two: for baselines, and for more and more parts."""
    see = [model.see(read(it)) for it in texts]
    told: dict[str, dict[str, float]] = {
        "majority": _judged([_majority(examples)] * len(texts), right),
        "lexicon alone": _judged([_voted(it) for it in see], right),
        "TF-IDF alone": _judged(_tf_idf(examples, texts), right),
    }
    answers = [called(it) for it in examples]
    learn_from = [seen(read(it.text), model.names) for it in examples]
    for name, groups in _ONLY.items():
        known = Known(learn_from, {it: SCALES[it] for it in groups})
        weights, bias = learned(known.matrix(learn_from), answers, LABELS)
        told[name] = _judged(_ranked(known.matrix(see) @ weights.T + bias), right)
    told["as shipped"] = _judged(
        [
            sorted(shares, key=lambda it: -shares[it])
            for it in see
            for shares in [model.heads["category"].shares(model.score(it).scores)]
        ],
        right,
    )
    return told


def _majority(examples: Sequence[Example]) -> list[str]:
    return [label for label, _ in Counter(it.category for it in examples).most_common()]


def _voted(text: Seen) -> list[str]:
    """Let the rows of the lexicon vote with their weights, and nothing else."""
    votes = dict.fromkeys(LABELS, 0.0)
    for it in {match.concept for match in text.matches if not match.denied}:
        if it.label:
            votes[it.label if it.label in CATEGORIES else NOT_A_DEVIATION] += it.weight
    return sorted(votes, key=lambda it: -votes[it])


def _tf_idf(examples: Sequence[Example], texts: Sequence[str]) -> list[list[str]]:
    """Do what one does first: character n-grams, TF-IDF, logistic regression."""
    grams = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True)
    rows = grams.fit_transform(it.text for it in examples)
    model = LogisticRegression(C=10, max_iter=200)
    model.fit(rows, [LABELS.index(it.category) for it in examples])
    return _ranked(model.predict_proba(grams.transform(texts)))


def _ranked(scores: Any) -> list[list[str]]:
    return [[LABELS[n] for n in row] for row in np.argsort(-scores, axis=1)]


def _judged(ranked: Sequence[Sequence[str]], right: Sequence[set[str]]) -> dict[str, float]:
    return {
        "right": _share([it[0] in ok for it, ok in zip(ranked, right, strict=True)]),
        "right_in_two": _share(
            [bool(set(it[:2]) & ok) for it, ok in zip(ranked, right, strict=True)]
        ),
    }


def _share(held: Sequence[bool]) -> float:
    return round(sum(held) / len(held), 3)
