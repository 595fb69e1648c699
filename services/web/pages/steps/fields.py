"""A command's form as fields to draw, made from its model and its words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin
from uuid import UUID, uuid4

from services.command_forms import CommandForm
from services.web.pages.steps.choices import CHOICES, Option, Scene
from services.web.pages.steps.row import Ask, Step

Given = Callable[[str], list[str]]
"""What a field holds already: posted by somebody, or asked for in the address."""


class Kind(StrEnum):
    """How a field is drawn."""

    TEXT = "text"
    LINE = "line"
    CHOICE = "choice"
    MANY = "many"
    YES_NO = "yes_no"
    DAY = "day"
    MOMENT = "moment"
    CASE = "case"
    MATRIX = "matrix"
    HIDDEN = "hidden"


MATRIX: Final = ("consequence", "likelihood")
"""Two fields of one command that are one choice on the page, and its name there."""
CELL: Final = "cell"
_OTHER_CASES: Final = frozenset({"into", "other"})
_YES_NO: Final = [Option("ja", "Ja"), Option("nej", "Nej")]


@dataclass(frozen=True, slots=True)
class Field:
    """A field to draw: `values` is what it holds, `error` what was wrong with that."""

    name: str
    kind: Kind
    ask: Ask
    required: bool
    options: list[Option]
    values: list[str]
    error: str = ""

    @property
    def value(self) -> str:
        """The one value of a field that has one."""
        return self.values[0] if self.values else ""


def fields_of(
    step: Step, form: CommandForm, scene: Scene, given: Given, errors: dict[str, str]
) -> list[Field]:
    """List the fields in the order they are filled in; those the shell fills are not asked."""
    drawn = []
    for name, info in form.model.model_fields.items():
        ask = step.asks.get(name, Ask(""))
        kind = kind_of(name, info.annotation, form, ask)
        if name == MATRIX[1] and MATRIX[0] in form.model.model_fields:
            continue
        values = given(CELL if kind is Kind.MATRIX else name)
        if kind is Kind.HIDDEN and not values:
            values = _made(name, form, scene)
        drawn.append(
            Field(
                name=CELL if kind is Kind.MATRIX else name,
                kind=kind,
                ask=ask,
                required=info.is_required(),
                options=_options(name, kind, ask, scene),
                values=values,
                error=errors.get(name, ""),
            )
        )
    return drawn


def kind_of(name: str, annotation: Any, form: CommandForm, ask: Ask) -> Kind:
    """Tell how a field of this name and type is drawn."""
    if name in form.fresh or name in ("version_number", "about"):
        return Kind.HIDDEN
    if name == MATRIX[0] and MATRIX[1] in form.model.model_fields:
        return Kind.MATRIX
    if name in form.words:
        return Kind.TEXT if ask.rows > 1 else Kind.LINE
    if name in _OTHER_CASES:
        return Kind.CASE
    inner = _inner(annotation)
    if (ask.choices or name) in CHOICES:
        return Kind.MANY if get_origin(inner) is tuple else Kind.CHOICE
    by_type = {bool: Kind.YES_NO, date: Kind.DAY, datetime: Kind.MOMENT}
    return by_type.get(inner, Kind.LINE)


def _options(name: str, kind: Kind, ask: Ask, scene: Scene) -> list[Option]:
    if kind is Kind.YES_NO:
        return _YES_NO
    chosen = CHOICES.get(ask.choices or name)
    return chosen(scene) if chosen and kind in (Kind.CHOICE, Kind.MANY) else []


def _made(name: str, form: CommandForm, scene: Scene) -> list[str]:
    """Fill in what nobody types: a new id, or the version that stands."""
    if name in form.fresh:
        return [str(uuid4())]
    if name == "version_number" and scene.case.ivo:
        return [str(scene.case.ivo.version_number)]
    return []


def _inner(annotation: Any) -> Any:
    """Return a type without its marks and without None."""
    if get_origin(annotation) is Annotated:
        return _inner(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        [first, *_] = [it for it in get_args(annotation) if it is not type(None)]
        return _inner(first)
    if annotation is UUID or get_origin(annotation) is tuple:
        return annotation
    # pydantic's moment with a zone is a class of its own.
    name = getattr(annotation, "__name__", "")
    return datetime if name == "AwareDatetime" else annotation
