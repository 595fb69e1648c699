"""What was wrong with what somebody sent, in Swedish, without repeating what they wrote."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

_LIST: Final = "ska vara en lista."
_MOMENT: Final = "ska vara en tidpunkt, till exempel 2026-03-02T07:00:00+01:00."
_DAY: Final = "ska vara en dag, till exempel 2026-03-02."
_NUMBER: Final = "ska vara ett heltal."
_OBJECT: Final = "ska vara ett objekt med fält."
_UUID: Final = "ska vara ett UUID."
_TRUTH: Final = "ska vara true eller false."

_SAYS: Final[dict[str, Callable[[Mapping[str, Any]], str]]] = {
    "missing": lambda _: "saknas.",
    "extra_forbidden": lambda _: "finns inte. Ta bort det.",
    "json_invalid": lambda _: "går inte att läsa som JSON.",
    "string_too_long": lambda c: f"är för långt. Det får ha högst {c['max_length']} tecken.",
    "string_too_short": lambda _: "är tomt.",
    "string_pattern_mismatch": lambda _: "har tecken som inte går att använda.",
    "string_type": lambda _: "ska vara text.",
    "string_unicode": lambda _: "har tecken som inte går att läsa som UTF-8.",
    "enum": lambda c: f"ska vara ett av: {c['expected'].replace(' or ', ', ')}.",
    "literal_error": lambda c: f"ska vara ett av: {c['expected'].replace(' or ', ', ')}.",
    "timezone_aware": lambda _: "behöver tidszon, till exempel 2026-03-02T07:00:00+01:00.",
    "greater_than_equal": lambda c: f"ska vara minst {c['ge']}.",
    "less_than_equal": lambda c: f"ska vara högst {c['le']}.",
    "model_type": lambda _: _OBJECT,
    "model_attributes_type": lambda _: _OBJECT,
    "tuple_type": lambda _: _LIST,
    "list_type": lambda _: _LIST,
    "too_long": lambda c: f"har för många delar. Högst {c['max_length']} går.",
}
_FAMILIES: Final = {
    "uuid": _UUID,
    "bool": _TRUTH,
    "datetime": _MOMENT,
    "date": _DAY,
    "int": _NUMBER,
    "dataclass": _OBJECT,
}
"""By the first word of the error's type, where the rest makes no difference to a person."""
_OURS: Final = frozenset(
    {"nul", "too_far", "unknown_category", "lex_sarah_named", "import", "contact"}
)
"""Our own checks: their messages are Swedish sentences already."""
_PLACES: Final = frozenset({"body", "path", "query", "header"})
_NAME: Final = re.compile(r"[a-z][a-z0-9_.-]{0,59}")


def in_swedish(errors: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Turn pydantic's errors into `{field, says}`: which field, and what to do about it."""
    told = []
    for error in errors:
        name = _name(error)
        told.append({"field": name, "says": _sentence(name, error)})
    return told


def _name(error: Mapping[str, Any]) -> str:
    """Name the field; nothing where it has none, or where a story was sent as its name."""
    parts = [str(part) for part in error["loc"]]
    name = ".".join(parts[1:] if parts and parts[0] in _PLACES else parts)
    return name if _NAME.fullmatch(name) and error["type"] != "json_invalid" else ""


def _sentence(name: str, error: Mapping[str, Any]) -> str:
    kind = str(error["type"])
    if kind in _OURS:
        return str(error["msg"])
    if kind == "extra_forbidden" and not name:
        return "Det som skickades har ett fält som inte finns. Ta bort det."
    says = _SAYS.get(kind)
    family = _FAMILIES.get(kind.partition("_")[0], "har fel värde.")
    said = says(error.get("ctx") or {}) if says else family
    return f"Fältet {name} {said}" if name else f"Det som skickades {said}"
