"""What a client sends to give a command: made from the command itself, so they cannot differ.

Where the command holds the key of words in the vault, the form takes the words; a new id may be
chosen by the client, so that sending twice does once; what the shell knows is not asked for.
"""

import dataclasses
from collections.abc import Mapping
from typing import Annotated, Any, Final, get_args, get_type_hints

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    StringConstraints,
    create_model,
    field_validator,
)

from events import holds_words
from services.intake.form import near, printable
from workflows.commands import Asked, Fresh, FromShell

LONGEST: Final = 20_000
"""Characters in one text of a command."""

Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST),
    AfterValidator(printable),
]
_FROM_THE_SHELL: Final = frozenset(field.name for field in dataclasses.fields(Asked))


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")

    _near = field_validator("*")(near)


@dataclasses.dataclass(frozen=True, slots=True)
class CommandForm:
    """A form; which of its fields are words for the vault, and which new ids.

    `shell` names the command's fields that no client fills in, and what each asks for.
    """

    model: type[BaseModel]
    words: frozenset[str]
    fresh: frozenset[str]
    shell: Mapping[str, str]


def form_of(command: type[Any]) -> CommandForm:
    """Make the form of a command."""
    hints = get_type_hints(command, include_extras=True)
    fields: dict[str, Any] = {}
    words, fresh = set(), set()
    shell: dict[str, str] = {}
    for field in dataclasses.fields(command):
        if field.name in _FROM_THE_SHELL:
            continue
        hint = hints[field.name]
        if from_shell(hint):
            shell[field.name] = from_shell(hint)
            continue
        required = field.default is dataclasses.MISSING
        default = ... if required else field.default
        if holds_words(hint):
            words.add(field.name)
            hint = Text if required else Text | None
        elif any(isinstance(part, Fresh) for part in getattr(hint, "__metadata__", ())):
            fresh.add(field.name)
            hint, default = get_args(hint)[0] | None, None
        fields[field.name] = (hint, default)
    model = create_model(
        f"{command.__name__}Form",
        __base__=_Form,
        __doc__=command.__doc__,
        **fields,
    )
    return CommandForm(model, frozenset(words), frozenset(fresh), shell)


def from_shell(hint: object) -> str:
    """Return what of the shell's knowledge a field asks for; empty where it asks for none."""
    marks = getattr(hint, "__metadata__", ())
    return next((it.what for it in marks if isinstance(it, FromShell)), "")
