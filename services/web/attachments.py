"""Files of a case: put there by who reported it or works with it, read by who may read it."""

from datetime import datetime
from typing import Annotated, Final
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from infra.db import transaction
from infra.vault.attachments import MAX_BYTES, Attachment
from services import case_files
from services.web.deps import Actor, Trace
from services.web.limits import body_of
from services.web.problem import Problem

router = APIRouter(prefix="/api/v1/cases/{case_id}/attachments", tags=["attachments"])

_TOO_LARGE: Final = f"Filen är för stor. Den får vara högst {MAX_BYTES // 1024 // 1024} MB."


class FileView(BaseModel):
    """A file of a case; name and checksum are None once it is erased."""

    attachment_id: UUID
    name: str | None
    media_type: str
    size: int
    sha256: str | None
    created_at: datetime


@router.put("/{attachment_id}", status_code=201)
async def put_file(
    case_id: UUID,
    attachment_id: UUID,
    request: Request,
    actor: Actor,
    trace: Trace,
    name: Annotated[str, Query(min_length=1, max_length=200)],
) -> FileView:
    """Put a file to a case: the body is the file. The client makes the id; again is safe."""
    async with transaction() as session:
        await case_files.may_add(session, actor, case_id)
    content = await body_of(request, MAX_BYTES, _TOO_LARGE)
    async with transaction() as session:
        return _view(
            await case_files.add(session, actor, case_id, attachment_id, name, content, trace)
        )


@router.get("")
async def list_files(case_id: UUID, actor: Actor, trace: Trace) -> list[FileView]:
    """List the files of a case. Their names are content: the reading is written down."""
    async with transaction() as session:
        found = await case_files.list_files(session, actor, case_id, trace)
    return [_view(it) for it in found]


@router.get("/{attachment_id}", response_class=Response)
async def read_file(case_id: UUID, attachment_id: UUID, actor: Actor, trace: Trace) -> Response:
    """Download a file. The reading is written down."""
    async with transaction() as session:
        found = await case_files.read(session, actor, case_id, attachment_id, trace)
    if found is None:
        raise Problem(404, "not_found", "Filen finns inte, eller är raderad.")
    file, content = found
    return Response(
        content,
        media_type=file.media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name or 'fil')}",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


def _view(file: Attachment) -> FileView:
    return FileView(
        attachment_id=file.attachment_id,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=None if file.sha256 is None else file.sha256.hex(),
        created_at=file.created_at,
    )
