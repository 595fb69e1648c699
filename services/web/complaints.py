"""The door for everybody: a complaint, a suggestion or praise, without a login.

Nothing that could tell who sent it is written down: no address, no trace of the sender's own.
"""

from contextlib import nullcontext
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ValidationError

from events import Source
from infra import clock
from infra.people.identity import Actor as Known
from services.intake import units
from services.intake.accept import Report, was_accepted
from services.intake.codes import NO_MORE, SAVE_IT, code_for, hidden_id
from services.intake.complaint import ComplaintBody, ToldBack
from services.intake.group import GroupCommit
from services.metrics import REPORTS
from services.web import describe
from services.web.admission import Admission
from services.web.deps import Trace, who_asks
from services.web.filing import unknown_unit
from services.web.limits import REPORT_BYTES, body_of
from services.web.pace import Pace
from services.web.problem import Problem, forbidden, invalid, not_utf8
from workflows import Refusal
from workflows.access import may
from workflows.classify import suggest

router = APIRouter(prefix="/api/v1/complaints", tags=["complaints"])

BY: Final = "system:complaints"
_TOO_LONG: Final = "Det du skrev är för långt. Korta texten till högst 20 000 tecken."
_THANKS: Final = "Tack! Vi har tagit emot det du skrev."
_HERE_ALREADY: Final = "Vi hade redan tagit emot det du skrev."
_DANGER: Final = "Är det bråttom? Ring 112."


class ComplaintReceipt(BaseModel):
    """The number, what happens next in words, and the code that the answer is read under.

    The code is told here and never again. `case_id` is for staff who typed it in.
    """

    number: str
    says: str
    code: str | None = None
    danger: bool = False
    on_call_phone: str | None = None
    case_id: UUID | None = None


async def _sender(request: Request) -> Known | None:
    """Return the member of staff who types it in for somebody; None is somebody themselves."""
    if "authorization" in request.headers:
        return await who_asks(request)
    pace: Pace = request.app.state.pace
    pace.take(request.client.host if request.client else "")
    return None


@router.put(
    "/{report_id}",
    status_code=201,
    response_model_exclude_none=True,
    openapi_extra=describe.COMPLAINT,
    responses={
        200: {"model": ComplaintReceipt, "description": "The same content was here already"},
        403: {"description": "Your roles do not let you type in for others"},
        429: {"description": "Too many from the same place; see Retry-After"},
        503: {"description": "More comes in than can be handled; see Retry-After"},
    },
)
async def tell_us(
    report_id: UUID,
    request: Request,
    response: Response,
    trace: Trace,
    actor: Annotated[Known | None, Depends(_sender, scope="function")],
) -> ComplaintReceipt:
    """Tell us something, under an id that the client made; sending it again is safe.

    Without a login it is somebody themselves. With one it is staff who type it in for somebody,
    and say whence they have it. The same content again within a day gives a new code, and the
    old one stops. Other content under the same id becomes a case of its own, flagged as a twin.
    """
    admission: Admission = request.app.state.admission
    admission.check()
    if actor is not None and not may("file-report", actor.roles):
        raise forbidden()
    told = await _told(request)
    source = _source(told, actor)
    pace: Pace = request.app.state.pace
    with pace.turn() if actor is None else nullcontext():
        report = await _report(report_id, told, source, actor, trace)
        refused = await unknown_unit(report.form)
        if refused and not await was_accepted(report):
            raise refused
        return await _taken(request, response, told, report, actor)


async def _taken(
    request: Request,
    response: Response,
    told: ComplaintBody,
    report: Report,
    actor: Known | None,
) -> ComplaintReceipt:
    writer: GroupCommit = request.app.state.writer
    result = await writer.accept(report)
    if isinstance(result, Refusal):
        REPORTS.labels(outcome="refused").inc()
        raise Problem(422, result.code, str(result), more=result.detail)
    REPORTS.labels(outcome="accepted" if result.new else "repeated").inc()
    if not result.new:
        response.status_code = 200
    wanted = _gets_code(told, actor)
    code = await code_for(report.report_id, result) if wanted else None
    danger = suggest(f"{told.text}\n{told.wish or ''}").immediate_danger
    unit = (await units.described()).get(report.form.unit) if danger else None
    on_call = unit.on_call_phone if unit else None
    says = [
        *([_DANGER] if danger else []),
        *([f"Du kan också ringa jouren: {on_call}."] if on_call else []),
        *([NO_MORE] if wanted and not code else [_THANKS if result.new else _HERE_ALREADY]),
        *([SAVE_IT] if code else []),
    ]
    return ComplaintReceipt(
        number=result.number,
        says=" ".join(says),
        code=code,
        danger=danger,
        on_call_phone=on_call,
        case_id=result.case_id if actor else None,
    )


async def _told(request: Request) -> ComplaintBody:
    body = await body_of(request, REPORT_BYTES, _TOO_LONG)
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        raise not_utf8() from None
    try:
        return ComplaintBody.model_validate_json(body)
    except ValidationError as error:
        raise invalid(error.errors(include_url=False, include_input=False)) from None


def _source(told: ComplaintBody, actor: Known | None) -> Source:
    if actor is None:
        return Source.WEB
    if told.source is None:
        raise _wrong("source", "source_missing", "Ange hur det kom in, till exempel call.")
    return Source(told.source)


async def _report(
    report_id: UUID, told: ComplaintBody, source: Source, actor: Known | None, trace: str
) -> Report:
    unit = told.unit or await units.reception()
    if unit is None:
        says = "Välj en verksamhet. Det finns ingen mottagning som tar emot det annars."
        raise _wrong("unit", "no_reception", says)
    # Nobody's own: who typed it in is no reporter, and is owed no answer.
    return Report(
        report_id=hidden_id(report_id),
        form=told.form(unit, source),
        at=clock.now(),
        by=str(actor.account_id) if actor else BY,
        trace=trace,
    )


def _gets_code(told: ComplaintBody, actor: Known | None) -> bool:
    """Tell who gets a code: everybody who wants to hear from us.

    It costs nothing, and whoever asked for a call can read the same words in peace and write
    back. Staff type in for people who may never see a screen: then where the answer needs one,
    or where it was asked for, to be written on the slip.
    """
    if actor is None:
        return told.answer_way is not ToldBack.NONE
    return told.code or told.reads_under_code


def _wrong(field: str, code: str, says: str) -> Problem:
    return Problem(422, code, says, more={"errors": [{"field": field, "says": says}]})
