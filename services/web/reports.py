"""Telling that something went wrong, and hearing what came of it."""

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ValidationError

from events import AnswerWay
from infra import clock
from infra.people.identity import Actor as Known
from services.intake import units
from services.intake.accept import Report, was_accepted
from services.intake.codes import NO_MORE, SAVE_IT, code_for, hidden_id
from services.intake.form import ReportForm
from services.intake.group import GroupCommit
from services.metrics import REPORTS
from services.reporter_view import MyReport, my_report, my_reports
from services.trace import new_trace
from services.web import describe
from services.web.admission import Admission
from services.web.deps import Actor, Session, Trace
from services.web.limits import REPORT_BYTES, body_of
from services.web.problem import Problem, forbidden, invalid, not_utf8
from workflows import Refusal
from workflows.access import may

router = APIRouter(prefix="/api/v1/reports", tags=["reports"])

_TOO_LONG: Final = "Rapporten är för lång. Korta texten till högst 20 000 tecken."


class Receipt(BaseModel):
    """What the phone gets back: the case, its number, and where to read what comes of it.

    An anonymous report is read under its code, told here and never again.
    """

    case_id: UUID
    number: str
    status_url: str
    code: str | None = None
    says: str | None = None


async def _form(request: Request) -> ReportForm:
    # Read by hand: one pass of pydantic over the bytes, and our own words for what is wrong.
    body = await body_of(request, REPORT_BYTES, _TOO_LONG)
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        raise not_utf8() from None
    try:
        return ReportForm.model_validate_json(body)
    except ValidationError as error:
        raise invalid(error.errors(include_url=False, include_input=False)) from None


@router.put(
    "/{report_id}",
    status_code=201,
    response_model_exclude_none=True,
    openapi_extra=describe.REPORT,
    responses={
        200: {"model": Receipt, "description": "The same content was here already"},
        503: {"description": "More comes in than can be handled; see Retry-After"},
    },
)
async def file_report(
    report_id: UUID,
    request: Request,
    response: Response,
    actor: Actor,
    trace: Trace,
    form: Annotated[ReportForm, Depends(_form)],
) -> Receipt:
    """File a report under an id that the client made; sending it again is safe.

    201 the first time, 200 with the same answer when the same content was there already.
    Other content under the same id becomes a report of its own, flagged as a twin.
    An anonymous one is answered with a receipt code; again within a day, with a new one.
    """
    admission: Admission = request.app.state.admission
    admission.check()
    if not may("file-report", actor.roles):
        raise forbidden()
    report = _report(report_id, form, actor, trace, clock.now())
    refused = await _unknown_unit(form)
    if refused and not await was_accepted(report):
        raise refused
    writer: GroupCommit = request.app.state.writer
    result = await writer.accept(report)
    if isinstance(result, Refusal):
        REPORTS.labels(outcome="refused").inc()
        raise Problem(422, result.code, str(result), more=result.detail)
    REPORTS.labels(outcome="accepted" if result.new else "repeated").inc()
    if not result.new:
        response.status_code = 200
    if form.anonymous:
        code = await code_for(report.report_id, result)
        return Receipt(
            case_id=result.case_id,
            number=result.number,
            status_url="/api/v1/answers",
            code=code,
            says=SAVE_IT if code else NO_MORE,
        )
    return Receipt(
        case_id=result.case_id,
        number=result.number,
        status_url=f"/api/v1/reports/{result.case_id}",
    )


async def _unknown_unit(form: ReportForm) -> Problem | None:
    """Say why this is not taken as a new report; an old one is answered all the same."""
    field = await units.unknown(form)
    if field is None:
        return None
    errors = [{"field": field, "says": units.UNKNOWN}]
    return Problem(422, "unknown_unit", units.UNKNOWN, more={"errors": errors})


def _report(
    report_id: UUID, form: ReportForm, actor: Known, trace: str, at: datetime
) -> Report:
    # An anonymous report must not tell who sent it: no id in the log, and no trace that the
    # sender's other requests may have too. Nor may its ids open what is the sender's to read.
    return Report(
        report_id=hidden_id(report_id) if form.anonymous else report_id,
        form=form,
        at=at,
        by="system:anonymous" if form.anonymous else str(actor.account_id),
        trace=new_trace() if form.anonymous else trace,
        reporter=None if form.anonymous else actor.account_id,
        answer_way=AnswerWay.CODE if form.anonymous else None,
    )


@router.get("")
async def list_mine(actor: Actor, session: Session) -> list[MyReport]:
    """List the reports you have filed, the newest first, with the step each has come to."""
    return await my_reports(session, actor.account_id)


@router.get("/{case_id}")
async def read_mine(case_id: UUID, actor: Actor, trace: Trace, session: Session) -> MyReport:
    """Read what has come of your own report, and the answer."""
    found = await my_report(session, actor.account_id, case_id, trace)
    if found is None:
        raise forbidden()
    return found
