"""What a report consists of, however it comes in."""

from datetime import date
from typing import Annotated, Final, Literal, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError
from typing_extensions import override

from events import AnswerWay, Code, Harm, Relation, Source
from workflows.terms.hints import known

LONGEST: Final = 20_000
"""Characters in a story; a report needs one sentence, a long one fits forty pages."""


def printable(text: str) -> str:
    """Refuse the one character that PostgreSQL cannot keep, and what only looks like a text."""
    if "\x00" in text:
        raise PydanticCustomError("nul", "Texten har ett tecken som inte går att spara.")
    if not any(it.isprintable() and not it.isspace() for it in text):
        raise PydanticCustomError("nul", "Texten är tom. En mening räcker.")
    return text


YEARS: Final = range(1900, 2200)
"""Those that can be told of: the calendar must not end where a day is counted on or back."""


def near(value: object) -> object:
    """Refuse a day or a moment so far off that the calendar ends before it can be told."""
    if isinstance(value, date) and value.year not in YEARS:
        raise PydanticCustomError("too_far", "Årtalet går inte att använda. Kontrollera dagen.")
    return value


def _hint(code: str) -> str:
    if not known(code):
        raise PydanticCustomError("unknown_category", "Kategorin finns inte på listan.")
    return code


Moment = Annotated[AwareDatetime, AfterValidator(near)]
Story = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST),
    AfterValidator(printable),
]
Short = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    AfterValidator(printable),
]


class ReportForm(BaseModel):
    """A report as it is sent: the unit where it happened, what happened, and if harm was done.

    `category` may be a category or a tile; it is a hint and decides nothing. `about` says who
    it concerns; like `text` and `complainant` it is kept encrypted and never leaves the vault.
    `reported_by_unit` is the reporter's unit where that is another one. `repeats` is the id of
    an earlier report from the same unit of which this is one more: the cases are linked.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    unit: Code
    text: Story
    harm: Harm = Harm.UNKNOWN
    occurred_at: AwareDatetime | None = None
    written_at: AwareDatetime | None = None
    category: Annotated[Code, AfterValidator(_hint)] | None = None
    about: Short | None = None
    complainant: Short | None = None
    reported_by_unit: Code | None = None
    source: Source = Source.SYSTEM
    anonymous: bool = False
    lex_sarah: bool = False
    repeats: UUID | None = None

    @property
    def case_type(self) -> str:
        """The kind of case that it opens."""
        return "lex_sarah" if self.lex_sarah else "deviation"

    @field_validator("source")
    @classmethod
    def _history_comes_by_import(cls, source: Source) -> Source:
        # A case marked as history starts no clock and tells nobody: only a file may say so.
        if source is Source.IMPORT and cls is not HistoryForm:
            raise PydanticCustomError("import", "Källan import går bara att använda ur en fil.")
        return source

    @model_validator(mode="after")
    def _a_lex_sarah_report_has_a_name(self) -> Self:
        if self.lex_sarah and self.anonymous:
            raise PydanticCustomError(
                "lex_sarah_named",
                "En lex Sarah-rapport behöver ditt namn. Utan namn blir den en avvikelse.",
            )
        return self


class ComplaintForm(ReportForm):
    """What somebody outside tells us. The sender never says if it is a complaint: staff do.

    `complainant` is a name, `contact` an address or number for the chosen way of answering,
    `language` the one to answer in.
    """

    relation: Relation = Relation.OTHER
    answer_way: AnswerWay | None = None
    contact: Short | None = None
    wish: Story | None = None
    language: Short | None = None

    @property
    @override
    def case_type(self) -> str:
        return "complaint"


class HistoryForm(ReportForm):
    """A report that another system kept: made from a row of a file, never sent by a client."""

    kind: Literal["deviation", "complaint", "lex_sarah"] = "deviation"

    @property
    @override
    def case_type(self) -> str:
        return self.kind


class IntakeMessage(ReportForm):
    """A report that another system publishes on `intake.report`, with the id it chose."""

    id: UUID
    kind: Annotated[str, Field(pattern="^deviation$")] = "deviation"
