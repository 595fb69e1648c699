"""The pack for IVO, and the documents of a lex Sarah case, as files."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from infra import clock
from infra.db import transaction
from infra.people import access_log
from infra.people.access_log import Reading
from services.documents import Numbers, decision_pdf, investigation_pdf
from services.give import role_in, state_of
from services.ivo_pack import draft
from services.ivo_pack.details import PackDetails
from services.ivo_pack.draft import Drafted
from services.ivo_pack.gather import content_of, told_of
from services.web.deps import Actor, Trace
from services.web.problem import Problem

router = APIRouter(prefix="/api/v1/cases/{case_id}", tags=["documents"])

Version = Annotated[int, Path(ge=1, le=1_000_000)]


@router.post("/pack", status_code=201)
async def draft_pack(
    case_id: UUID, details: PackDetails, actor: Actor, trace: Trace
) -> Drafted:
    """Make the next version of the pack; the answer names what it lacks.

    A version never changes. What is left out of the details stays as it was the last time.
    """
    return await draft.draft(case_id, details, actor, trace)


@router.get("/pack/{version}", response_class=Response)
async def read_pack(case_id: UUID, version: Version, actor: Actor, trace: Trace) -> Response:
    """Download a version of the pack, as a zip with its manifest."""
    pack = await draft.read(case_id, version, actor, trace)
    if pack is None:
        raise Problem(404, "not_found", "Underlaget finns inte, eller är raderat.")
    name = f"ivo-underlag-version-{version}.zip"
    return _file(pack.content, name, "application/zip", {"X-Manifest-SHA256": pack.digest})


@router.get("/investigation.pdf", response_class=Response)
async def read_investigation(case_id: UUID, actor: Actor, trace: Trace) -> Response:
    """Write the investigation as it stands, as a PDF. The reporter's name is not in it."""
    return await _document(case_id, actor, trace, "utredning")


@router.get("/decision.pdf", response_class=Response)
async def read_decision(case_id: UUID, actor: Actor, trace: Trace) -> Response:
    """Write the decision, as a document of its own."""
    return await _document(case_id, actor, trace, "beslut")


async def _document(case_id: UUID, actor: Actor, trace: Trace, what: str) -> Response:
    async with transaction() as session:
        state = await state_of(session, case_id)
        role_in(actor, "read-case", state)
        if state.case_type != "lex_sarah":
            raise Problem(404, "not_found", "Ärendet har inget sådant dokument.")
        if what == "beslut" and state.lex_sarah.decision is None:
            raise Problem(404, "not_found", "Beslutet finns inte än.")
        await access_log.record(
            session, Reading(actor.account_id, f"document.{what}", trace, case_id, state.unit)
        )
        told = await told_of(session, case_id)
        numbers = Numbers(ours=state.number, registry=state.registry_number)
        content = await content_of(session, told, PackDetails(), numbers, 1, clock.now())
    make = decision_pdf if what == "beslut" else investigation_pdf
    written = await asyncio.to_thread(make, content)
    return _file(written, f"{what}-{state.number}.pdf", "application/pdf", {})


def _file(content: bytes, name: str, media_type: str, more: dict[str, str]) -> Response:
    return Response(
        content,
        media_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            **more,
        },
    )
