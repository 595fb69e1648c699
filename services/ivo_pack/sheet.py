"""What a version of the pack says, field by field, and what it lacked when it was made."""

from collections.abc import Sequence
from typing import Self

from pydantic import BaseModel

from services.documents import (
    Attachment,
    Content,
    Missing,
    filled_in,
    missing,
    to_copy,
    warnings,
)


class Lack(BaseModel):
    """Something that the pack lacks, in a code and in words."""

    code: str
    says: str


class SheetField(BaseModel):
    """A field of the form: `confirmed` where its name is known to be the form's own."""

    label: str
    confirmed: bool
    value: str

    @property
    def to_copy(self) -> str | None:
        """What goes into the field; None where the value only says what to do."""
        return to_copy(self.value)


class SheetPart(BaseModel):
    """A part of the form under its heading."""

    title: str
    confirmed: bool
    fields: list[SheetField]


class Sheet(BaseModel):
    """The form as a version fills it in, what that lacks, and what hinders nobody."""

    parts: list[SheetPart]
    missing: list[Lack]
    warnings: list[Lack]

    @classmethod
    def of(cls, content: Content, files: Sequence[Attachment] = ()) -> Self:
        """Fill in the form from what the documents say."""
        return cls(
            parts=[SheetPart.model_validate(it) for it in filled_in(content)],
            missing=_said(missing(content, files)),
            warnings=_said(warnings(content)),
        )

    def differs_from(self, other: "Sheet") -> list[str]:
        """Name the fields that another sheet fills in otherwise, in the form's order."""
        return [
            field.label
            for part, its in zip(self.parts, other.parts, strict=False)
            for field, that in zip(part.fields, its.fields, strict=False)
            if field != that
        ]


def _said(lacks: list[Missing]) -> list[Lack]:
    return [Lack(code=it.code, says=it.says) for it in lacks]
