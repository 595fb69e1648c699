"""What misconduct can be saved as, and the pages of a pack to look at: files for a browser."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from infra.people.identity import Actor
from infra.vault.packs import KeptPack
from services.ivo_pack import draft
from services.ivo_pack.documents import NoDocument, What, written
from services.ivo_pack.preview import page_of
from services.web.deps import Trace
from services.web.download import download, pack_name
from services.web.pages.visitor import Visitor
from services.web.problem import Problem

router = APIRouter(prefix="/lex-sarah/{case_id}", include_in_schema=False)

Version = Annotated[int, Path(ge=1, le=1_000_000)]
Nth = Annotated[int, Path(ge=1, le=10_000)]


@router.get("/utredning.pdf")
async def save_investigation(case_id: UUID, actor: Visitor, trace: Trace) -> Response:
    """Write the investigation as it stands. The reading is written down."""
    return await _document(case_id, What.INVESTIGATION, actor, trace)


@router.get("/beslut.pdf")
async def save_decision(case_id: UUID, actor: Visitor, trace: Trace) -> Response:
    """Write the decision. The reading is written down."""
    return await _document(case_id, What.DECISION, actor, trace)


@router.get("/underlag/{version}.zip")
async def save_pack(case_id: UUID, version: Version, actor: Visitor, trace: Trace) -> Response:
    """Save a version of the pack. The reading is written down."""
    pack = await _pack(case_id, version, actor, trace)
    return download(pack.content, pack_name(version), "application/zip")


@router.get("/underlag/{version}/sida/{nth}.png")
async def show_page(
    case_id: UUID, version: Version, nth: Nth, request: Request, actor: Visitor, trace: Trace
) -> Response:
    """Draw a page of a version. The reading is written down.

    One at a time in a process: a browser asks for all of them at once, and each opens the pack.
    """
    async with request.app.state.drawing:
        pack = await _pack(case_id, version, actor, trace)
        drawn = await asyncio.to_thread(page_of, pack, nth)
    if drawn is None:
        raise Problem(404, "not_found", "Sidan finns inte i underlaget.")
    return Response(drawn, media_type="image/png", headers={"Cache-Control": "no-store"})


async def _document(case_id: UUID, what: What, actor: Actor, trace: str) -> Response:
    try:
        document = await written(case_id, what, actor, trace)
    except NoDocument as none:
        raise Problem(404, "not_found", str(none)) from None
    return download(document.content, document.name, "application/pdf")


async def _pack(case_id: UUID, version: int, actor: Actor, trace: str) -> KeptPack:
    pack = await draft.read(case_id, version, actor, trace)
    if pack is None:
        raise Problem(404, "not_found", "Underlaget finns inte, eller är raderat.")
    return pack
