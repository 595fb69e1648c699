"""How a command is asked for: its words on the page, and those of each of its fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Ask:
    """A field's words. `empty` is what is said when it must be filled in and is not.

    `rows` are the lines of a text; one line makes it a single-line field. `choices` names a
    list in `choices.py`, where the field's own name does not.
    """

    label: str
    hint: str = ""
    empty: str = ""
    rows: int = 4
    choices: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A command as people meet it: button, heading, and what is said when it is done."""

    button: str
    title: str
    done: str
    intro: str = ""
    asks: Mapping[str, Ask] = field(default_factory=dict[str, Ask])
