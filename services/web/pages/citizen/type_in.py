"""Writing down what somebody said, for them: one page, and the receipt to hand over.

Only what came from outside. What staff tell goes in as a report of their own: filed by another,
the one who typed would become the reporter, be owed the answer, and read the case as theirs.
"""

from collections.abc import Iterator
from typing import Final

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from events import Relation, Source
from infra import clock
from infra.db import transaction
from infra.people.identity import Actor
from infra.people.units import UnitData
from services.earlier_complaints import earlier
from services.give import Forbidden, role_in, state_of
from services.intake.complaint import ComplaintBody, ToldBack, TypedFrom
from services.intake.group import Full
from services.intake.outside import NoPlace, Taken, Telling, take_in
from services.plain_errors import in_swedish
from services.web.admission import Admission
from services.web.deps import Trace
from services.web.pages.citizen.places import Places, places
from services.web.pages.citizen.receipt import municipality, where_to_read
from services.web.pages.citizen.told import id_of, under
from services.web.pages.look import page
from services.web.pages.menu import TYPES_IN
from services.web.pages.posted import Posted, posted
from services.web.pages.visitor import Visitor
from services.web.problem import busy, forbidden

router = APIRouter(include_in_schema=False)

SOURCES: Final = {
    TypedFrom.CALL: "Någon ringde",
    TypedFrom.SPOKEN: "Någon berättade på plats",
    TypedFrom.PAPER: "Vår blankett på papper",
    TypedFrom.LETTER: "Ett brev",
    TypedFrom.EMAIL: "E-post",
    TypedFrom.IVO: "IVO skickade det hit",
}
RELATIONS: Final = {
    Relation.INDIVIDUAL: "Den som får hjälp",
    Relation.RELATIVE: "En anhörig eller vän",
    Relation.OTHER: "Någon annan",
}
WAYS: Final = {
    ToldBack.PHONE: "Vi ringer",
    ToldBack.LETTER: "Med brev",
    ToldBack.EMAIL: "Med e-post",
    ToldBack.CODE: "Med en kod",
    ToldBack.NONE: "Vill inte ha svar",
}
_CHOOSE: Final = {
    "source": "Välj hur det kom in.",
    "relation": "Välj vem som berättade.",
    "answer_way": "Välj hur personen vill få svar.",
}
_TOO_LONG: Final = "Texten är för lång. Korta den till högst 20 000 tecken."
_SAYS: Final = "Skriv vad personen sa. En mening räcker."
_ORDER: Final = (
    *("source", "unit", "text", "wish", "relation", "about"),
    *("complainant", "answer_way", "contact", "language"),
)
"""As they stand on the page, and so as the errors are listed."""
_LABELS: Final = {
    "wish": "Vad personen vill att vi gör",
    "contact": "Telefonnummer, e-post eller adress",
    "complainant": "Namn på den som berättade",
    "about": "Vem det gäller",
    "language": "Språk eller tolk",
}


@router.get("/skriv-in")
async def ask_what(request: Request, actor: Visitor) -> Response:
    """Show the form; whoever works in one unit has it chosen already."""
    _check(actor)
    units = {it.unit for it in actor.held if it.unit}
    unit = units.pop() if len(units) == 1 else ""
    return await _drawn(request, actor, Posted([("unit", unit)]))


@router.post("/skriv-in")
async def type_in(request: Request, actor: Visitor, trace: Trace) -> Response:
    """Take it in; the form comes back whole when it can't be."""
    _check(actor)
    form = await posted(request)
    if form.one("go") == "look":
        return await _drawn(request, actor, form)
    admission: Admission = request.app.state.admission
    try:
        source, body = _read(form)
        admission.check()
        telling = Telling(id_of(form.one("id")), body, source, trace, actor.account_id)
        taken = await take_in(request.app.state.writer, telling)
    except _Wrong as wrong:
        return await _drawn(request, actor, form, wrong.fields, 422)
    except NoPlace as none:
        return await _drawn(request, actor, form, {"unit": str(none)}, 422)
    except Full:
        return await _drawn(request, actor, form, {"send": str(busy())}, 503)
    return await _receipt(request, actor, taken)


class _Wrong(Exception):  # noqa: N818 - an answer
    """What is wrong, field by field."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


def _check(actor: Actor) -> None:
    if not TYPES_IN & set(actor.roles):
        raise forbidden()


def _read(form: Posted) -> tuple[Source, ComplaintBody]:
    """Return what was filled in; raises `_Wrong`."""
    given = {name: form.one(name) or None for name in ("unit", "wish", *_LABELS)}
    given |= {name: form.one(name) for name in ("source", "relation", "answer_way")}
    text = under(form.one("text"), När=form.one("when"))
    try:
        body = ComplaintBody.model_validate({**given, "text": text, "code": form.has("code")})
    except ValidationError as error:
        said = dict(_said(error))
        raise _Wrong({name: said[name] for name in _ORDER if name in said}) from None
    assert body.source is not None  # noqa: S101 - an empty one is on no list
    return Source(body.source), body


def _said(error: ValidationError) -> Iterator[tuple[str, str]]:
    raw = error.errors(include_url=False, include_input=False)
    for one, plain in zip(raw, in_swedish(raw), strict=True):
        name = str(one["loc"][0])
        says = plain["says"].replace(f"Fältet {name}", f"”{_LABELS.get(name, name)}”")
        if name == "text":
            says = _TOO_LONG if one["type"] == "string_too_long" else _SAYS
        yield name, _CHOOSE.get(name, says)


async def _drawn(
    request: Request,
    actor: Actor,
    form: Posted,
    wrong: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    where = await places()
    unit = form.one("unit")
    async with transaction() as session:
        before = await earlier(session, unit, actor) if unit else []
    return page(
        request,
        "citizen/type_in.html",
        status=status,
        form=form,
        told_id=id_of(form.one("id")),
        wrong=wrong or {},
        sources=SOURCES,
        relations=RELATIONS,
        ways=WAYS,
        units=_units(where),
        unit=unit,
        reception=where.known[where.reception].name if where.reception else "",
        before=before,
    )


def _units(where: Places) -> list[UnitData]:
    """List the units to choose among; the reception is what an empty choice means."""
    known = (it for it in where.known.values() if it.code != where.reception)
    return sorted(known, key=lambda it: it.name)


async def _receipt(request: Request, actor: Actor, taken: Taken) -> Response:
    async with transaction() as session:
        reads = await _may_read(session, actor, taken)
        before = await earlier(session, taken.unit, actor)
    return page(
        request,
        "citizen/typed_in.html",
        taken=taken,
        reads=reads,
        before=[it for it in before if it.case_id != taken.case_id],
        municipality=await municipality(),
        address=where_to_read(request),
        today=clock.today(),
    )


async def _may_read(session: AsyncSession, actor: Actor, taken: Taken) -> bool:
    try:
        role_in(actor, "read-case", await state_of(session, taken.case_id))
    except Forbidden:
        return False
    return True
