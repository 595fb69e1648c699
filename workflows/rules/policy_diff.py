"""How two policies differ: value by value for machines, in sentences for people.

What the policy's model has and this file does not know is told by its path: a new part of the
policy needs no change here.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

from events import Track
from workflows.policy import Policy
from workflows.rules.escalation import outcomes
from workflows.rules.policy_answer import Answer, Move, asked, moves
from workflows.rules.policy_words import floors, reminds, span
from workflows.terms.categories import CATEGORIES
from workflows.terms.labels import ROLES

_KEYS: Final = ("rule", "from_value", "code", "name", "role")
"""What tells the rows of a list apart, the first that does."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs; None on the side where it is absent."""

    path: tuple[str, ...]
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the matrix, and what follows there that did not before, on these tracks."""

    consequence: int
    likelihood: int
    tracks: tuple[Track, ...]
    moves: tuple[Move, ...]


def changes(old: Policy, new: Policy) -> list[Change]:
    """List every value that differs. The order of rules and bands means nothing."""
    return list(_walk((), _plain(old), _plain(new)))


def cells(old: Policy, new: Policy) -> list[Cell]:
    """List the cells of the matrix where something else follows, tracks alike put together."""
    found = []
    for consequence, likelihood in product(range(1, 5), repeat=2):
        alike: dict[tuple[Move, ...], list[Track]] = {}
        for track in Track:
            before = _answer(old, consequence, likelihood, track)
            after = _answer(new, consequence, likelihood, track)
            alike.setdefault(tuple(moves(before, after)), []).append(track)
        found += [
            Cell(consequence, likelihood, tuple(tracks), differs)
            for differs, tracks in alike.items()
            if differs
        ]
    return found


def in_words(old: Policy, new: Policy) -> dict[str, list[str]]:
    """Say every difference in Swedish, under the heading of its part of the policy."""
    said: dict[str, list[str]] = {}
    for group in _grouped(changes(old, new)):
        part = group[0].path[0]
        heading, says = _PARTS.get(part, ("Övrigt", _by_path))
        said.setdefault(heading, []).extend(says(group, old, new))
    if found := cells(old, new):
        said["Följder i matrisen"] = [_cell(it) for it in found]
    return said


def _plain(policy: Policy) -> dict[str, Any]:
    found = policy.model_dump(mode="json")
    found["categories_off"] = sorted(found["categories_off"])
    return found


def _walk(path: tuple[str, ...], old: Any, new: Any) -> Iterator[Change]:
    if old == new:
        return
    old_rows, new_rows = _rows(old), _rows(new)
    if key := next((it for it in _KEYS if _tells_apart(it, old_rows, new_rows)), None):
        old, new = ({str(row[key]): row for row in rows} for rows in (old_rows, new_rows))
    if isinstance(old, dict) and isinstance(new, dict):
        for name in [*old, *(new.keys() - old.keys())]:
            yield from _walk((*path, str(name)), old.get(name), new.get(name))
    else:
        yield Change(path, old, new)


def _rows(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(it, dict) for it in value):
        return []
    return value


def _tells_apart(key: str, *both: list[dict[str, Any]]) -> bool:
    named = [[row.get(key) for row in rows] for rows in both]
    return any(both) and all(
        None not in names and len(set(map(str, names))) == len(names) for names in named
    )


def _grouped(found: Sequence[Change]) -> Iterator[list[Change]]:
    """Put together what belongs to one rule, target or text, in the order of the policy."""
    groups: dict[tuple[str, ...], list[Change]] = {}
    for it in found:
        depth = 2 if it.path[0] in ("escalation", "targets", "notices") else 1
        groups.setdefault(it.path[:depth], []).append(it)
    yield from groups.values()


Says = Callable[[list[Change], Policy, Policy], list[str]]


def _by_path(group: list[Change], _old: Policy, _new: Policy) -> list[str]:
    return [f"{'.'.join(it.path)}: {_value(it.old)} → {_value(it.new)}." for it in group]


def _version(group: list[Change], _old: Policy, _new: Policy) -> list[str]:
    names = {
        "version": "Version",
        "municipality": "Kommun",
        "valid_from": "Gäller från",
    }
    return [f"{names[it.path[0]]}: {_value(it.old)} → {_value(it.new)}." for it in group]


def _text(group: list[Change], _old: Policy, _new: Policy) -> list[str]:
    code = group[0].path[-1]
    return [f"Text {code} {_fate(group[0], 'ändrad')}."]


def _categories(_group: list[Change], old: Policy, new: Policy) -> list[str]:
    off, on = new.categories_off - old.categories_off, old.categories_off - new.categories_off
    return [
        *(f"Kategorin {_category(it)} stängs av." for it in sorted(off)),
        *(f"Kategorin {_category(it)} kan väljas igen." for it in sorted(on)),
    ]


def _category(code: str) -> str:
    return CATEGORIES[code].label if code in CATEGORIES else code


def _target(group: list[Change], old: Policy, new: Policy) -> list[str]:
    code = group[0].path[1]
    before, after = old.targets.get(code), new.targets.get(code)
    named = before or after
    name = f"Målet {named.what if named else code}"
    if before is None or after is None:
        fate = "tillkommer" if after else "tas bort"
        return [f"{name} {fate} ({span(named)})." if named else f"{name} {fate}."]
    said = []
    if (old_time := span(before)) != (new_time := span(after)):
        said.append(f"{name}: {old_time} → {new_time}.")
    if (soon := reminds(before)) != (sooner := reminds(after)):
        said.append(f"{name}: påminnelse {soon} → {sooner}.")
    timed = (
        "working_days",
        "days",
        "hours",
        "remind_working_days_before",
        "remind_hours_before",
    )
    rest = [it for it in group if it.path[-1] not in timed]
    return said + [
        f"{name}, {'.'.join(it.path[2:])}: {_value(it.old)} → {_value(it.new)}." for it in rest
    ]


def _rule(group: list[Change], _old: Policy, _new: Policy) -> list[str]:
    name = f"Eskalering {group[0].path[1]}"
    if len(group[0].path) == 2:  # noqa: PLR2004 - the rule itself, not one of its values
        rule = group[0].new or group[0].old
        return [f"{name} {_fate(group[0])} ({floors(rule['when'])})."]
    return [f"{name}: {_rule_value(it)}." for it in group]


def _rule_value(it: Change) -> str:
    field = it.path[2]
    if field == "when":
        return f"tröskeln {floors(it.old)} → {floors(it.new)}"
    names = {
        "tell": "meddelas",
        "tracks": "gäller för",
        "why": "motiveringen",
        "at_once": "genast",
        "on_call": "jouren rings",
        "sas_position": "SAS tar ställning",
        "measures": "minsta antal åtgärder",
        "joint_follow_up": "verksamhetschefen deltar i uppföljningen",
    }
    return f"{names.get(field, '.'.join(it.path[2:]))}: {_value(it.old)} → {_value(it.new)}"


def _fate(it: Change, otherwise: str = "ändras") -> str:
    if it.old is None:
        return "tillkommer"
    return "tas bort" if it.new is None else otherwise


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, list):
        return ", ".join(map(_value, value)) or "ingen"
    if isinstance(value, dict):
        return "; ".join(f"{name} {_value(it)}" for name, it in value.items())
    if value is None:
        return "saknas"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    roles = {role.value: label for role, label in ROLES.items()}
    return roles.get(value, str(value))


def _answer(policy: Policy, consequence: int, likelihood: int, track: Track) -> Answer:
    label = policy.matrix.label(consequence * likelihood)
    return asked(outcomes(policy, consequence, likelihood, [track]), label)


def _cell(cell: Cell) -> str:
    where = f"Konsekvens {cell.consequence}, sannolikhet {cell.likelihood}"
    if len(cell.tracks) < len(Track):
        where += f" ({', '.join(cell.tracks)})"
    return f"{where}: {'; '.join(it.now for it in cell.moves)}."


_PARTS: Final[dict[str, tuple[str, Says]]] = {
    "version": ("Policyn", _version),
    "municipality": ("Policyn", _version),
    "valid_from": ("Policyn", _version),
    "matrix": ("Matris", _by_path),
    "escalation": ("Eskalering", _rule),
    "ticked_serious": ("Larm", _by_path),
    "danger_words": ("Larm", _by_path),
    "targets": ("Mål", _target),
    "ladder": ("Stege", _by_path),
    "categories_off": ("Kategorier", _categories),
    "notices": ("Texter", _text),
}
