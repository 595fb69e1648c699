"""Says what an administrator changed, field by field; values that name people are not there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from infra.people.admin_changes import Change
from services.administration.masked import CHANGED, SET
from services.web.pages.said import day
from workflows.terms.labels import OWNER_TYPES, ROLES
from workflows.terms.unit_kinds import UNIT_KINDS

WHAT: Final = {
    "unit.added": "La till en enhet",
    "unit.changed": "Ändrade en enhet",
    "account.added": "La till en person",
    "account.changed": "Ändrade en person",
    "role.granted": "Gav en roll",
    "role.withdrawn": "Tog bort en roll",
    "token.issued": "Skapade ett token",
    "token.revoked": "Återkallade ett token",
    "substitution.kept": "La in frånvaro eller vakans",
    "substitution.ended": "Avslutade frånvaro eller vakans",
    "policy.loaded": "Laddade en policy",
    "quarantine.retried": "Försökte igen från karantänen",
}
_FIELDS: Final = {
    "code": "Kortnamn",
    "name": "Namn",
    "kind": "Slag",
    "owner_type": "Drivs av",
    "provider": "Utförare",
    "on_call_phone": "Journummer",
    "active": "Öppet",
    "title": "Titel",
    "email": "E-post",
    "password": "Lösenord",
    "role": "Roll",
    "unit": "Enhet",
    "account_id": "Borta",
    "substitute_id": "Ersättare",
    "starts_on": "Första dagen",
    "ends_on": "Sista dagen",
    "valid_from": "Gäller från",
}
_MARKS: Final = {SET: "finns", CHANGED: "ändrat"}
_LABELS: Final = {
    "role": {str(code): label for code, label in ROLES.items()},
    "kind": UNIT_KINDS,
    "owner_type": {str(code): label for code, label in OWNER_TYPES.items()},
}
_PEOPLE: Final = frozenset({"account_id", "substitute_id"})
_UNTOLD: Final = frozenset({"token", "waiting"})
"""An id that nobody reads, and what is said by the change itself."""


@dataclass(frozen=True, slots=True)
class Known:
    """Today's names of the ids in the log."""

    people: Mapping[str, str]
    units: Mapping[str, str]


def about_says(change: Change, known: Known) -> tuple[str, str]:
    """Name what was changed, and the page about it."""
    kind = change.what.partition(".")[0]
    if kind == "unit":
        return known.units.get(change.about, change.about), f"/admin/enheter/{change.about}"
    if kind in ("account", "role", "token"):
        name = known.people.get(change.about, "Okänd")
        return name, f"/admin/personer/{change.about}"
    if kind == "substitution":
        told = {**change.before, **change.after}
        if who := told.get("account_id"):
            return known.people.get(who, "Okänd"), f"/admin/personer/{who}"
        unit = told.get("unit") or ""
        return known.units.get(unit, unit), f"/admin/enheter/{unit}" if unit else ""
    if kind == "policy":
        return f"Version {change.about}", f"/admin/policy?version={change.about}"
    return "", ""


def lines(change: Change, known: Known) -> list[str]:
    """Say each field: what it was and what it became."""
    said = []
    names = {**change.before, **change.after}
    for name in sorted(names.keys() - _UNTOLD, key=_place):
        label = _FIELDS.get(name, name)
        was, became = (
            _value(name, it.get(name), known) for it in (change.before, change.after)
        )
        if not change.before or change.after.get(name) == CHANGED:
            said.append(f"{label}: {became}")
        elif not change.after:
            said.append(f"{label}: {was}")
        else:
            said.append(f"{label}: {was} → {became}")
    return said


def _place(name: str) -> int:
    """Sort fields as people would tell them: the database does by the length of their names."""
    return [*_FIELDS].index(name) if name in _FIELDS else len(_FIELDS)


def _value(name: str, value: Any, known: Known) -> str:
    if value is None:
        return "alla enheter" if name == "unit" else "inget"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if name in _PEOPLE:
        return known.people.get(value, "okänd")
    if name == "unit":
        return known.units.get(value, value)
    if name in ("starts_on", "ends_on", "valid_from"):
        return day(date.fromisoformat(value))
    told = _LABELS.get(name, _MARKS).get(value, value)
    return str(told)
