"""Reads who is away and who stands in, as administrators and people themselves fill it in."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from events import Role
from infra.people.standing import Substitution
from services.substitutes import BadSubstitution
from services.web.pages.posted import Posted
from services.web.pages.steps.read import Wrong

_EMPTY: Final = {
    "account_id": "Välj vem som är borta.",
    "unit": "Välj en enhet.",
    "role": "Välj en roll.",
    "starts_on": "Ange första dagen.",
    "ends_on": "Ange sista dagen.",
}
_FIELD: Final = {"bad_period": "ends_on", "unknown_unit": "unit", "one_of_two": "unit"}
"""Which field a refusal is about, where it is not about the one who stands in."""


def read_absence(form: Posted, row_id: UUID, asked: Sequence[str]) -> Substitution:
    """Return what was filled in; `asked` are the fields beside days and stand-in.

    Raises `Wrong`.
    """
    wrong: dict[str, str] = {}
    values: dict[str, Any] = {"account_id": None, "unit": None, "role": None}
    for name in (*asked, "substitute_id", "starts_on", "ends_on"):
        told = form.one(name)
        values[name] = _read(name, told) if told else None
        if values[name] is None and (told or name in _EMPTY):
            wrong[name] = _EMPTY.get(name, "Välj en person på listan.")
    if wrong:
        raise Wrong(wrong)
    return Substitution(id=row_id, **values)


def wrong_of(bad: BadSubstitution) -> dict[str, str]:
    """Return a refusal as the field it is about and its sentence."""
    return {_FIELD.get(bad.code, "substitute_id"): str(bad)}


def _read(name: str, told: str) -> Any:
    try:
        if name == "unit":
            return told
        if name == "role":
            return Role(told)
        return date.fromisoformat(told) if name.endswith("_on") else UUID(told)
    except ValueError:
        return None
