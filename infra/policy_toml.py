"""Writes a policy document as the TOML that a person edits."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import orjson

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


def written(document: Mapping[str, Any]) -> str:
    """Return a document as TOML: read again it says the same."""
    return "\n".join(_table((), document)).strip() + "\n"


def _table(path: tuple[str, ...], table: Mapping[str, Any]) -> Iterator[str]:
    """Write plain values first: what follows a heading belongs to it."""
    below = {name: it for name, it in table.items() if isinstance(it, Mapping)}
    rows = {name: it for name, it in table.items() if not path and _is_rows(it)}
    for name, value in table.items():
        if name not in below and name not in rows:
            yield f"{_key(name)} = {_value(value)}"
    for name, found in below.items():
        if not found or not all(isinstance(it, Mapping) for it in found.values()):
            yield f"\n[{'.'.join(map(_key, (*path, name)))}]"
        yield from _table((*path, name), found)
    for name, found_rows in rows.items():
        for row in found_rows:
            yield f"\n[[{_key(name)}]]"
            yield from _table((name,), row)


def _is_rows(value: Any) -> bool:
    return (
        isinstance(value, list) and bool(value) and all(isinstance(it, Mapping) for it in value)
    )


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _value(name)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(name)} = {_value(it)}" for name, it in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    # A text, a number or a truth is written alike in JSON and TOML, but for DEL.
    return orjson.dumps(value).decode().replace("\x7f", "\\u007f")
