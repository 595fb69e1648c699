"""Says somebody's roles: each with the units where it is held."""

from collections.abc import Iterable, Mapping

from events import Role
from workflows.terms.labels import ROLES

EVERYWHERE_SAYS = "alla enheter"


def role_words(held: Iterable[tuple[Role, str | None]], names: Mapping[str, str]) -> list[str]:
    """Say each role once: `Enhetschef, Almgården och Lyktan`. `names` are the units'."""
    where: dict[Role, list[str]] = {}
    for role, unit in held:
        where.setdefault(role, []).append(
            EVERYWHERE_SAYS if unit is None else names.get(unit, unit)
        )
    return [f"{ROLES[role]}: {', '.join(sorted(units))}" for role, units in where.items()]
