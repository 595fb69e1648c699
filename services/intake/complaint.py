"""What somebody outside tells us, as it is sent: their words, and how we may answer."""

import re
from enum import StrEnum
from typing import Annotated, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from events import AnswerWay, Code, Relation, Source
from services.intake.form import ComplaintForm, Moment, Short, Story, printable

_EMAIL: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}"
)
"""One address as HTML forms know it, with a dot: room for no second one, no name, no line."""


class ToldBack(StrEnum):
    """How somebody outside wants to hear from us."""

    CODE = "code"
    EMAIL = "email"
    PHONE = "phone"
    LETTER = "letter"
    NONE = "none"


class TypedFrom(StrEnum):
    """Whence staff have what they type in for somebody."""

    CALL = "call"
    PAPER = "paper"
    LETTER = "letter"
    EMAIL = "email"
    IVO = "ivo"
    SPOKEN = "spoken"


_Language = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=60),
    AfterValidator(printable),
]
_ASKS_WHERE: Final = {
    ToldBack.EMAIL: "Skriv din e-postadress, till exempel namn@exempel.se.",
    ToldBack.PHONE: "Skriv ditt telefonnummer.",
    ToldBack.LETTER: "Skriv din adress.",
}


class ComplaintBody(BaseModel):
    """A complaint, suggestion or praise. Which of them it is, staff say.

    `contact` belongs to e-mail, phone and letter and to nothing else. `source` and `code` are
    for staff who type it in for somebody: whence they have it, and whether to make a receipt
    code to hand over; from the public `source` is always the web.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    unit: Code | None = None
    text: Story
    wish: Story | None = None
    relation: Relation
    answer_way: ToldBack
    contact: Annotated[Short | None, Field(validate_default=True)] = None
    complainant: Short | None = None
    about: Short | None = None
    occurred_at: Moment | None = None
    written_at: Moment | None = None
    language: _Language | None = None
    source: TypedFrom | None = None
    code: bool = False

    @field_validator("contact")
    @classmethod
    def _belongs_to_the_way(cls, contact: str | None, info: ValidationInfo) -> str | None:
        way = info.data.get("answer_way")
        if way is None:  # told already
            return contact
        asks = _ASKS_WHERE.get(way)
        wrong = way is ToldBack.EMAIL and not _EMAIL.fullmatch(contact or "")
        if asks and (contact is None or wrong):
            raise PydanticCustomError("contact", asks)
        if contact is not None and not asks:
            raise PydanticCustomError(
                "contact", "Ta bort kontaktuppgiften. Den behövs inte för det svar du valt."
            )
        return contact

    @property
    def reads_under_code(self) -> bool:
        """Whether the answer is promised under a receipt code, there or by mail about it."""
        return self.answer_way in (ToldBack.CODE, ToldBack.EMAIL)

    def form(self, unit: str, source: Source) -> ComplaintForm:
        """Return it as the intake takes it."""
        told = self.model_dump(exclude={"unit", "source", "code", "answer_way"})
        return ComplaintForm(
            **told, unit=unit, source=source, answer_way=AnswerWay(self.answer_way)
        )
