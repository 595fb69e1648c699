"""The door where a phone's envelopes come in: one at a time, again and again until answered.

Who wrote a report is said in it, by the ticket that the phone had when it was sent; whoever
happens to be logged in when the phone empties its queue is nobody here. Only a claim, pressed
by the person in question, lets the session say who it was.
"""

from datetime import date
from typing import Final
from uuid import UUID

import structlog
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ValidationError

from infra import clock
from infra.people import tickets
from infra.vault.envelopes import EnvelopeBroken
from services.intake.envelope import EnvelopeBody, Opened, by_our_clock, opened
from services.metrics import REPORTS
from services.web.admission import Admission
from services.web.deps import Trace
from services.web.filing import Filed, check_units, file, report_of
from services.web.limits import ENVELOPE_BYTES, body_of
from services.web.pace import Pace
from services.web.pages.phone import photos
from services.web.pages.phone.deadline import read_by
from services.web.pages.visitor import somebody_or_nobody
from services.web.problem import Problem, forbidden, invalid
from workflows.access import may

router = APIRouter(include_in_schema=False)
log = structlog.get_logger()

_TOO_LARGE: Final = "Rapporten är för stor. Ta bort ett foto."
_BROKEN: Final = "Rapporten går inte att öppna. Visa det här för din chef."
_UNNAMED: Final = "Rapporten säger inte vem som skrev den. Logga in och svara om den är din."


class PhoneReceipt(BaseModel):
    """What the phone may now show in green.

    `read_by` is the day when the manager has read it at the latest; `photos_refused` how many
    photos could not be kept; `code` belongs to a report without a name, and is told once.
    """

    number: str
    case_id: UUID | None = None
    read_by: date | None = None
    code: str | None = None
    photos_refused: int = 0


@router.post("/kuvert/anonym/{report_id}")
async def take_anonymous(report_id: UUID, request: Request, response: Response) -> PhoneReceipt:
    """Take in an envelope without a name: no session is looked at, no trace is kept."""
    pace: Pace = request.app.state.pace
    pace.take(request.client.host if request.client else "")
    _admit(request)
    inside, _ = await _opened(report_id, request)
    if not inside.form.anonymous:
        raise _wrong_door()
    return await _filed(report_id, request, response, inside, None, "")


@router.post("/kuvert/{report_id}")
async def take(
    report_id: UUID, request: Request, response: Response, trace: Trace
) -> PhoneReceipt:
    """Take in an envelope; sending it again is safe and gets the same number.

    Refused with 401 while nobody has said who wrote it: it then stays in the phone.
    """
    _admit(request)
    inside, body = await _opened(report_id, request)
    if inside.form.anonymous:
        raise _wrong_door()
    writer = tickets.holder(inside.ticket, clock.now()) if inside.ticket else None
    if writer is None:
        writer = await _claimed(request) if body.claim else None
    if writer is None:
        raise Problem(401, "unnamed", _UNNAMED)
    return await _filed(report_id, request, response, inside, writer, trace)


def _admit(request: Request) -> None:
    admission: Admission = request.app.state.admission
    admission.check()


def _wrong_door() -> Problem:
    # Our page knows which door is which.
    return Problem(422, "wrong_door", _BROKEN)


async def _claimed(request: Request) -> UUID | None:
    actor = await somebody_or_nobody(request)
    if actor and not may("file-report", actor.roles):
        raise forbidden()
    return actor.account_id if actor else None


async def _opened(report_id: UUID, request: Request) -> tuple[Opened, EnvelopeBody]:
    content = await body_of(request, ENVELOPE_BYTES, _TOO_LARGE)
    try:
        body = EnvelopeBody.model_validate_json(content)
        return await opened(body, str(report_id)), body
    except ValidationError as error:
        _refused("invalid")
        raise invalid(error.errors(include_url=False, include_input=False)) from None
    except EnvelopeBroken as broken:
        _refused(str(broken))
        raise Problem(422, "broken", _BROKEN) from None


def _refused(why: str) -> None:
    # Not the id: that of an anonymous report is its sender's secret.
    REPORTS.labels(outcome="refused").inc()
    log.warning("envelope.refused", why=why)


async def _filed(
    report_id: UUID,
    request: Request,
    response: Response,
    inside: Opened,
    writer: UUID | None,
    trace: str,
) -> PhoneReceipt:
    now = clock.now()
    happened_at = by_our_clock(inside.form, now)
    report = report_of(report_id, inside.form, writer, trace, now, happened_at)
    await check_units(report, closed_too=True)
    filed: Filed = await file(request, report)
    receipt = filed.receipt
    response.status_code = 201 if filed.new else 200
    return PhoneReceipt(
        number=receipt.number,
        case_id=None if inside.form.anonymous else receipt.case_id,
        read_by=await read_by(receipt.case_id),
        code=receipt.code,
        photos_refused=await photos.keep(report, receipt.case_id, inside.photos),
    )
