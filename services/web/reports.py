"""Telling that something went wrong, and hearing what came of it."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import ValidationError

from infra import clock
from services.intake.form import ReportForm
from services.reporter_view import MyReport, my_report, my_reports
from services.web import describe
from services.web.admission import Admission
from services.web.deps import Actor, Session, Trace
from services.web.filing import Receipt, check_units, file, report_of
from services.web.limits import REPORT_BYTES, body_of
from services.web.problem import forbidden, invalid, not_utf8
from workflows.access import may

router = APIRouter(prefix="/api/v1/reports", tags=["reports"])

_TOO_LONG: Final = "Rapporten är för lång. Korta texten till högst 20 000 tecken."


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
    report = report_of(report_id, form, actor.account_id, trace, clock.now())
    await check_units(report)
    filed = await file(request, report)
    if not filed.new:
        response.status_code = 200
    return filed.receipt


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
