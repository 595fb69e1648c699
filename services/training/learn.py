"""Makes a model of examples: its heads, how sure it may be, and the lines it draws.

How sure it may be is measured on writers it did not learn from: each writer's texts are judged
by a model that never saw one of them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from services.training.examples import LABELS, NOT_A_DEVIATION, ROUTES, SUBTYPES, Example
from services.training.fit import Answers, Known, learned
from workflows.classify.features import seen
from workflows.classify.model import Head, Model
from workflows.classify.reading import read

KINDS: Final = ("feedback", "complaint", "praise")
NO_YES: Final = ("no", "yes")
MISCONDUCT: Final = "misconduct"
_GROUPS: Final = 5
_DISPUTED: Final = 0.7
_POSSIBLE: Final = 0.3
"""How much a label counts that one of two readers gave, and one that neither gave first."""
_TEMPERATURES: Final = tuple(n / 50 for n in range(5, 101))

RIGHT_ENOUGH: Final = 0.88
"""How often a suggestion shall be right, on texts by writers the model never read."""
CAUGHT: Final = 0.97
"""The share of possible misconduct that shall be flagged on such texts."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a head answers, and each example's answer; None where it has none."""

    labels: tuple[str, ...]
    answers: Sequence[Mapping[str, float] | None]


def questions(examples: Sequence[Example]) -> Mapping[str, Question]:
    """Return what the model is to learn, head by head."""

    def detail(category: str) -> list[str | None]:
        return [it.detail if it.category == category else None for it in examples]

    def plain(answers: Iterable[str | None]) -> list[Mapping[str, float] | None]:
        return [None if it is None else {it: 1.0} for it in answers]

    return {
        "category": Question(LABELS, [called(it) for it in examples]),
        "lex_sarah": Question(NO_YES, [_misconduct(it) for it in examples]),
        "route": Question(ROUTES, plain(detail(NOT_A_DEVIATION))),
        "subtype": Question(SUBTYPES, plain(detail("utebliven_insats"))),
        "kind": Question(
            KINDS,
            plain("complaint" if it.kind == MISCONDUCT else it.kind for it in examples),
        ),
    }


def called(example: Example) -> Mapping[str, float]:
    """Return what readers called it: two who disagree count for less, but both count."""
    if example.second in (None, example.category):
        told = {example.category: 1.0}
    else:
        told = {example.category: _DISPUTED, example.second or "": _DISPUTED}
    if example.near and example.near not in told:
        told[example.near] = _POSSIBLE
    return told


def _misconduct(example: Example) -> Mapping[str, float] | None:
    """Return whether readers held it for possible misconduct, in the same way."""
    first, second = example.lex_sarah, example.second_lex_sarah
    if first is None:
        return None
    if second in (None, first):
        return {NO_YES[first]: 1.0}
    return {NO_YES[first]: _DISPUTED, NO_YES[not first]: _DISPUTED}


def learn(
    examples: Sequence[Example],
    version: str,
    names: frozenset[str] = frozenset(),
    own: Sequence[Example] = (),
) -> Model:
    """Return the model of these examples. What too few have written of is left out.

    What words are known is decided by `examples` alone: of `own` texts, which people have
    written about real persons, nothing is kept but how much the known words weigh.
    """
    texts = [seen(read(it.text), names) for it in examples]
    known = Known(texts)
    every = [*examples, *own]
    rows = known.matrix(seen(read(it.text), names) for it in every)
    folds = _folds([it.writer for it in every])
    heads: dict[str, Head] = {}
    weights: list[Any] = []
    apart: dict[str, Any] = {}
    agreed: dict[str, Any] = {}
    for name, asked in questions(every).items():
        question = _learnable(asked, folds)
        has = np.array([n for n, it in enumerate(question.answers) if it is not None])
        answers = [it for it in question.answers if it is not None]
        coefficients, bias = learned(rows[has], answers, question.labels)
        scores = left_out(rows[has], answers, question.labels, folds[has])
        truth = _truth(answers, question.labels)
        temperature = calmed(scores, truth)
        apart[name] = shares(scores / temperature), truth
        agreed[name] = np.array([next(iter(it)) if len(it) == 1 else "" for it in answers])
        labels = question.labels if len(bias) > 1 else question.labels[1:]
        heads[name] = Head(labels, sum(map(len, weights)), tuple(bias.tolist()), temperature)
        weights.append(coefficients)
    return Model(
        version=version,
        heads=heads,
        tables=known.tables(np.vstack(weights)),
        names=names,
        words=Counter(word for text in texts for word in text.spelt),
        line=sure_enough(*apart["category"]),
        lex_sarah_line=low_enough(apart["lex_sarah"][0], agreed["lex_sarah"] == NO_YES[True]),
    )


