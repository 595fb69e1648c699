"""Which words of a text a suggestion built on: those that weighed, and that a reader knows."""

from collections.abc import Iterable, Sequence
from typing import Final

from events import Evidence
from workflows.classify.features import Seen, stem
from workflows.classify.matching import Match
from workflows.classify.model import Model, Scored
from workflows.classify.reading import COMMON, NUMBER, Word

_MOST: Final = 5
_EVERYWHERE: Final = frozenset({"client", "staff", "me", "my_parent"})
"""Rows whose words stand in most reports: who was helped and who helped."""
_USUAL: Final = 5
"""In so many texts a word stands that may be shown though it is written as a name."""
_SHORTEST: Final = 3
_SHARE: Final = 0.12
"""A word is shown when it brought at least this much of all that spoke for the label."""

Span = tuple[int, int]


def reasons(
    model: Model, text: Seen, scored: Scored, output: int, label: str
) -> list[Evidence]:
    """Return the places that spoke most for a label, in the text's order.

    Numbers, names, words that only hold a sentence together, and words that the model has
    never met are no reasons, whatever their letters weighed.
    """
    brought = scored.brought(output)
    for_it = {place: it for place, it in brought.items() if it > 0}
    total = sum(for_it.values())
    in_rows = {place for match in text.matches for place in match.words}
    plain = _background(text, label)
    shown = [
        place
        for place, it in sorted(for_it.items(), key=lambda row: (-row[1], row[0]))
        if it >= _SHARE * total and place not in plain and _tells(model, text, place, in_rows)
    ][:_MOST]
    spans = [_phrase(text, place, label) for place in shown]
    return [Evidence(start=a, end=b, label=label) for a, b in _joined(spans)]


def places(words: Sequence[Word], matches: Iterable[Match], label: str) -> list[Evidence]:
    """Return where rows of the lexicon were found."""
    spans = [span for it in matches for span in _spans(words, it)]
    return [Evidence(start=a, end=b, label=label) for a, b in _joined(spans)]


def _background(text: Seen, label: str) -> set[int]:
    """Return the places of words for whom it is about, where they speak for nothing more."""
    rows = {
        place for match in text.matches if match.concept.label == label for place in match.words
    }
    return {
        place
        for match in text.matches
        if match.concept.code in _EVERYWHERE
        for place in match.words
        if place not in rows
    }


def _tells(model: Model, text: Seen, place: int, in_rows: set[int]) -> bool:
    word = text.words[place]
    if word.text == NUMBER or word.text in COMMON or len(word.text) < _SHORTEST:
        return False
    if word.capital:
        return False
    if word.initial and model.words.get(word.text, 0) < _USUAL and place not in in_rows:
        return False  # "Stig åt inte": a name that is a word too
    return model.knows(stem(word.text)) or place in in_rows


def _phrase(text: Seen, place: int, label: str) -> Span:
    """Return the word's place, or that of the phrase of the lexicon it stands in."""
    for match in text.matches:
        if match.concept.label != label or place not in match.words or match.denied:
            continue
        spans = _spans(text.words, match)
        if len(spans) == 1:
            return spans[0]
    word = text.words[place]
    return word.start, word.end


def _spans(words: Sequence[Word], match: Match) -> list[Span]:
    """Return a row's place: one stretch where its words follow each other, else each word's."""
    if match.words[-1] - match.words[0] == len(match.words) - 1:
        return [(words[match.words[0]].start, words[match.words[-1]].end)]
    return [(words[it].start, words[it].end) for it in match.words]


def _joined(spans: Iterable[Span]) -> list[Span]:
    told: list[Span] = []
    for start, end in sorted(set(spans)):
        if told and start <= told[-1][1] + 1:
            told[-1] = told[-1][0], max(end, told[-1][1])
        else:
            told.append((start, end))
    return told
