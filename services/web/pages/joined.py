"""Joins a script with those that it imports, so that a phone fetches one file.

The scripts are modules of their own, read and checked one by one; joined they are the same
script in the order in which a browser would have run them. Only what our scripts use is known:
named imports from beside or below, and `export` before a declaration. Joined they share one
scope: no two may declare the same name.
"""

import re
from collections import Counter
from pathlib import Path
from typing import Final

_IMPORT: Final = re.compile(
    r'^import (?:\{[^}]*\} from )?"(\.{1,2}/[\w./-]+)";\n', re.MULTILINE
)
_EXPORT: Final = re.compile(r"^export (?=async |const |function )", re.MULTILINE)
_SAID: Final = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/)\n", re.MULTILINE | re.DOTALL)
_NAMES: Final = re.compile(r"^(?:async )?(?:function\*?|const|let|class) (\w+)", re.MULTILINE)
_LEFT: Final = re.compile(r"^(?:import|export)\b", re.MULTILINE)


def joined(entry: Path) -> str:
    """Return the script with its imports before it, each once, without its comments."""
    parts: list[str] = []
    _gather(entry.resolve(), parts, set())
    whole = "".join(parts)
    if twice := [name for name, n in Counter(_NAMES.findall(whole)).items() if n > 1]:
        raise ValueError(f"{entry.name} and what it imports declare twice: {twice}")
    return whole


def _gather(path: Path, parts: list[str], seen: set[Path]) -> None:
    if path in seen:
        return
    seen.add(path)
    text = path.read_text(encoding="utf-8")
    for place in _IMPORT.findall(text):
        _gather((path.parent / place).resolve(), parts, seen)
    text = _SAID.sub("", _EXPORT.sub("", _IMPORT.sub("", text)))
    if _LEFT.search(text):
        raise ValueError(f"{path.name} imports or exports in a way that can't be joined")
    parts.append(text)
