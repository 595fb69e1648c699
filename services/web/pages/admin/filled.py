"""Reads a posted form into its model, or says in words what is wrong with which field."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from services.plain_errors import in_swedish
from services.web.pages.posted import Posted
from services.web.pages.steps.read import Wrong
from services.web.pages.steps.row import Ask

Form = TypeVar("Form", bound=BaseModel)
_UNSAID = frozenset({"missing", "string_too_short", "enum"})


def filled(model: type[Form], posted: Posted, asks: Mapping[str, Ask], **more: object) -> Form:
    """Return the filled-in form; what was left empty is left out. Raises `Wrong`."""
    found = {name: posted.one(name) for name in model.model_fields if posted.one(name)}
    given = {**found, **more}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise Wrong(_said(error, asks, given)) from None


def _said(
    error: ValidationError, asks: Mapping[str, Ask], given: Mapping[str, object]
) -> dict[str, str]:
    raw = error.errors(include_url=False, include_input=False)
    told: dict[str, str] = {}
    for one, plain in zip(raw, in_swedish(raw), strict=True):
        name = str(one["loc"][0]) if one["loc"] else ""
        ask = asks.get(name)
        said = plain["says"]
        if ask is not None:
            said = said.replace(f"Fältet {name}", f"”{ask.label}”")
            unsaid = one["type"] in _UNSAID or not given.get(name)
            said = ask.empty if ask.empty and unsaid else said
        told.setdefault(name, said)
    return told
