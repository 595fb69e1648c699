"""A row from another system: what it says, checked, as a report with its history."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self
from uuid import UUID, uuid5

import orjson
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from events import Code, Score, Source
from services.intake.accept import Report
from services.intake.form import HistoryForm, Story
from services.trace import new_trace
from workflows.commands import ImportHistory
from workflows.rules.calendar import ZONE
from workflows.terms.categories import CATEGORIES
from workflows.terms.codes import import_outcomes

BY: Final = "system:import"
NO_TEXT: Final = "(Texten fördes inte över från det tidigare systemet.)"
_NAMESPACE: Final = UUID("0b1e1f0e-6a0f-4c55-9a51-4f6f7f1f2c6d")
_ERROR: Final = "import"


class UnreadableFile(Exception):  # noqa: N818 - says what to mend
    """The file is neither CSV nor JSON Lines as we know them."""


def _moment(given: object) -> object:
    """Read a day or a moment; without a zone it is Swedish time."""
    if not isinstance(given, str):
        return given
    try:
        if len(given) == len("2020-01-01"):
            return datetime.combine(date.fromisoformat(given), time(12), ZONE)
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise PydanticCustomError(
            _ERROR, "Tiden går inte att läsa. Skriv 2020-03-02 eller 2020-03-02T07:30."
        ) from None
    return moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment


def _listed(words: dict[str, Any], says: str) -> AfterValidator:
    def check(code: str) -> str:
        if code not in words:
            raise PydanticCustomError(_ERROR, says)
        return code

    return AfterValidator(check)


Moment = Annotated[datetime, BeforeValidator(_moment)]


class HistoryRow(BaseModel):
    """One report from another system. Only id, kind, reported_at and unit are mandatory.

    What it was, how grave, and whether IVO was notified are told apart: a case may have gone
    to IVO without having been called serious there.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    kind: Literal["deviation", "complaint", "lex_sarah"]
    reported_at: Moment
    unit: Code
    occurred_at: Moment | None = None
    reported_by_unit: Code | None = None
    category: Annotated[str, _listed(CATEGORIES, "Kategorin finns inte.")] | None = None
    text: Story | None = None
    consequence: Score | None = None
    likelihood: Score | None = None
    outcome: str | None = None
    ivo_notified: bool | None = None
    closed_at: Moment | None = Field(None)

    @model_validator(mode="after")
    def _the_kind_has_such_an_ending(self) -> Self:
        allowed = import_outcomes(self.kind)
        if self.outcome is not None and self.outcome not in allowed:
            raise PydanticCustomError(
                _ERROR, f"Utfallet finns inte. Välj ett av: {', '.join(sorted(allowed))}."
            )
        if self.ivo_notified and self.kind != "lex_sarah":
            raise PydanticCustomError(_ERROR, "Bara ett lex Sarah-ärende anmäls till IVO.")
        return self

    def report(self, at: datetime) -> Report:
        """Return the row as a report that comes in at `at`."""
        return Report(
            report_id=_report_id(self.kind, self.id),
            form=HistoryForm(
                kind=self.kind,
                unit=self.unit,
                text=self.text or NO_TEXT,
                occurred_at=self.occurred_at,
                reported_by_unit=self.reported_by_unit,
                source=Source.IMPORT,
            ),
            at=at,
            by=BY,
            trace=new_trace(),
            received_at=self.reported_at,
            history=ImportHistory(
                at=at,
                by=BY,
                category=self.category,
                consequence=self.consequence,
                likelihood=self.likelihood,
                outcome=self.outcome,
                ivo_notified=self.ivo_notified,
                closed_at=self.closed_at,
            ),
        )


def rows_of(file: Path) -> Iterator[tuple[int, Any]]:
    """Yield line number and content of each row; empty cells of a CSV are left out.

    Raises `UnreadableFile` for what is neither `.csv` nor JSON Lines in UTF-8. A JSON line that
    cannot be read is yielded as None, so that it is refused as a row and not with the file.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"Filen {file} går inte att läsa som UTF-8.") from error
    if file.suffix.lower() == ".csv":
        header = text.partition("\n")[0]
        reader = csv.DictReader(
            text.splitlines(keepends=True),
            restkey="(en kolumn för mycket)",
            delimiter=";" if header.count(";") > header.count(",") else ",",
        )
        for row in reader:
            yield reader.line_num, {name: cell for name, cell in row.items() if cell}
        return
    for n, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                yield n, orjson.loads(line)
            except orjson.JSONDecodeError:
                yield n, None


def _report_id(kind: str, told: str) -> UUID:
    """Return the row's id; another system may number each kind of case from one."""
    try:
        return UUID(told)
    except ValueError:
        return uuid5(_NAMESPACE, told if kind == "deviation" else f"{kind} {told}")
