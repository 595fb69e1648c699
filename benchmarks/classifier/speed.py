"""How fast it reads, how long it takes to be ready, and how much memory it needs."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import process_time

import psutil

from services.classifier.shipped import shipped
from workflows.classify import Model, suggest

_ALONE = 200
_BATCH = 32
_ROUNDS = 5


def speed(model: Model, texts: Sequence[str]) -> dict[str, float]:
    """Return milliseconds of processor time a text: of words never met, and of known words.

    A worker meets the same words again and again; the first text after a start is the slowest.
    """
    cold = []
    for text in texts[:_ALONE]:
        model.forget()
        began = process_time()
        suggest(model, text)
        cold.append(process_time() - began)
    warm = []
    for at in range(0, _BATCH * _ROUNDS, _BATCH):
        some = [texts[(at + n) % len(texts)] for n in range(_BATCH)]
        began = process_time()
        for text in some:
            suggest(model, text)
        warm.append((process_time() - began) / _BATCH)
    return {
        "alone_ms": round(1000 * median(cold), 3),
        "alone_slowest_ms": round(1000 * max(cold), 3),
        "in_batches_of_32_ms": round(1000 * median(warm), 3),
    }


def start() -> dict[str, float]:
    """Return what a new process spends until it has read its first text, and holds then."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.classifier.speed"],
        cwd=Path(__file__).parents[2],
        check=True,
        capture_output=True,
    ).stdout
    return dict(json.loads(told))


if __name__ == "__main__":
    suggest(shipped(), "Larmet fungerade inte i natt.")
    held = psutil.Process().memory_info().rss / 2**20
    print(json.dumps({"start_s": round(process_time(), 2), "memory_mb": round(held)}))
