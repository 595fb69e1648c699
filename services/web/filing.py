"""Taking a report in, whichever door it came by: the same writer, the same answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fastapi import Request
from pydantic import BaseModel

from events import AnswerWay
from services.intake import units
from services.intake.accept import Accepted, Report, was_accepted
from services.intake.codes import NO_MORE, SAVE_IT, code_for, hidden_id
from services.intake.form import ReportForm
from services.intake.group import GroupCommit
from services.metrics import REPORTS
from services.trace import new_trace
from services.web.problem import Problem
from workflows import Refusal


class Receipt(BaseModel):
    """What the phone gets back: the case, its number, and where to read what comes of it.

    An anonymous report is read under its code, told here and never again.
    """

    case_id: UUID
    number: str
    status_url: str
    code: str | None = None
    says: str | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """A report that is safe with us; not `new` where the same content was here already."""

    receipt: Receipt
    new: bool


def report_of(
    report_id: UUID,
    form: ReportForm,
    account_id: UUID | None,
    trace: str,
    at: datetime,
    happened_at: datetime | None = None,
) -> Report:
    """Return a checked form as the intake takes it; `account_id` is whose it is.

    An anonymous report must not tell who sent it: no id in the log, and no trace that the
    sender's other requests may have too. Nor may its ids open what is the sender's to read.
    """
    who = None if form.anonymous else account_id
    return Report(
        report_id=hidden_id(report_id) if form.anonymous else report_id,
        form=form,
        at=at,
        by="system:anonymous" if who is None else str(who),
        trace=new_trace() if form.anonymous else trace,
        reporter=who,
        answer_way=AnswerWay.CODE if form.anonymous else None,
        happened_at=happened_at,
    )


async def file(request: Request, report: Report) -> Filed:
    """Take a report in and answer once it is on disk; an anonymous one gets its code.

    Raises `Full`, and a 422 `Problem` for what is refused.
    """
    accepted = await accept(request, report)
    if not report.form.anonymous:
        status_url = f"/api/v1/reports/{accepted.case_id}"
        receipt = Receipt(
            case_id=accepted.case_id, number=accepted.number, status_url=status_url
        )
        return Filed(receipt, accepted.new)
    code = await code_for(report.report_id, accepted)
    receipt = Receipt(
        case_id=accepted.case_id,
        number=accepted.number,
        status_url="/api/v1/answers",
        code=code,
        says=SAVE_IT if code else NO_MORE,
    )
    return Filed(receipt, accepted.new)


async def accept(request: Request, report: Report) -> Accepted:
    """Write a report down with those that come in the same moment; see `file`."""
    writer: GroupCommit = request.app.state.writer
    result = await writer.accept(report)
    if isinstance(result, Refusal):
        REPORTS.labels(outcome="refused").inc()
        raise Problem(422, result.code, str(result), more=result.detail)
    REPORTS.labels(outcome="accepted" if result.new else "repeated").inc()
    return result


async def check_units(report: Report, *, closed_too: bool = False) -> None:
    """Raise a 422 `Problem` for a unit that takes no reports, see `units.unknown`.

    A report that is here already is answered all the same.
    """
    refused = await unknown_unit(report.form, closed_too=closed_too)
    if refused and not await was_accepted(report):
        raise refused


async def unknown_unit(form: ReportForm, *, closed_too: bool = False) -> Problem | None:
    """Say why this is not taken as a new report; an old one is answered all the same."""
    field = await units.unknown(form, closed_too=closed_too)
    if field is None:
        return None
    errors = [{"field": field, "says": units.UNKNOWN}]
    return Problem(422, "unknown_unit", units.UNKNOWN, more={"errors": errors})
