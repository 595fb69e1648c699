"""The files of a case as pages show them: looking at one, and putting several there."""

import hashlib
from typing import Final
from urllib.parse import quote
from uuid import UUID, uuid5

from fastapi import APIRouter, Request, Response, status
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from infra.db import transaction
from infra.people.identity import Actor
from infra.vault.attachments import MAX_BYTES, MAX_PER_CASE, AttachmentRefused
from infra.vault.case_keys import CaseErased
from infra.vault.file_types import FileType
from services import case_files
from services.web.deps import Trace
from services.web.pages.desk.case import case_page
from services.web.pages.visitor import Visitor
from services.web.problem import Problem
from workflows import Refusal

router = APIRouter(include_in_schema=False)

_AT_ONCE: Final = MAX_PER_CASE * 2
SHOWN: Final = frozenset({FileType.JPEG, FileType.PNG, FileType.GIF})
"""What a browser may show in the page, as an image and nothing else."""
_HEADERS: Final = {
    # Right first bytes make no file harmless: it runs nothing and belongs to no site.
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@router.get("/arende/{case_id}/filer/{attachment_id}")
async def look_at(case_id: UUID, attachment_id: UUID, actor: Visitor, trace: Trace) -> Response:
    """Show an image, or hand over any other file. The reading is written down."""
    async with transaction() as session:
        found = await case_files.read(session, actor, case_id, attachment_id, trace)
    if found is None:
        raise Problem(404, "not_found", "Filen finns inte, eller är raderad.")
    file, content = found
    how = "inline" if file.media_type in SHOWN else "attachment"
    named = f"{how}; filename*=UTF-8''{quote(file.name or 'fil')}"
    return Response(
        content, media_type=file.media_type, headers=_HEADERS | {"Content-Disposition": named}
    )


@router.get("/arende/{case_id}/filer")
async def back_to_case(case_id: UUID, _: Visitor) -> Response:
    """Lead to the case, where its files are: somebody came here by logging in again."""
    return RedirectResponse(f"/arende/{case_id}", 303)


@router.post("/arende/{case_id}/filer")
async def add_files(case_id: UUID, request: Request, actor: Visitor, trace: Trace) -> Response:
    """Keep the files that can be kept; say of each of the others why not."""
    async with transaction() as session:
        await case_files.may_add(session, actor, case_id)
    try:
        form = await request.form(max_files=_AT_ONCE, max_fields=10)
    except HTTPException as no:
        if no.status_code != status.HTTP_400_BAD_REQUEST:
            raise  # too much in all: that is said elsewhere
        wrong = {"file": f"Ingen fil är sparad. Välj högst {_AT_ONCE} filer åt gången."}
        return await case_page(request, case_id, actor, trace, status=422, wrong=wrong)
    files = [it for it in form.getlist("file") if isinstance(it, UploadFile) and it.filename]
    try:
        refused = [
            f"{file.filename}: {said}"
            for file in files
            if (said := await _kept(case_id, file, actor, trace))
        ]
    finally:
        await form.close()
    if not files:
        refused = ["Välj en fil först."]
    if not refused:
        done = "fil" if len(files) == 1 else "filer"
        return RedirectResponse(f"/arende/{case_id}?gjort={done}", 303)
    kept = len(files) - len(refused)
    done = f"{kept} av {len(files)} filer är sparade." if kept > 0 else ""
    wrong = {"file": " ".join(refused)}
    return await case_page(request, case_id, actor, trace, status=422, done=done, wrong=wrong)


async def _kept(case_id: UUID, file: UploadFile, actor: Actor, trace: str) -> str:
    """Keep one file; return why it is not taken, empty when it is."""
    content = await file.read(MAX_BYTES + 1)
    # From what it is, so that a form sent twice puts it there once.
    attachment_id = uuid5(case_id, f"{file.filename} {_digest(content)}")
    try:
        async with transaction() as session:
            await case_files.add(
                session,
                actor,
                case_id,
                attachment_id,
                file.filename or "fil",
                content,
                trace,
            )
    except AttachmentRefused as no:
        return no.message
    except CaseErased:
        return "Ärendets texter är raderade."
    except Refusal as no:
        return str(no)
    return ""


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
