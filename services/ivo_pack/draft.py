"""Drafts a new version of the pack, and reads the versions there are."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from events import Role
from infra import clock
from infra.db import transaction
from infra.people import access_log
from infra.people.access_log import Reading
from infra.people.identity import Actor
from infra.vault import attachments, packs
from infra.vault import words as vault
from infra.vault.packs import KeptPack
from infra.vault.words import Words
from services.documents import (
    Attachment,
    Content,
    Missing,
    Numbers,
    Pack,
    build,
    missing,
    warnings,
)
from services.execute import Given, execute
from services.give import role_in, state_of
from services.ivo_pack.details import PackDetails
from services.ivo_pack.gather import Told, content_of, told_of
from workflows import CaseState, Unknown
from workflows.commands import DraftPack

_KIND: Final = "ivo_pack.details"


class Lack(BaseModel):
    """Something that the pack lacks, in a code and in words."""

    code: str
    says: str


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
    return Drafted(
        version_number=after.ivo.version_number,
        digest=pack.digest,
        with_investigation=after.ivo.with_investigation,
        missing=_said(missing(prepared.content, prepared.files)),
        warnings=_said(warnings(prepared.content)),
    )


async def prepare(
    session: AsyncSession, case_id: UUID, details: PackDetails, at: datetime
) -> Prepared:
    """Gather the next version from the case; raises `Unknown` for another kind of case."""
    state = await state_of(session, case_id)
    if state.came_from is None:
        raise Unknown("Underlaget görs i en anmälan till IVO.")
    told = await told_of(session, state.came_from)
    before = state.ivo.version_number
    whole = details.over(await _details(session, case_id, before)) if before else details
    numbers = Numbers(
        ours=state.number,
        registry=state.registry_number or told.state.registry_number,
        parent=told.state.number,
        ivo=state.ivo.ivo_number,
    )
    content = await content_of(session, told, whole, numbers, before + 1, at)
    return Prepared(content, await _files(session, state.came_from, whole, told), whole)


async def keep(
    session: AsyncSession, case_id: UUID, prepared: Prepared, pack: Pack, drafting: Drafting
) -> CaseState:
    """Tell of a version and keep it; raises a `Refusal` where another one came between."""
    lacking = missing(prepared.content, prepared.files)
    asked = DraftPack(
        at=drafting.at,
        by=drafting.by,
        role=drafting.role,
        digest=pack.digest,
        missing=tuple(it.code for it in lacking),
        with_investigation=prepared.content.position is not None,
    )
    after = await execute(session, Given(case_id, asked, drafting.trace))
    version = after.ivo.version_number
    if version != prepared.content.version:
        raise Unknown("Någon annan tog fram en ny version samtidigt. Försök igen.")
    await packs.keep(session, case_id, KeptPack(version, pack.digest, pack.zip))
    await vault.keep_many(session, [_kept(case_id, version, prepared.details)])
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
    session: AsyncSession, case_id: UUID, details: PackDetails, told: Told
) -> tuple[Attachment, ...]:
    wanted = told.state.attachments if details.attachments is None else details.attachments
    found = []
    for described in await attachments.list_of_case(session, case_id):
        if described.attachment_id not in wanted:
            continue
        file = await attachments.read(session, case_id, described.attachment_id)
        if file is not None:
            found.append(Attachment(file[0].name or "fil", file[1]))
    return tuple(found)


def _item(case_id: UUID, version: int) -> UUID:
    return uuid5(case_id, f"{_KIND} {version}")


def _kept(case_id: UUID, version: int, details: PackDetails) -> Words:
    told = details.model_dump_json(exclude_unset=True)
    return Words(case_id, _item(case_id, version), _KIND, told)


async def _details(session: AsyncSession, case_id: UUID, version: int) -> PackDetails:
    item = _item(case_id, version)
    kept = (await vault.read(session, case_id, [item])).get(item)
    return PackDetails.model_validate_json(kept) if kept else PackDetails()


def _said(lacks: list[Missing]) -> list[Lack]:
    return [Lack(code=it.code, says=it.says) for it in lacks]
