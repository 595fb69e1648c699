"""Shows what the classifier says of texts in a file; compares it with what people said."""

from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from events import Harm
from workflows.classify import Circumstances, Model, Suggestion, suggest

_ALTERNATIVES: Final = 3
_BINS: Final = 10
_SHARES: Final = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
_SECOND: Final = "category2"


class Unreadable(Exception):  # noqa: N818 - says which line to mend
    """A line is no JSON object with a `text`."""


def lines(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects in a JSON Lines file; raises `Unreadable` with the line's number."""
    for n, line in enumerate(file.read_bytes().removeprefix(BOM_UTF8).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            told = orjson.loads(line)
        except orjson.JSONDecodeError:
            told = None
        if not isinstance(told, dict) or not isinstance(told.get("text"), str):
            raise Unreadable(f"Rad {n} är inte ett JSON-objekt med fältet text.")
        yield told


def suggested(model: Model, line: Mapping[str, Any]) -> Suggestion:
    """Return the suggestion for a line's text, its tile and harm too where they are known."""
    hint, harm = line.get("hint"), line.get("harm")
    return suggest(
        model,
        line["text"],
        Circumstances(
            hint=hint if isinstance(hint, str) else None,
            harm=Harm(harm) if isinstance(harm, str) and harm in set(Harm) else Harm.UNKNOWN,
        ),
    )


def judged(model: Model, line: Mapping[str, Any]) -> dict[str, Any]:
    """Return the suggestion for one text, with its evidence as offsets into the text."""
    found = suggested(model, line)
    return {
        "id": line.get("id"),
        "suggested": found.label is not None,
        "label": found.label,
        "confidence": found.confidence,
        "alternatives": [
            {"label": it.code, "confidence": it.confidence}
            for it in found.ranked[:_ALTERNATIVES]
        ],
        "evidence": [it.model_dump() for it in found.evidence],
        "subtype": found.subtype.code if found.subtype else None,
        "route": found.route.code if found.route else None,
        "kind": found.kind.code if found.kind else None,
        "possible_lex_sarah": found.possible_lex_sarah,
        "lex_sarah_confidence": found.lex_sarah,
        "immediate_danger": found.immediate_danger,
        "model": found.model,
    }


@dataclass(frozen=True, slots=True)
class _Judged:
    """A text with what people called it: the first is counted by, any of them is right."""

    text: str
    labels: tuple[str, ...]
    found: Suggestion

    @property
    def right(self) -> bool:
        return self.found.ranked[0].code in self.labels

    @property
    def near(self) -> bool:
        return any(it.code in self.labels for it in self.found.ranked[:2])


def evaluated(model: Model, told: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Compare with `category` in each line, and with `category2` where a second reader said.

    Tells how often the first and the first two labels are right over all texts, the same when
    it does suggest, each category's precision and recall, how sure it was against how often it
    was right, coverage against accuracy, confusions, and the texts it got wrong. Where lines
    have `possible_lex_sarah`, how much of that it found.
    """
    rows, flags = [], []
    for line in told:
        labels = tuple(
            it for name in ("category", _SECOND) if isinstance(it := line.get(name), str)
        )
        found = suggested(model, line)
        if isinstance(marked := line.get("possible_lex_sarah"), bool):
            flags.append((marked, found.possible_lex_sarah))
        if labels:
            rows.append(_Judged(line["text"], labels, found))
    said = [it for it in rows if it.found.label is not None]
    return {
        "model": model.version,
        "texts": len(rows),
        "right": sum(it.right for it in rows),
        "accuracy": _share(it.right for it in rows),
        "right_in_two": _share(it.near for it in rows),
        "suggested": len(said),
        "coverage": _share(it.found.label is not None for it in rows),
        "accuracy_when_suggested": _share(it.right for it in said),
        "line": model.line,
        "categories": _by_category(rows),
        "calibration": _calibration(rows),
        "coverage_against_accuracy": _by_coverage(rows),
        "confusions": [
            {"is": truth, "said": label, "times": n}
            for (truth, label), n in Counter(
                (it.labels[0], it.found.ranked[0].code) for it in rows if not it.right
            ).most_common()
        ],
        "possible_lex_sarah": _flagged(flags),
        "wrong": [
            {
                "text": it.text,
                "is": list(it.labels),
                "said": it.found.label,
                "first": it.found.ranked[0].code,
                "confidence": it.found.confidence,
            }
            for it in rows
            if not it.right
        ],
    }


def _by_category(rows: Sequence[_Judged]) -> dict[str, dict[str, Any]]:
    """Return precision and recall of the first label, and how many texts there were."""
    names = sorted({it.labels[0] for it in rows} | {it.found.ranked[0].code for it in rows})
    return {
        name: {
            "texts": sum(it.labels[0] == name for it in rows),
            "precision": _share(it.right for it in rows if it.found.ranked[0].code == name),
            "recall": _share(it.right for it in rows if it.labels[0] == name),
        }
        for name in names
    }


def _calibration(rows: Sequence[_Judged]) -> list[dict[str, Any]]:
    """Return, for each tenth of confidence, how sure it was and how often it was right."""
    tenths: dict[int, list[_Judged]] = {}
    for it in rows:
        tenths.setdefault(min(int(it.found.confidence * _BINS), _BINS - 1), []).append(it)
    return [
        {
            "from": n / _BINS,
            "texts": len(held),
            "confidence": round(sum(it.found.confidence for it in held) / len(held), 3),
            "right": _share(it.right for it in held),
        }
        for n, held in sorted(tenths.items())
    ]


def _by_coverage(rows: Sequence[_Judged]) -> list[dict[str, Any]]:
    """Return how often the surest shares of the texts are right."""
    surest = sorted(rows, key=lambda it: -it.found.confidence)
    return [
        {
            "coverage": share,
            "right": _share(it.right for it in held),
            "from_confidence": held[-1].found.confidence,
        }
        for share in _SHARES
        if (held := surest[: round(share * len(surest))])
    ]


def _flagged(flags: Sequence[tuple[bool, bool]]) -> dict[str, Any] | None:
    if not flags:
        return None
    return {
        "texts": len(flags),
        "recall": _share(said for marked, said in flags if marked),
        "precision": _share(marked for marked, said in flags if said),
    }


def _share(held: Iterable[bool]) -> float | None:
    every = list(held)
    return round(sum(every) / len(every), 3) if every else None
