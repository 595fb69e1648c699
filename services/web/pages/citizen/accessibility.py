"""How accessible the pages are, told as the law asks, and a way to say what does not work."""

from typing import Final

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from events import Relation, Source
from services.intake.complaint import ComplaintBody, ToldBack
from services.intake.form import LONGEST
from services.intake.outside import NoPlace, Telling
from services.web.deps import Trace
from services.web.pages.citizen import receipt
from services.web.pages.citizen.places import places
from services.web.pages.citizen.sending import Busy, sent
from services.web.pages.citizen.told import id_of
from services.web.pages.look import language_of, page, speak
from services.web.pages.posted import Posted, posted

router = APIRouter(include_in_schema=False)

ABOVE: Final = "Fel i tillgänglighet:"
"""What the reception sees it by: there is no other kind of case for it."""


@router.get("/tillganglighet")
async def statement(request: Request) -> Response:
    """Show the statement."""
    name = await receipt.municipality()
    return page(request, "citizen/accessibility.html", municipality=name)


@router.get("/tillganglighet/fel")
async def ask_fault(request: Request) -> Response:
    """Ask what does not work."""
    return _drawn(request, Posted([]))


@router.post("/tillganglighet/fel")
async def tell_fault(request: Request, trace: Trace) -> Response:
    """Take it in as what anybody tells the reception; the answer stands under a code."""
    form = await posted(request)
    if form.has("sprak"):
        speak(request, form.one("sprak"))
        return _drawn(request, form)
    told = form.one("text")
    where = await places()
    try:
        body = ComplaintBody(
            unit=where.reception,
            text=f"{ABOVE} {told}" if told else "",
            relation=Relation.OTHER,
            answer_way=ToldBack.CODE,
        )
        taken = await sent(request, Telling(id_of(form.one("id")), body, Source.WEB, trace))
    except ValidationError:
        return _drawn(request, form, *_fault(told))
    except NoPlace:
        return _drawn(request, form, "tillganglighet.fel.ingen", 409)
    except Busy as busy:
        return _drawn(request, form, busy.key, busy.status, headers=busy.headers)
    return await receipt.first(request, taken, ToldBack.CODE)


def _fault(told: str) -> tuple[str, int, int]:
    over = len(f"{ABOVE} {told}") - LONGEST
    if over > 0:
        return "klagomal.fel.lang", 422, over
    return ("klagomal.fel.tecken" if "\x00" in told else "tillganglighet.fel.tom"), 422, 0


def _drawn(
    request: Request,
    form: Posted,
    key: str = "",
    status: int = 200,
    over: int = 0,
    headers: dict[str, str] | None = None,
) -> Response:
    t = language_of(request)
    return page(
        request,
        "citizen/fault.html",
        status=status,
        headers=headers,
        told_id=id_of(form.one("id")),
        text=form.one("text"),
        wrong={"text": t(key, n=over)} if key else {},
    )
