"""A case on one page: what was told, what comes next, and what has happened."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from infra.db import transaction
from services.web.deps import Trace
from services.web.pages.desk.scene import scene_of
from services.web.pages.look import page
from services.web.pages.steps.catalogue import STEPS
from services.web.pages.visitor import Visitor

router = APIRouter(include_in_schema=False)


@router.get("/arende/{case_id}")
async def show_case(
    case_id: UUID, request: Request, actor: Visitor, trace: Trace, gjort: str = ""
) -> Response:
    """Show a case. The reading is written down."""
    async with transaction() as session:
        scene = await scene_of(session, case_id, actor, trace)
    return page(
        request,
        "desk/case.html",
        scene=scene,
        case=scene.case,
        steps=STEPS,
        done=STEPS[gjort].done if gjort in STEPS else "",
    )
