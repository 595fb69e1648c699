"""The answer, for whoever holds a code: to read, and to write back.

The code is only ever in what a page posts. Staff who reported without a name come here too:
the words fit both.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Self
from uuid import UUID, uuid4, uuid5

from fastapi import APIRouter, Request, Response

from infra.absence import absent
from infra.people.receipt_codes import LONGEST as LONGEST_CODE
from services.complainant_view import ERASED, Answers, read_under, write_under
from services.intake.form import LONGEST
from services.intake.group import Full
from services.report_steps import STEP_KEYS
from services.web.admission import Admission
from services.web.pace import Pace
from services.web.pages.citizen.told import id_of
from services.web.pages.look import language_of, page, speak
from services.web.pages.posted import Posted, posted
from services.web.problem import Problem
from workflows.rules.calendar import local_day

router = APIRouter(include_in_schema=False)

SAID_BY: Final = {
    ("you", "message"): "kod.du.skrev",
    ("us", "message"): "kod.meddelande",
    ("us", "acknowledgement"): "kod.bekraftelse",
    ("us", "answer"): "kod.svar",
}
"""What stands above each thing said: by whom, and what it is."""


class _No(Exception):  # noqa: N818 - an answer
    """It can't be done; the text of `key` says why, at the field."""

    def __init__(
        self,
        field: str,
        key: str,
        status: int = 422,
        headers: Mapping[str, str] | None = None,
        **values: int,
    ) -> None:
        super().__init__(key)
        self.field = field
        self.key = key
        self.status = status
        self.headers = headers
        self.values = values


@dataclass(frozen=True, slots=True)
class _Given:
    """What the page held: the code, and what was written, if anything was to be sent."""

    code: str
    writes: bool
    text: str
    message_id: UUID

    @classmethod
    def read(cls, form: Posted) -> Self:
        return cls(
            code=form.one("code")[:LONGEST_CODE],
            writes=form.one("go") == "write",
            text=form.one("text"),
            message_id=id_of(form.one("id")),
        )


@router.get("/svar")
async def ask_code(request: Request) -> Response:
    """Ask for the code."""
    return _asked(request, _Given("", writes=False, text="", message_id=uuid4()))


@router.post("/svar")
async def read_or_write(request: Request) -> Response:
    """Show what stands under the code; take in a message first, where one was sent."""
    form = await posted(request)
    given = _Given.read(form)
    if form.has("sprak"):
        speak(request, form.one("sprak"))
        if form.one("at") == "code":
            return _asked(request, given)
    try:
        with _turn(request):
            no = await _written(request, given) if given.writes else None
            found = await _found(given.code)
    except _No as wrong:
        return _asked(request, given, wrong)
    except Exception as error:
        if not absent(error):
            raise
        return _asked(request, given, _No("code", "kod.fel.server", 503))
    return _shown(request, given, found, no)


@contextmanager
def _turn(request: Request) -> Iterator[None]:
    """Let one through at the pace of all who guess at codes, right or wrong."""
    pace: Pace = request.app.state.pace
    try:
        pace.take(request.client.host if request.client else "")
        with pace.turn():
            yield
    except Problem as many:
        raise _No("code", "kod.fel.manga", many.status, many.headers) from None


async def _found(code: str) -> Answers:
    found = await read_under(code)
    if found is None:
        raise _No("code", "kod.fel")
    return found


async def _written(request: Request, given: _Given) -> _No | None:
    """Take in a message; return why not, where that can be mended where it was written."""
    if not given.code:
        return None
    if fault := _fault(given.text):
        return fault
    admission: Admission = request.app.state.admission
    # The words are part of the id: whoever goes back and writes something else says more, and
    # only the same words sent again are the same message.
    message_id = uuid5(given.message_id, given.text)
    try:
        admission.check()
        if await write_under(given.code, message_id, given.text) is None:
            raise _No("code", "kod.fel")
    except Full:
        return _No("text", "klagomal.fel.upptaget", 503, {"Retry-After": "60"})
    return None


def _fault(text: str) -> _No | None:
    if not any(it.isprintable() and not it.isspace() for it in text):
        return _No("text", "kod.skrivmer.tom")
    if "\x00" in text:
        return _No("text", "klagomal.fel.tecken")
    over = len(text) - LONGEST
    return _No("text", "kod.skrivmer.lang", n=over) if over > 0 else None


def _asked(request: Request, given: _Given, no: _No | None = None) -> Response:
    """Ask for the code; what was to be sent under a code that failed is not lost."""
    t = language_of(request)
    if no and no.key == "kod.fel" and not given.code:
        no = _No("code", "kod.fel.tom")
    return page(
        request,
        "citizen/code_asked.html",
        status=no.status if no else 200,
        headers=no.headers if no else None,
        given=given,
        wrong={no.field: t(no.key, **no.values)} if no else {},
    )


def _shown(request: Request, given: _Given, found: Answers, no: _No | None) -> Response:
    t = language_of(request)
    sent = given.writes and no is None
    return page(
        request,
        "citizen/answers.html",
        status=no.status if no else 200,
        headers=no.headers if no else None,
        given=given,
        # A new message has a new id; one that was not taken keeps its own.
        message_id=uuid4() if sent else given.message_id,
        text="" if sent else given.text,
        found=found,
        step_key=STEP_KEYS[found.phase],
        said_by=SAID_BY,
        erased=ERASED,
        answered=any(it.kind == "answer" for it in found.messages),
        answer_by=local_day(found.answer_by) if found.answer_by else None,
        sent=sent,
        local_day=local_day,
        wrong={no.field: t(no.key, **no.values)} if no else {},
    )
