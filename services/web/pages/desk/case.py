"""A case on one page: what was told, what comes next, and what has happened."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response

from infra.db import transaction
from services.web.deps import Trace
from services.web.pages.desk import complaint, deviation
from services.web.pages.desk.faces import Face
from services.web.pages.desk.scene import scene_of
from services.web.pages.lex_sarah import investigation, notification
from services.web.pages.look import page
from services.web.pages.steps.catalogue import STEPS
from services.web.pages.visitor import Visitor

router = APIRouter(include_in_schema=False)

FACES: Final[Mapping[str, Face]] = {
    "deviation": deviation.FACE,
    "complaint": complaint.FACE,
    "lex_sarah": investigation.FACE,
    "ivo_notification": notification.FACE,
}
"""By the name of the case type; a test asks that none is missing."""


@router.get("/arende/{case_id}")
async def show_case(
    case_id: UUID, request: Request, actor: Visitor, trace: Trace, gjort: str = ""
) -> Response:
    """Show a case. The reading is written down."""
    async with transaction() as session:
        scene = await scene_of(session, case_id, actor, trace)
        face = FACES[scene.case.kind]
        more = await face.gather(session, scene, actor)
    return page(
        request,
        face.template,
        scene=scene,
        case=scene.case,
        steps=STEPS,
        done=STEPS[gjort].done if gjort in STEPS else "",
        **more,
    )
