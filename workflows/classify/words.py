"""A first, explainable suggestion: words that speak for a category, weighed and compared."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp
from typing import Final

from events import Evidence, Route
from workflows.classify import lexicon
from workflows.terms.hints import hinted

MODEL: Final = "words-1"
"""The version that stands in each suggestion; change it with any change of words or weights."""

LINE: Final = 0.5
"""Below this confidence nothing is suggested: the case is unclassified and goes to a person."""

_TILE_WEIGHT: Final = 1.5
_NOTHING: Final = 1.0
_ROUTE_LINE: Final = 2.4
_SENTENCES: Final = re.compile(r"[^.!?\n]+")
_LIMIT: Final = 8000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a report seems to be. `category` is None below the line of confidence.

    `alternatives` are (category, confidence) in falling order; evidence are offsets into the
    text that was read.
    """

    category: str | None
    subtype: str | None
    route: Route | None
    confidence: float
    alternatives: tuple[tuple[str, float], ...]
    evidence: tuple[Evidence, ...]
    immediate_danger: bool
    possible_lex_sarah: bool


@dataclass(frozen=True, slots=True)
class _Stem:
    weight: float
    patterns: tuple[re.Pattern[str], ...]
    plain: tuple[str, ...]

    def may_match(self, low: str) -> bool:
        """Rule out most stems with a plain search: fifteen times cheaper than the pattern."""
        return all(part in low for part in self.plain)


def _compiled(stem: str, weight: float) -> _Stem:
    parts = stem.split("+")
    return _Stem(
        weight,
        tuple(
            re.compile(
                (r"\b\w*" if part.startswith("~") else r"\b")
                + re.escape(part.strip("~"))
                + r"\w*"
            )
            for part in parts
        ),
        tuple(part.strip("~") for part in parts),
    )


def _table(rows: dict[str, tuple[tuple[str, float], ...]]) -> dict[str, list[_Stem]]:
    return {label: [_compiled(stem, w) for stem, w in stems] for label, stems in rows.items()}


_CATEGORIES: Final = _table(lexicon.CATEGORY_STEMS)
_SUBTYPES: Final = _table(lexicon.SUBTYPE_STEMS)
_ROUTES: Final = _table(lexicon.ROUTE_STEMS)
_DANGER: Final = [_compiled(stem, 1.0) for stem in lexicon.DANGER_STEMS]
_LEX_SARAH: Final = [_compiled(stem, 1.0) for stem in lexicon.LEX_SARAH_STEMS]


def suggest(story: str, hint: str | None = None) -> Suggestion:
    """Suggest what a report is about, from its words and the hint the reporter gave.

    Deterministic. A category comes from the first 8 000 characters, words of danger from
    anywhere. Confidence is a share between the
    categories, not yet calibrated against outcomes.
    """
    whole = _lowered(story)
    low = whole[:_LIMIT]
    hits = {label: _hits(stems, low) for label, stems in _CATEGORIES.items()}
    scores = {label: sum(w for w, _ in found) for label, found in hits.items()}
    for label in hinted(hint):
        scores[label] += _TILE_WEIGHT
    ranked = _shares(scores)
    best, share = ranked[0]
    category = best if share >= LINE else None
    danger = _hits(_DANGER, whole)
    return Suggestion(
        category=category,
        subtype=_best(_SUBTYPES, low, 1.0) if category == "utebliven_insats" else None,
        route=_route(low),
        confidence=round(share, 3),
        alternatives=tuple((label, round(part, 3)) for label, part in ranked[:3]),
        evidence=_evidence(hits[best], best if category else None, danger),
        immediate_danger=bool(danger),
        possible_lex_sarah=bool(_hits(_LEX_SARAH, whole)),
    )


def _lowered(text: str) -> str:
    """Lower the letters and keep every place: a few ("ß", "İ") would grow and move the rest."""
    low = text.casefold()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := it.lower()) == 1 else it for it in text)


def _hits(stems: Iterable[_Stem], low: str) -> list[tuple[float, list[tuple[int, int]]]]:
    found: list[tuple[float, list[tuple[int, int]]]] = []
    for stem in stems:
        if not stem.may_match(low):
            continue
        if len(stem.patterns) == 1:
            match = stem.patterns[0].search(low)
            if match:
                found.append((stem.weight, [match.span()]))
            continue
        for sentence in _SENTENCES.finditer(low):
            matches = [it.search(low, *sentence.span()) for it in stem.patterns]
            if all(matches):
                found.append((stem.weight, [it.span() for it in matches if it]))
                break
    return found


def _shares(scores: dict[str, float]) -> list[tuple[str, float]]:
    """Turn scores into shares that sum to less than one: `_NOTHING` keeps room for doubt."""
    powers = {label: exp(score) - 1 for label, score in scores.items()}
    total = sum(powers.values()) + exp(_NOTHING)
    return sorted(
        ((label, power / total) for label, power in powers.items()),
        key=lambda row: (-row[1], row[0]),
    )


def _best(table: dict[str, list[_Stem]], low: str, floor: float) -> str | None:
    scores = {label: sum(w for w, _ in _hits(stems, low)) for label, stems in table.items()}
    label = max(scores, key=lambda it: scores[it])
    return label if scores[label] >= floor else None


def _route(low: str) -> Route | None:
    label = _best(_ROUTES, low, _ROUTE_LINE)
    return Route(label) if label else None


def _evidence(
    hits: Sequence[tuple[float, list[tuple[int, int]]]],
    label: str | None,
    danger: Sequence[tuple[float, list[tuple[int, int]]]],
) -> tuple[Evidence, ...]:
    spans = {
        (start, end, name)
        for found, name in ((hits if label else (), label), (danger, "danger"))
        for _, places in found
        for start, end in places
        if name
    }
    return tuple(Evidence(start=s, end=e, label=name) for s, e, name in sorted(spans))
