"""The door for everybody: a complaint, a suggestion or praise, without a login.

Nothing that could tell who sent it is written down: no address, no trace of the sender's own.
"""

from contextlib import nullcontext
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ValidationError

from events import Source
from infra.people.identity import Actor as Known
from services.intake.complaint import ComplaintBody
from services.intake.group import GroupCommit
from services.intake.outside import NoPlace, Taken, Telling, take_in
from services.web import describe
from services.web.admission import Admission
from services.web.deps import Trace, who_asks
from services.web.limits import REPORT_BYTES, body_of
from services.web.pace import Pace
from services.web.problem import Problem, forbidden, invalid, not_utf8
from workflows import Refusal
from workflows.access import may

router = APIRouter(prefix="/api/v1/complaints", tags=["complaints"])

_TOO_LONG: Final = "Det du skrev är för långt. Korta texten till högst 20 000 tecken."


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
    typed_by = actor.account_id if actor else None
    telling = Telling(report_id, told, _source(told, actor), trace, typed_by)
    pace: Pace = request.app.state.pace
    with pace.turn() if actor is None else nullcontext():
        taken = await _taken(request.app.state.writer, telling)
    if not taken.new:
        response.status_code = 200
    return ComplaintReceipt(
        number=taken.number,
        says=taken.says,
        code=taken.code,
        danger=taken.danger,
        on_call_phone=taken.on_call_phone,
        case_id=taken.case_id if actor else None,
    )


async def _taken(writer: GroupCommit, telling: Telling) -> Taken:
    try:
        return await take_in(writer, telling)
    except NoPlace as none:
        raise _wrong("unit", none.code, str(none)) from None
    except Refusal as refused:
        raise Problem(422, refused.code, str(refused), more=refused.detail) from None


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


def _wrong(field: str, code: str, says: str) -> Problem:
    return Problem(422, code, says, more={"errors": [{"field": field, "says": says}]})
