"""How a command is asked for: its words on the page, and those of each of its fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Wanted = Callable[[Any], bool]
"""Told the scene, says whether a field is asked for at all."""


def always(_: Any) -> bool:
    """Ask for a field in every case."""
    return True


@dataclass(frozen=True, slots=True)
class Ask:
    """A field's words. `empty` is what is said when it must be filled in and is not.

    `rows` are the lines of a text; one line makes it a single-line field. `choices` names a
    list in `choices.py`, where the field's own name does not. `needed` asks for an answer
    though the command has one of its own. `within` names another field of the step, and
    `opened_by` the choices there that make this one asked for.
    """

    label: str
    hint: str = ""
    empty: str = ""
    rows: int = 4
    choices: str = ""
    needed: bool = False
    within: str = ""
    opened_by: frozenset[str] = frozenset()
    wanted: Wanted = always


@dataclass(frozen=True, slots=True)
class Step:
    """A command as people meet it: button, heading, and what is said when it is done.

    `link` are the words that lead to it, where those of its button would not tell enough.
    """

    button: str
    title: str
    done: str
    intro: str = ""
    link: str = ""
    asks: Mapping[str, Ask] = field(default_factory=dict[str, Ask])

    @property
    def leads(self) -> str:
        """The words of a link to it."""
        return self.link or self.button
