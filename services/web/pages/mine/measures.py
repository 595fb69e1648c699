"""What one has promised to do, and a press when it is done."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from infra.db import transaction
from infra.people.identity import Actor
from infra.people.units import units
from services.command_forms import form_of
from services.give import Order, give
from services.my_measures import my_measures
from services.web.deps import Trace
from services.web.pages.look import page
from services.web.pages.visitor import Visitor
from workflows import Refusal, UnknownCase
from workflows.commands import CompleteMeasure

router = APIRouter(include_in_schema=False)

_FORM: Final = form_of(CompleteMeasure)


@router.get("/mina-atgarder")
async def show_measures(
    request: Request, actor: Visitor, trace: Trace, gjort: str = ""
) -> Response:
    """List what is left to do. The reading is written down."""
    return await _drawn(request, actor, trace, done=bool(gjort))


@router.post("/mina-atgarder/{case_id}/{measure_id}")
async def complete(
    case_id: UUID, measure_id: UUID, request: Request, actor: Visitor, trace: Trace
) -> Response:
    """Say that a measure is carried out; again is harmless."""
    order = Order(
        case_id=case_id,
        action="complete-measure",
        command=CompleteMeasure,
        form=_FORM,
        filled=_FORM.model(measure_id=measure_id),
        actor=actor,
        trace=trace,
    )
    try:
        await give(order)
    except UnknownCase:
        raise
    except Refusal as refusal:
        return await _drawn(request, actor, trace, refused=str(refusal), status=409)
    return RedirectResponse("/mina-atgarder?gjort=ja", 303)


async def _drawn(
    request: Request,
    actor: Actor,
    trace: str,
    *,
    done: bool = False,
    refused: str = "",
    status: int = 200,
) -> Response:
    async with transaction() as session:
        found = await my_measures(session, actor, trace)
        names = {it.code: it.name for it in await units(session, closed=True)}
    return page(
        request,
        "mine/measures.html",
        status=status,
        measures=found,
        names=names,
        done=done,
        refused=refused,
    )
