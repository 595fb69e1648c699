"""Reads a posted step into the command's form, or says field by field what is wrong."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_numbers import case_of_number
from services.command_forms import CommandForm
from services.plain_errors import in_swedish
from services.web.pages.posted import Posted
from services.web.pages.steps.fields import CELL, MATRIX, Field, Kind, asked_for
from workflows.rules.calendar import ZONE

_WANTED = {
    Kind.TEXT: "Skriv något här.",
    Kind.LINE: "Skriv något här.",
    Kind.DAY: "Ange en dag.",
    Kind.MOMENT: "Ange dag och klockslag.",
}
_NO_SUCH_CASE = "Det finns inget ärende med det numret."
_NO_MOMENT = "Ange dag och klockslag, till exempel 2026-03-02 07:30."


class Wrong(Exception):  # noqa: N818 - an answer
    """The form can't be taken; `fields` says what is wrong with which."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = dict(fields)


async def read(
    session: AsyncSession, form: CommandForm, fields: Sequence[Field], posted: Posted
) -> BaseModel:
    """Return the filled-in form; raises `Wrong`."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field in fields:
        if not asked_for(fields, field):
            continue  # what stands behind another choice than the one made
        if field.kind is Kind.MATRIX:
            cell = posted.one(CELL).split("x")
            values |= dict(zip(MATRIX, cell, strict=False)) if len(cell) == len(MATRIX) else {}
        elif (value := await _value(session, field, posted, wrong)) not in ("", [], None):
            values[field.name] = value
        elif field.ask.needed and field.name not in wrong:
            wrong[field.name] = field.ask.empty
    _split_clock(values)
    try:
        filled = form.model.model_validate(values)
    except ValidationError as error:
        wrong = _said(error, fields) | wrong
    if wrong:
        raise Wrong(wrong)
    return filled


async def _value(
    session: AsyncSession, field: Field, posted: Posted, wrong: dict[str, str]
) -> Any:
    told = posted.one(field.name)
    match field.kind:
        case Kind.MANY:
            return posted.many(field.name)
        case Kind.YES_NO:
            return {"ja": True, "nej": False}.get(told)
        case Kind.MOMENT if told:
            return _moment(field.name, told, wrong)
        case Kind.CASE if told:
            found: UUID | None = await case_of_number(session, told)
            if found is None:
                wrong[field.name] = _NO_SUCH_CASE
            return found
        case _:
            return told


def _moment(name: str, told: str, wrong: dict[str, str]) -> datetime | None:
    try:
        return datetime.fromisoformat(told).replace(tzinfo=ZONE)
    except ValueError:
        wrong[name] = _NO_MOMENT
        return None


def _split_clock(values: dict[str, Any]) -> None:
    """Part the name of a clock from what it is about: on the page they are one choice."""
    code = values.get("code")
    if isinstance(code, str) and " " in code:
        values["code"], values["about"] = code.split(" ", 1)


def _said(error: ValidationError, fields: Sequence[Field]) -> dict[str, str]:
    by_name = {it.name: it for it in fields}
    raw = error.errors(include_url=False, include_input=False)
    told: dict[str, str] = {}
    for one, plain in zip(raw, in_swedish(raw), strict=True):
        name = str(one["loc"][0]) if one["loc"] else ""
        shown = CELL if name in MATRIX else name
        field = by_name.get(shown)
        told.setdefault(shown, _sentence(field, str(one["type"]), plain["says"]))
    return told


def _sentence(field: Field | None, kind: str, plain: str) -> str:
    if field is None:
        return plain
    if kind in ("missing", "string_too_short"):
        return field.ask.empty or _WANTED.get(field.kind, "Välj ett alternativ.")
    if field.kind in (Kind.CHOICE, Kind.MANY, Kind.YES_NO):
        return field.ask.empty or "Välj ett alternativ på listan."
    return plain.replace(f"Fältet {field.name}", f"”{field.ask.label}”")
