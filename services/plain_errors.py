"""What was wrong with what somebody sent, in Swedish, without repeating what they wrote."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

_SAYS: Final[dict[str, Callable[[Mapping[str, Any]], str]]] = {
    "missing": lambda _: "saknas.",
    "extra_forbidden": lambda _: "finns inte. Ta bort det.",
    "json_invalid": lambda _: "går inte att läsa som JSON.",
    "string_too_long": lambda c: f"är för långt. Det får ha högst {c['max_length']} tecken.",
    "string_too_short": lambda _: "är tomt. En mening räcker.",
    "string_pattern_mismatch": lambda _: "har tecken som inte går att använda.",
    "string_type": lambda _: "ska vara text.",
    "string_unicode": lambda _: "har tecken som inte går att läsa som UTF-8.",
    "enum": lambda c: f"ska vara ett av: {c['expected'].replace(' or ', ', ')}.",
    "timezone_aware": lambda _: "behöver tidszon, till exempel 2026-03-02T07:00:00+01:00.",
    "greater_than_equal": lambda c: f"ska vara minst {c['ge']}.",
    "less_than_equal": lambda c: f"ska vara högst {c['le']}.",
    "model_type": lambda _: "ska vara ett objekt med fält.",
}
_OURS: Final = frozenset({"nul", "unknown_category", "lex_sarah_named", "import"})
"""Our own checks: their messages are Swedish sentences already."""


def in_swedish(errors: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Turn pydantic's errors into `{field, says}`: which field, and what to do about it."""
    told = []
    for error in errors:
        name = ".".join(str(part) for part in error["loc"] if part != "body")
        told.append({"field": name, "says": _sentence(name, error)})
    return told


def _sentence(name: str, error: Mapping[str, Any]) -> str:
    if error["type"] in _OURS:
        return str(error["msg"])
    says = _SAYS.get(str(error["type"]))
    said = says(error.get("ctx") or {}) if says else "har fel värde."
    return f"Fältet {name} {said}" if name else f"Det som skickades {said}"
