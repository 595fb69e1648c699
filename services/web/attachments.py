"""Files of a case: put there by who reported it or works with it, read by who may read it."""

from datetime import datetime
from typing import Annotated, Final
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from infra import clock
from infra.db import transaction
from infra.people import access_log
from infra.people.access_log import Reading
from infra.people.identity import Actor as Known
from infra.vault import attachments
from infra.vault.attachments import MAX_BYTES, Attachment
from services.execute import Given, execute
from services.give import role_in, state_of
from services.web.deps import Actor, Trace
from services.web.limits import body_of
from services.web.problem import Problem
from workflows import CaseState
from workflows.commands import AddAttachment

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
        await _may_add(session, actor, case_id)
    content = await body_of(request, MAX_BYTES, _TOO_LARGE)
    async with transaction() as session:
        await _may_add(session, actor, case_id)
        command = AddAttachment(
            at=clock.now(), by=str(actor.account_id), attachment_id=attachment_id
        )
        await execute(session, Given(case_id, command, trace))
        return _view(await attachments.add(session, case_id, attachment_id, name, content))


@router.get("")
async def list_files(case_id: UUID, actor: Actor, trace: Trace) -> list[FileView]:
    """List the files of a case. Their names are content: the reading is written down."""
    async with transaction() as session:
        state = await state_of(session, case_id)
        role_in(actor, "read-case", state)
        await access_log.record(
            session,
            Reading(actor.account_id, "attachment.list", trace, case_id, state.unit),
        )
        return [_view(it) for it in await attachments.list_of_case(session, case_id)]


@router.get("/{attachment_id}", response_class=Response)
async def read_file(case_id: UUID, attachment_id: UUID, actor: Actor, trace: Trace) -> Response:
    """Download a file. The reading is written down."""
    async with transaction() as session:
        state = await state_of(session, case_id)
        role_in(actor, "read-case", state)
        found = await attachments.read(session, case_id, attachment_id)
        if found is None:
            raise Problem(404, "not_found", "Filen finns inte, eller är raderad.")
        await access_log.record(
            session,
            Reading(actor.account_id, "attachment.read", trace, case_id, state.unit),
        )
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


async def _may_add(session: AsyncSession, actor: Known, case_id: UUID) -> CaseState:
    state = await state_of(session, case_id)
    if state.reporter != actor.account_id:
        role_in(actor, "add-note", state)
    return state


def _view(file: Attachment) -> FileView:
    return FileView(
        attachment_id=file.attachment_id,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=None if file.sha256 is None else file.sha256.hex(),
        created_at=file.created_at,
    )
