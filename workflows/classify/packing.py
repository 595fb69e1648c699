"""A model as bytes and back: readable by any process, and nothing that could run.

Weights are kept as whole numbers from -127 to 127 and a step for each group and output: four
times smaller than they were learned, and what is suggested stays the same.
"""

import json
import zlib
from array import array
from collections.abc import Mapping, Sequence
from typing import Final

from workflows.classify.features import GROUPS
from workflows.classify.model import Head, Model, Row, Table

_FORMAT: Final = 2
_LARGEST: Final = 127
_LENGTH: Final = 4


class Unreadable(Exception):  # noqa: N818 - says what the bytes are not
    """The bytes are no model of a format that this program knows."""


def pack(model: Model) -> bytes:
    """Return the bytes of a model; weights are rounded to a step of 1/127 of the largest."""
    steps = {group: _steps(model, group) for group in GROUPS}
    weights = array("b")
    for group in GROUPS:
        for _, row in model.tables[group].values():
            weights.extend(round(it / step) for it, step in zip(row, steps[group], strict=True))
    head = {
        "format": _FORMAT,
        "version": model.version,
        "line": model.line,
        "lex_sarah_line": model.lex_sarah_line,
        "names": sorted(model.names),
        "words": model.words,
        "steps": steps,
        "heads": {
            name: {
                "labels": it.labels,
                "first": it.first,
                "bias": it.bias,
                "temperature": it.temperature,
            }
            for name, it in model.heads.items()
        },
        "tables": {
            group: [[name, round(rare, 4)] for name, (rare, _) in model.tables[group].items()]
            for group in GROUPS
        },
    }
    told = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.compress(len(told).to_bytes(_LENGTH, "big") + told + weights.tobytes(), 9)


def unpack(packed: bytes) -> Model:
    """Return the model. Raises `Unreadable`."""
    try:
        raw = zlib.decompress(packed)
        ends = _LENGTH + int.from_bytes(raw[:_LENGTH], "big")
        head = json.loads(raw[_LENGTH:ends])
        if head["format"] != _FORMAT:
            raise Unreadable(f"format {head['format']}")
        weights = array("b", raw[ends:])
        tables = _tables(head["tables"], weights, head["steps"])
        heads = {
            name: Head(tuple(it["labels"]), it["first"], tuple(it["bias"]), it["temperature"])
            for name, it in head["heads"].items()
        }
        return Model(
            version=head["version"],
            heads=heads,
            tables=tables,
            names=frozenset(head["names"]),
            words=head["words"],
            line=head["line"],
            lex_sarah_line=head["lex_sarah_line"],
        )
    except (ValueError, KeyError, TypeError, IndexError, zlib.error) as error:
        raise Unreadable(type(error).__name__) from error


def _steps(model: Model, group: str) -> list[float]:
    largest = [1e-9] * model.outputs
    for _, row in model.tables[group].values():
        largest = [max(a, abs(b)) for a, b in zip(largest, row, strict=True)]
    return [it / _LARGEST for it in largest]


def _tables(
    told: dict[str, list[tuple[str, float]]],
    weights: "array[int]",
    steps: Mapping[str, Sequence[float]],
) -> dict[str, Table]:
    at = 0
    tables: dict[str, Table] = {}
    for group in GROUPS:
        width = len(steps[group])
        values = [[n * step for n in range(-_LARGEST, _LARGEST + 1)] for step in steps[group]]
        rows: dict[str, tuple[float, Row]] = {}
        for name, rare in told[group]:
            part = weights[at : at + width]
            rows[name] = (
                rare,
                tuple(own[n + _LARGEST] for own, n in zip(values, part, strict=True)),
            )
            at += width
        tables[group] = rows
    return tables
