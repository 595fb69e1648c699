"""Whether two reports may tell of the same event: by person, place, time and words.

Nothing here holds a word or a name: what is compared are marks, keyed digests that only this
installation can make. What each sign is worth was learned from events told by several reporters
among thousands of other reports, and judged on others (`benchmarks.classifier.doubles`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from math import exp, log1p, sqrt
from typing import Final, NamedTuple

from workflows.classify.features import Seen, stem
from workflows.classify.model import Model
from workflows.classify.reading import COMMON, NUMBER, Word, fold, read

WITHIN: Final = timedelta(hours=72)
"""Reports of one event lie within three days of each other."""
SHOWN: Final = 0.004
"""How likely it must be for another case to be shown. So low because a person compares two
texts in seconds, and a double that is missed is counted and worked on twice."""
MOST: Final = 5

_UNMET: Final = 9.0
"""How rare a word is that the model never met: a room, a thing nobody else wrote of."""
_KEPT: Final = 40
"""How many of a report's rarest words are compared."""
_INITIALS: Final = 2
_TITLES: Final = frozenset(
    map(
        fold,
        [
            "fru",
            "herr",
            "brukare",
            "kund",
            "boende",
            "vt",
            "hos",
            "på",
            "i",
            "rum",
            "lgh",
            "lägenhet",
            "nr",
            "avd",
            "plan",
            "mamma",
            "pappa",
        ],
    )
)


@dataclass(frozen=True, slots=True)
class Naming:
    """How somebody was named: whole names, names with an initial beside, and the initials.

    `said` are the names in the story itself, whoever's they are.
    """

    names: frozenset[str]
    beside: frozenset[str]
    initials: frozenset[str]
    said: frozenset[str]


@dataclass(frozen=True, slots=True)
class Person:
    """`Naming` as marks."""

    names: frozenset[int]
    beside: frozenset[int]
    initials: frozenset[int]
    said: frozenset[int]


@dataclass(frozen=True, slots=True)
class Traces:
    """What is kept of a report to find it by.

    `words` and `rows` are marks with how rare each is, `labels` the shares of the categories.
    """

    at: datetime
    places: frozenset[str]
    person: Person
    words: Mapping[int, float]
    rows: Mapping[int, float]
    labels: Mapping[str, float]


class Compared(NamedTuple):
    """What two reports have in common and what keeps them apart.

    `words` and `rows` are how much rare they share (logarithm), `density` the same for their
    length, `kind` how far they are about the same, the persons and the place 0-1, `later` the
    logarithm of the hours between them and `days` the days.
    """

    words: float
    density: float
    rows: float
    kind: float
    same_person: float
    other_person: float
    same_place: float
    later: float
    days: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely it is that two reports tell of one event (0-1), and what speaks for it."""

    confidence: float
    because: tuple[str, ...]


def telling_words(model: Model, text: Seen) -> dict[str, float]:
    """Return the stems that tell one event from another, the rarest first."""
    known = model.tables["stems"]
    found = {
        it: known[it][0] if it in known else _UNMET
        for word in text.words
        if word.text not in COMMON and word.text != NUMBER and len(it := stem(word.text)) > 1
    }
    return dict(sorted(found.items(), key=lambda it: (-it[1], it[0]))[:_KEPT])


def naming(model: Model, about: str, story: Sequence[Word]) -> Naming:
    """Return how somebody is named; titles, rooms and numbers name nobody."""
    parts = [
        part
        for it in read(about)
        for part in it.text.split("-")
        if part and part not in _TITLES and part != NUMBER
    ]
    names = frozenset(it for it in parts if len(it) > _INITIALS)
    return Naming(
        names=names,
        beside=frozenset(f"{a[0]} {b}" for a, b in product(parts, names) if a != b),
        initials=frozenset("".join(it if len(it) <= _INITIALS else it[0] for it in parts)),
        said=frozenset(
            part
            for it in story
            if it.text in model.names or (it.capital and not model.knows(stem(it.text)))
            for part in it.text.split("-")
            if len(part) > _INITIALS
        ),
    )


def compared(one: Traces, other: Traces) -> Compared:
    """Hold two reports beside each other."""
    hours = abs((one.at - other.at).total_seconds()) / 3600
    same_person, other_person = _persons(one.person, other.person)
    words = _shared(one.words, other.words, _COMMON_WORD)
    long = sqrt(max(1, len(one.words)) * max(1, len(other.words)))
    return Compared(
        words=log1p(words),
        density=words / long,
        rows=log1p(_shared(one.rows, other.rows, _COMMON_ROW)),
        kind=sqrt(sum(it * other.labels.get(name, 0.0) for name, it in one.labels.items())),
        same_person=same_person,
        other_person=other_person,
        same_place=float(bool(one.places & other.places)),
        later=log1p(hours),
        days=hours / 24,
    )


def alike(one: Traces, other: Traces) -> Likeness:
    """Tell how likely it is that two reports are of one event, and by what signs."""
    it = compared(one, other)
    score = _BASE + sum(worth * sign for worth, sign in zip(_WORTH, it, strict=True))
    signs = {
        "person": it.same_person >= _SURE,
        "place": it.same_place > 0,
        "time": it.days <= _CLOSE,
        "words": it.words >= _MANY,
        "kind": it.kind >= _SURE,
    }
    return Likeness(
        round(1 / (1 + exp(-score)), 3), tuple(name for name, holds in signs.items() if holds)
    )


_BASE: Final = -6.62
_WORTH: Final = (0.45, 0.26, 0.5, 1.94, 4.5, -3.61, 4.99, -1.52, -0.24)
"""What each sign of `Compared` is worth, in log odds: see `benchmarks.classifier.worth`."""
_COMMON_WORD: Final = 3.0
_COMMON_ROW: Final = 1.0
"""Below this rarity a shared word or row says nothing."""
_SURE: Final = 0.6
_CLOSE: Final = 0.5
_MANY: Final = 2.4


def _shared(one: Mapping[int, float], other: Mapping[int, float], common: float) -> float:
    return sum(
        (rare - common) ** 2 for mark, rare in one.items() if mark in other and rare > common
    )


def _persons(one: Person, other: Person) -> tuple[float, float]:
    """Return how much speaks for the same person, and for another one (0-1 each).

    Two reports that name nobody, or one of them, say neither; nor do a first name and a last.
    """
    shared = len(one.names & other.names)
    if shared > 1:
        return 1.0, 0.0
    if one.beside & other.beside:
        return 0.9, 0.0
    fewest = min(len(one.names), len(other.names))
    if shared:
        return (0.6, 0.0) if fewest == 1 else (0.1, 0.5)
    if (one.names | one.said) & (other.names | other.said):
        return 0.5, 0.0
    if not one.initials or not other.initials:
        return 0.0, 0.0
    within = one.initials <= other.initials or other.initials <= one.initials
    if fewest == 0:
        return (0.4, 0.0) if within else (0.0, 1.0)
    return (0.0, 0.2) if fewest == 1 else (0.0, 1.0)
