"""Takes in what somebody outside tells us: once, at the unit or the reception, with a code."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from events import Source
from infra import clock
from services.intake import units
from services.intake.accept import Report, was_accepted
from services.intake.codes import NO_MORE, SAVE_IT, code_for, hidden_id
from services.intake.complaint import ComplaintBody, ToldBack
from services.intake.group import GroupCommit
from services.metrics import REPORTS
from workflows import Refusal
from workflows.classify import sounds_dangerous as sounding

BY: Final = "system:complaints"
_THANKS: Final = "Tack! Vi har tagit emot det du skrev."
_HERE_ALREADY: Final = "Vi hade redan tagit emot det du skrev."
_DANGER: Final = "Är det bråttom? Ring 112."
_NO_RECEPTION: Final = "Välj en verksamhet. Det finns ingen mottagning som tar emot det annars."


class NoPlace(Exception):  # noqa: N818 - an answer
    """No active unit takes it in: none of that name, or none was named and no reception."""

    def __init__(self, code: str, says: str) -> None:
        super().__init__(says)
        self.code = code


@dataclass(frozen=True, slots=True)
class Telling:
    """A checked body on its way in; `typed_by` is the account that types it in for somebody."""

    report_id: UUID
    body: ComplaintBody
    source: Source
    trace: str
    typed_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """Where it landed and what to say of it. `code` is told here and never again.

    `wants_code` without a code: the same came again after the day in which it gets a new one.
    """

    case_id: UUID
    number: str
    unit: str
    new: bool
    wants_code: bool
    code: str | None
    danger: bool
    on_call_phone: str | None

    @property
    def says(self) -> str:
        """What happened and what to do now, in Swedish, the urgent first."""
        lost = self.wants_code and not self.code
        on_call = self.on_call_phone
        return " ".join(
            [
                *([_DANGER] if self.danger else []),
                *([f"Du kan också ringa jouren: {on_call}."] if on_call else []),
                *([NO_MORE] if lost else [_THANKS if self.new else _HERE_ALREADY]),
                *([SAVE_IT] if self.code else []),
            ]
        )


async def take_in(writer: GroupCommit, telling: Telling) -> Taken:
    """Take it in; the same again within a day gets a new code, and the old one stops.

    Other content under the same id becomes a case of its own. Raises `NoPlace`, a `Refusal`,
    or `Full`.
    """
    report = await _report(telling)
    if await units.unknown(report.form) and not await was_accepted(report):
        raise NoPlace("unknown_unit", units.UNKNOWN)
    result = await writer.accept(report)
    if isinstance(result, Refusal):
        REPORTS.labels(outcome="refused").inc()
        raise result
    REPORTS.labels(outcome="accepted" if result.new else "repeated").inc()
    wants = _wants_code(telling)
    danger = sounds_dangerous(telling.body.text, telling.body.wish)
    unit = (await units.described()).get(report.form.unit) if danger else None
    return Taken(
        case_id=result.case_id,
        number=result.number,
        unit=report.form.unit,
        new=result.new,
        wants_code=wants,
        code=await code_for(report.report_id, result) if wants else None,
        danger=danger,
        on_call_phone=unit.on_call_phone if unit else None,
    )


def sounds_dangerous(text: str, wish: str | None) -> bool:
    """Tell whether the words are those of somebody in danger now."""
    return sounding(f"{text}\n{wish or ''}")


async def _report(telling: Telling) -> Report:
    unit = telling.body.unit or await units.reception()
    if unit is None:
        raise NoPlace("no_reception", _NO_RECEPTION)
    # Nobody's own: who typed it in is no reporter, and is owed no answer.
    return Report(
        report_id=hidden_id(telling.report_id),
        form=telling.body.form(unit, telling.source),
        at=clock.now(),
        by=str(telling.typed_by) if telling.typed_by else BY,
        trace=telling.trace,
    )


def _wants_code(telling: Telling) -> bool:
    """Tell who gets a code: everybody who wants to hear from us.

    It costs nothing, and whoever asked for a call can read the same words in peace and write
    back. Staff type in for people who may never see a screen: then where the answer needs one,
    or where it was asked for, to be written on the slip.
    """
    if telling.typed_by is None:
        return telling.body.answer_way is not ToldBack.NONE
    return telling.body.code or telling.body.reads_under_code
