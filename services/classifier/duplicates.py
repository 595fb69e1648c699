"""Finds the cases that may tell of the same event, while the new one is still new.

What is compared are keyed marks, never the words, and locked besides: how rare each word is
would tell which it was. They go when the case's words are erased.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import orjson
from sqlalchemy.ext.asyncio import AsyncSession

from events import PossibleDuplicate
from infra import marks as store
from infra.marks import Marks
from infra.vault.fingerprints import Fingerprints, our_fingerprints
from workflows.classify import Read
from workflows.classify.alike import (
    MOST,
    SHOWN,
    WITHIN,
    Person,
    Traces,
    alike,
    naming,
    telling_words,
)
from workflows.classify.model import Model

_PURPOSE: Final = "mark:traces"
_MARK: Final = 8
"""Bytes of a digest that make a mark."""
_REMEMBERED: Final = 4000
"""Traces kept ready: a few kilobytes each."""


@dataclass(frozen=True, slots=True)
class Told:
    """A report to find others like: when and where it was, whom it concerns, what it says."""

    case_id: UUID
    at: datetime
    unit: str
    reported_by_unit: str | None
    about: str
    story: Read


class Known:
    """The traces that this process has compared lately: the same reports lie near many."""

    def __init__(self) -> None:
        self._traces: OrderedDict[UUID, Traces] = OrderedDict()

    def missing(self, case_ids: Iterable[UUID]) -> list[UUID]:
        """Return those of the cases that must be read."""
        return [it for it in dict.fromkeys(case_ids) if it not in self._traces]

    def held(
        self, keys: Fingerprints, case_ids: Iterable[UUID], read: Iterable[Marks]
    ) -> dict[UUID, Traces]:
        """Return the traces of all these cases that have any, given those that were missing."""
        fresh = {it.case_id: _traces(keys, it) for it in read}
        held = {it: self._traces[it] for it in case_ids if it in self._traces} | fresh
        self._traces |= fresh
        while len(self._traces) > _REMEMBERED:
            self._traces.popitem(last=False)
        return held

    def forget(self) -> None:
        """Read everything anew."""
        self._traces.clear()


known: Final = Known()


async def marked(model: Model, reports: Iterable[Told]) -> list[Marks]:
    """Return the marks of reports."""
    keys = await our_fingerprints()
    return [marks_of(keys, model, it) for it in reports]


async def possible(
    session: AsyncSession, reports: Sequence[Marks]
) -> dict[UUID, tuple[PossibleDuplicate, ...]]:
    """Return, for each report, the cases that may tell of the same event, likeliest first."""
    pairs = await store.near(session, reports, WITHIN)
    near = [other for _, other in pairs]
    read = await store.of_cases(session, known.missing(near))
    return compared(
        reports, pairs, known.held(await our_fingerprints(), near, [*reports, *read])
    )


def compared(
    reports: Sequence[Marks], pairs: Iterable[tuple[UUID, UUID]], held: Mapping[UUID, Traces]
) -> dict[UUID, tuple[PossibleDuplicate, ...]]:
    """Compare each report with those near it, as `possible` tells."""
    found: dict[UUID, list[PossibleDuplicate]] = {it.case_id: [] for it in reports}
    for asker, case_id in pairs:
        if case_id not in held:
            continue  # erased in this moment
        like = alike(held[asker], held[case_id])
        if like.confidence >= SHOWN:
            found[asker].append(
                PossibleDuplicate(
                    case_id=case_id, confidence=like.confidence, because=like.because
                )
            )
    return {
        case_id: tuple(sorted(it, key=lambda row: (-row.confidence, str(row.case_id)))[:MOST])
        for case_id, it in found.items()
    }


async def others(session: AsyncSession, case_id: UUID) -> tuple[PossibleDuplicate, ...]:
    """Return the cases that may tell of the same event as this one, likeliest first.

    None for what was imported or erased: it has no marks.
    """
    own = await store.of_cases(session, [case_id])
    return (await possible(session, own))[case_id] if own else ()


def marks_of(keys: Fingerprints, model: Model, report: Told) -> Marks:
    """Return the marks of a report; `keys` make them this installation's own."""

    def mark(purpose: str, word: str) -> int:
        digest = keys.digest(f"mark:{purpose}", word.encode())
        return int.from_bytes(digest[:_MARK], "big", signed=True)

    text, scored = report.story.text, report.story.scored
    named = naming(model, report.about, report.story.words)
    names = sorted(mark("name", it) for it in named.names)
    words = {mark("word", it): rare for it, rare in telling_words(model, text).items()}
    rows = model.tables["rows"]
    shares = model.heads["category"].shares(scored.scores)
    traces = {
        "names": names,
        "beside": [mark("beside", it) for it in named.beside],
        "initials": [mark("initial", it) for it in named.initials],
        "said": [mark("name", it) for it in named.said],
        "words": [[it, round(rare, 2)] for it, rare in words.items()],
        "rows": [[mark("row", it), round(rows[it][0], 2)] for it in text.rows if it in rows],
        "labels": {label: round(share, 3) for label, share in shares.items()},
    }
    return Marks(
        case_id=report.case_id,
        at=report.at,
        unit=report.unit,
        reported_by_unit=report.reported_by_unit,
        person=names,
        traces=keys.seal(_PURPOSE, orjson.dumps(traces)),
    )


def _traces(keys: Fingerprints, marks: Marks) -> Traces:
    told = orjson.loads(keys.unseal(_PURPOSE, marks.traces))
    return Traces(
        at=marks.at,
        places=frozenset(it for it in (marks.unit, marks.reported_by_unit) if it),
        person=Person(
            *(frozenset(told[it]) for it in ("names", "beside", "initials", "said")),
        ),
        words=dict(told["words"]),
        rows=dict(told["rows"]),
        labels=told["labels"],
    )
