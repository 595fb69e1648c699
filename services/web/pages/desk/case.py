"""A case on one page: what was told, what comes next, and what has happened."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response

from infra.db import transaction
from services.case_view import CaseView
from services.web.deps import Trace
from services.web.pages.desk import complaint, deviation
from services.web.pages.desk.around import around
from services.web.pages.desk.faces import Face
from services.web.pages.desk.history import history_of
from services.web.pages.desk.next_step import next_of
from services.web.pages.desk.record import record_of
from services.web.pages.desk.report import report_of
from services.web.pages.desk.say import Say
from services.web.pages.desk.scene import scene_of
from services.web.pages.desk.starters import STARTERS
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

FILES_DONE: Final = {"filer": "Filerna är sparade.", "fil": "Filen är sparad."}


@router.get("/arende/{case_id}")
async def show_case(
    case_id: UUID, request: Request, actor: Visitor, trace: Trace, gjort: str = ""
) -> Response:
    """Show a case. The reading is written down."""
    return await case_page(request, case_id, actor, trace, done=_done(gjort))


async def case_page(
    request: Request,
    case_id: UUID,
    actor: Visitor,
    trace: str,
    *,
    status: int = 200,
    done: str = "",
    wrong: Mapping[str, str] | None = None,
) -> Response:
    """Draw a case's page; `wrong` says what could not be done on it, by the field."""
    async with transaction() as session:
        scene = await scene_of(session, case_id, actor, trace)
        nearby = await around(session, scene.case, actor, trace)
        face = FACES[scene.case.kind]
        more = await face.gather(session, scene, actor)
    return page(
        request,
        face.template,
        status=status,
        scene=scene,
        case=scene.case,
        steps=STEPS,
        done=done,
        wrong=wrong or {},
        around=nearby,
        say=Say(scene),
        **_read(scene.case),
        **more,
    )


def _read(case: CaseView) -> dict[str, Any]:
    """Return what the partials read a case by: see the first line of each."""
    return {
        "report": report_of(case),
        "record": record_of(case),
        "history": history_of(case.timeline),
        "next": next_of(case),
        "starters": STARTERS,
    }


def _done(gjort: str) -> str:
    return STEPS[gjort].done if gjort in STEPS else FILES_DONE.get(gjort, "")