def _learnable(question: Question, folds: Any) -> Question:
    """Leave out labels that fewer than two groups of writers have examples of.

    What only one has written could not be judged on others: it is not suggested yet.
    """
    groups: dict[str, set[int]] = {}
    for answer, fold in zip(question.answers, folds, strict=True):
        for label in answer or ():
            groups.setdefault(label, set()).add(int(fold))
    labels = tuple(it for it in question.labels if len(groups.get(it, ())) > 1)
    if set(labels) == set(question.labels):
        return question
    kept = [
        {it: much for it, much in (answer or {}).items() if it in labels} or None
        for answer in question.answers
    ]
    return Question(labels, kept)


def _folds(writers: Sequence[str]) -> Any:
    """Deal writers to a few groups, each left out in its turn: whole writers, never halves."""
    place = {it: n % _GROUPS for n, it in enumerate(sorted(set(writers)))}
    return np.array([place[it] for it in writers])


def left_out(rows: Any, answers: Answers, labels: tuple[str, ...], folds: Any) -> Any:
    """Return every example's scores by a model that never saw a text by its writer."""
    found = np.zeros((rows.shape[0], len(labels) if len(labels) > len(NO_YES) else 1))
    for fold in sorted(set(folds)):
        own = folds == fold
        rest = [it for it, mine in zip(answers, own, strict=True) if not mine]
        coefficients, bias = learned(rows[~own], rest, labels)
        found[own] = rows[own] @ coefficients.T + bias
    return found


def _truth(answers: Answers, labels: tuple[str, ...]) -> Any:
    """Return which labels count as right (examples × labels): each reader's own."""
    least = _DISPUTED
    return np.array([[it.get(label, 0) >= least for label in labels] for it in answers])


def calmed(scores: Any, truth: Any) -> float:
    """Return the temperature at which the confidences fit how often they were right best."""
    return float(min(_TEMPERATURES, key=lambda it: _surprise(shares(scores / it), truth)))


def sure_enough(likely: Any, truth: Any) -> float:
    """Return the lowest confidence from which `RIGHT_ENOUGH` of the suggestions are right."""
    order = np.argsort(-likely.max(axis=1), kind="stable")
    right = truth[np.arange(len(truth)), likely.argmax(axis=1)][order]
    so_far = np.cumsum(right) / np.arange(1, len(right) + 1)
    enough = np.flatnonzero(so_far >= RIGHT_ENOUGH)
    return round(float(likely.max(axis=1)[order][enough[-1]]), 3) if len(enough) else 1.0


def low_enough(likely: Any, agreed: Any) -> float:
    """Return the likelihood above which `CAUGHT` of what readers agreed on lies."""
    return round(float(np.quantile(likely[agreed, 1], 1 - CAUGHT)), 3)


def shares(scores: Any) -> Any:
    """Turn scores into probabilities, one column a label; two columns for yes or no."""
    if scores.shape[1] == 1:
        yes = 1 / (1 + np.exp(-scores[:, 0]))
        return np.column_stack((1 - yes, yes))
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _surprise(likely: Any, truth: Any) -> float:
    """Return how unlikely the first reader's or the other's answer was held, on the whole."""
    return float(-np.log(np.clip((likely * truth).sum(axis=1), 1e-9, 1)).mean())
