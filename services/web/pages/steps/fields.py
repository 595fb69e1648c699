"""A command's form as fields to draw, made from its model and its words."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin
from uuid import UUID, uuid4

from pydantic.fields import FieldInfo

from services.command_forms import LONGEST, CommandForm
from services.web.pages.steps.choices import CHOICES, Option, Scene
from services.web.pages.steps.ranges import ANY, Range, range_of
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
_LINE: Final = 200


@dataclass(frozen=True, slots=True)
class Field:
    """A field to draw: `values` is what it holds, `error` what was wrong with that.

    `opens` are its choices that open the field which stands `within` it. `fixed` is one that
    was named where the step was chosen, and is told instead of asked.
    """

    name: str
    kind: Kind
    ask: Ask
    required: bool
    options: list[Option]
    values: list[str]
    error: str = ""
    range: Range = ANY
    opens: frozenset[str] = frozenset()
    within: str = ""
    fixed: bool = False

    @property
    def value(self) -> str:
        """The one value of a field that has one."""
        return self.values[0] if self.values else ""

    @property
    def longest(self) -> int:
        """How many characters it takes."""
        return LONGEST if self.kind is Kind.TEXT else _LINE

    @property
    def told(self) -> list[str]:
        """The words of what it holds, where that is chosen from a list."""
        return [it.label for it in self.options if it.value in self.values]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a form is drawn from: the step's words, what it holds, and what was wrong.

    `fixed` names the fields that are told instead of asked.
    """

    step: Step
    form: CommandForm
    scene: Scene
    given: Given
    errors: Mapping[str, str] = field(default_factory=dict[str, str])
    fixed: Collection[str] = ()

    def field(self, name: str, info: FieldInfo, ask: Ask) -> Field:
        """Return one field of the form."""
        kind = kind_of(name, info.annotation, self.form, ask)
        shown = CELL if kind is Kind.MATRIX else name
        values = self.given(shown)
        if kind is Kind.HIDDEN and not values:
            values = _made(name, self.form, self.scene)
        options = _options(name, kind, ask, self.scene)
        inside = (it for it in self.step.asks.values() if it.within == name)
        listed = bool(values) and set(values) <= {it.value for it in options}
        return Field(
            name=shown,
            kind=kind,
            ask=ask,
            required=info.is_required() or ask.needed,
            options=options,
            values=values,
            error=self.errors.get(shown, ""),
            range=range_of(shown, moment=kind is Kind.MOMENT),
            opens=next((it.opened_by for it in inside), frozenset()),
            within=ask.within,
            fixed=shown in self.fixed and listed,
        )


def fields_of(drawing: Drawing) -> list[Field]:
    """List the fields in the order they are filled in; those the shell fills are not asked."""
    model = drawing.form.model.model_fields
    asks = {name: drawing.step.asks.get(name, Ask("")) for name in model}
    return _ordered(
        [
            drawing.field(name, info, asks[name])
            for name, info in model.items()
            if asks[name].wanted(drawing.scene)
            and not (name == MATRIX[1] and MATRIX[0] in model)
        ]
    )


def _ordered(fields: list[Field]) -> list[Field]:
    """Put what stands within another field right after that."""
    ordered: list[Field] = []
    for one in fields:
        if not one.within:
            ordered += [one, *(it for it in fields if it.within == one.name)]
    return ordered


def asked_for(fields: Collection[Field], one: Field) -> bool:
    """Tell whether a field is asked for by what was chosen in the one it stands within."""
    if not one.within:
        return True
    outer = next((it for it in fields if it.name == one.within), None)
    return outer is not None and outer.value in outer.opens


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
