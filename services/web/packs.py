"""The pack for IVO, and the documents of a lex Sarah case, as files."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from services.ivo_pack import draft
from services.ivo_pack.details import PackDetails
from services.ivo_pack.documents import NoDocument, What, written
from services.ivo_pack.draft import Drafted
from services.web.deps import Actor, Trace
from services.web.download import download, pack_name
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
    more = {"X-Manifest-SHA256": pack.digest}
    return download(pack.content, pack_name(version), "application/zip", more)


@router.get("/investigation.pdf", response_class=Response)
async def read_investigation(case_id: UUID, actor: Actor, trace: Trace) -> Response:
    """Write the investigation as it stands, as a PDF. The reporter's name is not in it."""
    return await _document(case_id, What.INVESTIGATION, actor, trace)


@router.get("/decision.pdf", response_class=Response)
async def read_decision(case_id: UUID, actor: Actor, trace: Trace) -> Response:
    """Write the decision, as a document of its own."""
    return await _document(case_id, What.DECISION, actor, trace)


async def _document(case_id: UUID, what: What, actor: Actor, trace: Trace) -> Response:
    try:
        document = await written(case_id, what, actor, trace)
    except NoDocument as none:
        raise Problem(404, "not_found", str(none)) from None
    return download(document.content, document.name, "application/pdf")
