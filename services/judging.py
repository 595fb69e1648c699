"""Shows what the classifier says of texts in a file; compares it with what people said."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import orjson

from events import Route
from workflows.classify import MODEL, suggest

NOT_A_DEVIATION: Final = "not_a_deviation"
_ROUTED_AWAY: Final = frozenset({Route.CLIENT_DECLINED, Route.WORK_ENVIRONMENT})
"""Routes that say that nothing of ours went wrong; health care may be both."""


class Unreadable(Exception):  # noqa: N818 - says which line to mend
    """A line is no JSON object with a `text`."""


def lines(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects in a JSON Lines file; raises `Unreadable` with the line's number."""
    for n, line in enumerate(file.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            told = orjson.loads(line)
        except orjson.JSONDecodeError:
            told = None
        if not isinstance(told, dict) or not isinstance(told.get("text"), str):
            raise Unreadable(f"Rad {n} är inte ett JSON-objekt med fältet text.")
        yield told


def judged(line: dict[str, Any]) -> dict[str, Any]:
    """Return the suggestion for one text, with its evidence as offsets into the text."""
    found = suggest(line["text"])
    away = found.route in _ROUTED_AWAY
    label = NOT_A_DEVIATION if away else found.category
    return {
        "id": line.get("id"),
        "suggested": label is not None,
        "label": label,
        "confidence": found.confidence,
        "alternatives": [
            {"label": name, "confidence": share} for name, share in found.alternatives
        ],
        "evidence": [it.model_dump() for it in found.evidence],
        "subtype": found.subtype,
        "route": found.route,
        "kind": None,
        "possible_lex_sarah": found.possible_lex_sarah,
        "immediate_danger": found.immediate_danger,
        "model": MODEL,
    }


def evaluated(told: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Compare with `category` in each line: accuracy over all, over suggested, confusions."""
    right = suggested = total = 0
    confusions: Counter[tuple[str, str]] = Counter()
    for line in told:
        if "category" not in line:
            continue
        total += 1
        found = judged(line)
        suggested += found["suggested"]
        if found["label"] == line["category"]:
            right += 1
        else:
            confusions[line["category"], found["label"] or "inget förslag"] += 1
    return {
        "model": MODEL,
        "texts": total,
        "right": right,
        "accuracy": round(right / total, 3) if total else None,
        "suggested": suggested,
        "accuracy_when_suggested": round(right / suggested, 3) if suggested else None,
        "confusions": [
            {"is": truth, "said": said, "times": n}
            for (truth, said), n in confusions.most_common()
        ],
    }
