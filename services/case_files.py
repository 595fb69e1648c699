"""The files of a case: who may put one there and read one, and that the reading is logged."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from infra import clock
from infra.people import access_log
from infra.people.access_log import Reading
from infra.people.identity import Actor
from infra.vault import attachments
from infra.vault.attachments import Attachment
from services.execute import Given, execute
from services.give import role_in, state_of
from workflows.commands import AddAttachment


async def may_add(session: AsyncSession, actor: Actor, case_id: UUID) -> None:
    """Let who reported it or works with it put files there; raises `Forbidden`."""
    state = await state_of(session, case_id)
    if state.reporter != actor.account_id:
        role_in(actor, "add-note", state)


async def add(
    session: AsyncSession,
    actor: Actor,
    case_id: UUID,
    attachment_id: UUID,
    name: str,
    content: bytes,
    trace: str,
) -> Attachment:
    """Put a file to a case; the same again under the same id is there already.

    Raises `Forbidden`, a `Refusal`, or what `attachments.add` raises.
    """
    await may_add(session, actor, case_id)
    command = AddAttachment(
        at=clock.now(), by=str(actor.account_id), attachment_id=attachment_id
    )
    await execute(session, Given(case_id, command, trace))
    return await attachments.add(session, case_id, attachment_id, name, content)


async def list_files(
    session: AsyncSession, actor: Actor, case_id: UUID, trace: str
) -> list[Attachment]:
    """List the files of a case. Their names are content: the reading is written down."""
    unit = await _readable(session, actor, case_id)
    await access_log.record(
        session, Reading(actor.account_id, "attachment.list", trace, case_id, unit)
    )
    return await attachments.list_of_case(session, case_id)


async def read(
    session: AsyncSession, actor: Actor, case_id: UUID, attachment_id: UUID, trace: str
) -> tuple[Attachment, bytes] | None:
    """Return a file and write down who read it; None when there is none, or it is erased."""
    unit = await _readable(session, actor, case_id)
    found = await attachments.read(session, case_id, attachment_id)
    if found is not None:
        await access_log.record(
            session, Reading(actor.account_id, "attachment.read", trace, case_id, unit)
        )
    return found


async def _readable(session: AsyncSession, actor: Actor, case_id: UUID) -> str:
    """Return the unit of a case that the actor may read, or raise `Forbidden`."""
    state = await state_of(session, case_id)
    role_in(actor, "read-case", state)
    return state.unit
