"""The answer, for whoever holds a receipt code: to read, and to write back. No login."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from infra.people.receipt_codes import LONGEST
from services.complainant_view import Answers, read_under, write_under
from services.intake.form import Story
from services.web.admission import Admission
from services.web.pace import Pace
from services.web.problem import Problem

router = APIRouter(prefix="/api/v1/answers", tags=["answers"])

_WRITTEN: Final = "Tack! Vi har fått det du skrev."
_MANY: Final = {"description": "Too many from the same place; see Retry-After"}
_WRONG: Final = {"description": "The code leads nowhere"}


class Code(BaseModel):
    """A receipt code as somebody types it: case, spaces and dashes make no difference."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(min_length=1, max_length=LONGEST, examples=["7K3M-Q9TX-2FHW-D8NP"])


class NewMessage(Code):
    """More to say, under an id that the client made."""

    id: UUID
    text: Story


class Written(BaseModel):
    """The message is with us."""

    id: UUID
    says: str


async def _pace(request: Request) -> Pace:
    pace: Pace = request.app.state.pace
    pace.take(request.client.host if request.client else "")
    return pace


Paced = Annotated[Pace, Depends(_pace, scope="function")]


@router.post("", responses={404: _WRONG, 429: _MANY})
async def read_answers(given: Code, pace: Paced) -> Answers:
    """Read how far it has come and everything said so far. The reading is written down."""
    with pace.turn():
        found = await read_under(given.code)
    if found is None:
        raise _wrong()
    return found


@router.post(
    "/messages",
    status_code=201,
    responses={
        200: {"model": Written, "description": "The same message was here already"},
        404: _WRONG,
        409: {"description": "Other words stand under that id"},
        429: _MANY,
        503: {"description": "More comes in than can be handled; see Retry-After"},
    },
)
async def write_back(
    given: NewMessage, request: Request, response: Response, pace: Paced
) -> Written:
    """Write more. Sending it again under the same id is safe."""
    admission: Admission = request.app.state.admission
    admission.check()
    with pace.turn():
        new = await write_under(given.code, given.id, given.text)
    if new is None:
        raise _wrong()
    if not new:
        response.status_code = 200
    return Written(id=given.id, says=_WRITTEN)


def _wrong() -> Problem:
    said = "Koden stämmer inte. Kolla att du har skrivit rätt."
    return Problem(404, "wrong_code", said)
