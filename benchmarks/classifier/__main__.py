"""`python -m benchmarks.classifier FILE`: texts with `category` in, one JSON line out."""

import sys
from pathlib import Path
from typing import Any

import orjson

from benchmarks.classifier import changed, parts, speed
from services.classifier.shipped import shipped
from services.judging import evaluated, lines
from services.training.examples import shipped as examples


def main(file: Path) -> dict[str, Any]:
    """Judge the shipped model on a file, beside baselines, changed texts, and the clock."""
    model = shipped()
    rows = [it for it in lines(file) if isinstance(it.get("category"), str)]
    texts = [it["text"] for it in rows]
    right = [{it["category"], it.get("category2", it["category"])} for it in rows]
    told = evaluated(model, rows)
    summary = ("texts", "accuracy", "right_in_two", "coverage", "accuracy_when_suggested")
    return {
        "model": model.version,
        **{it: told[it] for it in (*summary, "possible_lex_sarah", "calibration")},
        "parts": parts.compared(model, list(examples()), texts, right),
        "stays_the_same": changed.stays(model, texts),
        **speed.speed(model, texts),
        **speed.start(),
    }


if __name__ == "__main__":
    print(orjson.dumps(main(Path(sys.argv[1]))).decode())
