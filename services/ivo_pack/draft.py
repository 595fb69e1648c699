"""Drafts a new version of the pack, and reads the versions there are."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from events import Role
from infra import clock
from infra.db import transaction
from infra.people import access_log
from infra.people.access_log import Reading
from infra.people.identity import Actor
from infra.vault import attachments, packs
from infra.vault.packs import KeptPack
from services.documents import Attachment, Content, Numbers, Pack, build
from services.execute import Given, execute
from services.give import role_in, state_of
from services.ivo_pack import kept
from services.ivo_pack.details import PackDetails
from services.ivo_pack.gather import Told, content_of, told_of
from services.ivo_pack.sheet import Lack, Sheet
from workflows import CaseState, Unknown
from workflows.commands import DraftPack


class Drafted(BaseModel):
    """A version of the pack; two persons may approve it when nothing is missing."""

    version_number: int
    digest: str
    with_investigation: bool
    missing: list[Lack]
    warnings: list[Lack]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the next version is made of."""

    content: Content
    files: tuple[Attachment, ...]
    details: PackDetails

    @property
    def sheet(self) -> Sheet:
        """The form as it fills it in, and what it lacks."""
        return Sheet.of(self.content, self.files)


@dataclass(frozen=True, slots=True)
class Drafting:
    """Who makes a version, as what, when, and under which trace."""

    by: str
    role: Role
    at: datetime
    trace: str


async def draft(case_id: UUID, details: PackDetails, actor: Actor, trace: str) -> Drafted:
    """Make the next version of a notification's pack out of its lex Sarah case.

    Raises `Forbidden`, or a `Refusal` where the pack can't be made any more. No version that
    was made is ever changed.
    """
    now = clock.now()
    async with transaction() as session:
        state = await state_of(session, case_id)
        role = role_in(actor, "draft-pack", state)
        prepared = await prepare(session, case_id, details, now)
    pack = await asyncio.to_thread(build, prepared.content, prepared.files)
    async with transaction() as session:
        drafting = Drafting(str(actor.account_id), role, now, trace)
        after = await keep(session, case_id, prepared, pack, drafting)
        await access_log.record(
            session, Reading(actor.account_id, "ivo_pack.draft", trace, case_id, state.unit)
        )
    sheet = prepared.sheet
    return Drafted(
        version_number=after.ivo.version_number,
        digest=pack.digest,
        with_investigation=after.ivo.with_investigation,
        missing=sheet.missing,
        warnings=sheet.warnings,
    )


async def prepare(
    session: AsyncSession, case_id: UUID, details: PackDetails, at: datetime
) -> Prepared:
    """Gather the next version from the case; raises `Unknown` for another kind of case."""
    state = await state_of(session, case_id)
    told, whole, content = await _gathered(session, case_id, state, details, at)
    return Prepared(content, await _files(session, told, whole), whole)


async def foreseen(session: AsyncSession, case_id: UUID, state: CaseState) -> Sheet:
    """Return what a new version would say if nothing more were filled in.

    The attachments are not opened: the vault takes no file that IVO does not.
    """
    now = clock.now()
    _, __, content = await _gathered(session, case_id, state, PackDetails(), now)
    return Sheet.of(content)


async def _gathered(
    session: AsyncSession, case_id: UUID, state: CaseState, details: PackDetails, at: datetime
) -> tuple[Told, PackDetails, Content]:
    if state.came_from is None:
        raise Unknown("Underlaget görs i en anmälan till IVO.")
    told = await told_of(session, state.came_from)
    before = state.ivo.version_number
    whole = details.over(await kept.details_of(session, case_id, before)) if before else details
    numbers = Numbers(
        ours=state.number,
        registry=state.registry_number or told.state.registry_number,
        parent=told.state.number,
        ivo=state.ivo.ivo_number,
    )
    return told, whole, await content_of(session, told, whole, numbers, before + 1, at)


async def keep(
    session: AsyncSession, case_id: UUID, prepared: Prepared, pack: Pack, drafting: Drafting
) -> CaseState:
    """Tell of a version and keep it; raises a `Refusal` where another one came between."""
    sheet = prepared.sheet
    asked = DraftPack(
        at=drafting.at,
        by=drafting.by,
        role=drafting.role,
        digest=pack.digest,
        missing=tuple(it.code for it in sheet.missing),
        with_investigation=prepared.content.position is not None,
    )
    after = await execute(session, Given(case_id, asked, drafting.trace))
    version = after.ivo.version_number
    if version != prepared.content.version:
        raise Unknown("Någon annan tog fram en ny version samtidigt. Försök igen.")
    await packs.keep(session, case_id, KeptPack(version, pack.digest, pack.zip))
    await kept.keep(session, case_id, version, prepared.details, sheet)
    return after


async def read(case_id: UUID, version: int, actor: Actor, trace: str) -> KeptPack | None:
    """Return a version to somebody who may read the case, and write down that they did."""
    async with transaction() as session:
        state = await state_of(session, case_id)
        role_in(actor, "read-case", state)
        await access_log.record(
            session, Reading(actor.account_id, "ivo_pack.read", trace, case_id, state.unit)
        )
        return await packs.read(session, case_id, version)


async def _files(
    session: AsyncSession, told: Told, details: PackDetails
) -> tuple[Attachment, ...]:
    wanted = told.state.attachments if details.attachments is None else details.attachments
    found = []
    for described in await attachments.list_of_case(session, told.case_id):
        if described.attachment_id not in wanted:
            continue
        file = await attachments.read(session, told.case_id, described.attachment_id)
        if file is not None:
            found.append(Attachment(file[0].name or "fil", file[1]))
    return tuple(found)
