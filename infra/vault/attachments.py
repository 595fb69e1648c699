"""The files of a case: few, small, of known kinds, and locked under the case's key."""

import asyncio
import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Row, Select, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from infra.tables import Attached, VaultKey
from infra.vault.case_keys import CaseKey, keys_of, open_key
from infra.vault.file_types import FileType, file_type, named_as_it_is

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_PER_CASE: Final = 10
_NAME: Final = "attachment:name"
_CONTENT: Final = "attachment"


class AttachmentRefused(Exception):  # noqa: N818 - an answer to a person, not a bug
    """The file is not taken; `code` is for the machine and the message for the person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Attachment:
    """What there is to know about a file. Name and checksum are None once it is erased.

    `size` is in bytes; `sha256` is of the plain content. `media_type` was told by the bytes.
    """

    attachment_id: UUID
    case_id: UUID
    name: str | None = field(repr=False)
    media_type: str
    size: int
    sha256: bytes | None
    created_at: datetime


async def add(
    session: AsyncSession, case_id: UUID, attachment_id: UUID, name: str, content: bytes
) -> Attachment:
    """Keep a file; the same file again under the same id is already there.

    Raises `AttachmentRefused` (empty, too_large, wrong_type, too_many, other_content) and
    `CaseErased`. Who may add to the case is for the caller to know.
    """
    if not content:
        raise AttachmentRefused("empty", "Filen är tom.")
    if len(content) > MAX_BYTES:
        most = MAX_BYTES // 1024 // 1024
        raise AttachmentRefused(
            "too_large", f"Filen är för stor. Den får vara högst {most} MB."
        )
    found, digest = await asyncio.to_thread(_examined, content)
    if found is None:
        raise AttachmentRefused(
            "wrong_type",
            "Filtypen går inte att ta emot. Skicka JPEG, PNG, GIF, PDF eller XLSX.",
        )
    key = (await keys_of(session, [case_id]))[case_id]
    if not await _already_there(session, case_id, attachment_id, digest):
        values = await asyncio.to_thread(
            _locked, key, attachment_id, named_as_it_is(name, found), content
        )
        await session.execute(
            insert(Attached).values(
                attachment_id=attachment_id,
                case_id=case_id,
                media_type=found,
                size=len(content),
                sha256=digest,
                **values,
            )
        )
    one = _described().where(Attached.attachment_id == attachment_id)
    return _opened((await session.execute(one)).one())


async def list_of_case(session: AsyncSession, case_id: UUID) -> list[Attachment]:
    """Return the files of a case in the order they came, erased ones too; no content."""
    rows = await session.execute(
        _described()
        .where(Attached.case_id == case_id)
        .order_by(Attached.created_at, Attached.attachment_id)
    )
    return [_opened(row) for row in rows]


async def read(
    session: AsyncSession, case_id: UUID, attachment_id: UUID
) -> tuple[Attachment, bytes] | None:
    """Return a file with its content; None when the case has no such file or it is erased.

    Serve it as a download with `nosniff`: right first bytes do not make a file harmless.
    Raises `SealBroken` when a row has been changed or moved.
    """
    one = _described().add_columns(Attached.sealed)
    row = (
        await session.execute(
            one.where(Attached.attachment_id == attachment_id, Attached.case_id == case_id)
        )
    ).one_or_none()
    if row is None or row.sealed is None or row.wrapped is None:
        return None
    key = open_key(case_id, row.key_id, row.wrapped)
    content = await asyncio.to_thread(key.unlock, attachment_id, _CONTENT, row.sealed)
    return _opened(row), content


async def erase(session: AsyncSession, attachment_id: UUID) -> None:
    """Empty one file; `vault.erase_case` takes them all and the key with them."""
    await session.execute(
        update(Attached)
        .where(Attached.attachment_id == attachment_id)
        .values(sealed=None, sealed_name=None, sha256=None)
    )


async def _already_there(
    session: AsyncSession, case_id: UUID, attachment_id: UUID, digest: bytes
) -> bool:
    # One at a time per case, or two files that come together would both be the tenth. A lock
    # of its own: those who keep words share the key row, and sharers can't become owners.
    await session.execute(
        select(func.pg_advisory_xact_lock(func.hashtextextended(f"attachment:{case_id}", 0)))
    )
    same = await session.execute(
        select(Attached.case_id, Attached.sha256).where(Attached.attachment_id == attachment_id)
    )
    for row in same:
        if row.case_id == case_id and row.sha256 in (digest, None):
            return True
        raise AttachmentRefused(
            "other_content", "En annan fil har redan skickats med samma id."
        )
    kept = await session.scalar(
        select(func.count()).where(Attached.case_id == case_id, Attached.sha256.is_not(None))
    )
    if (kept or 0) >= MAX_PER_CASE:
        raise AttachmentRefused(
            "too_many",
            f"Ärendet har redan {MAX_PER_CASE} bilagor, och fler går inte att lägga till.",
        )
    return False


def _examined(content: bytes) -> tuple[FileType | None, bytes]:
    return file_type(content), hashlib.sha256(content).digest()


def _locked(key: CaseKey, attachment_id: UUID, name: str, content: bytes) -> dict[str, bytes]:
    return {
        "sealed_name": key.lock(attachment_id, _NAME, name.encode()),
        "sealed": key.lock(attachment_id, _CONTENT, content),
    }


def _described() -> Select[*tuple[object, ...]]:
    return select(
        Attached.attachment_id,
        Attached.case_id,
        Attached.media_type,
        Attached.size,
        Attached.sha256,
        Attached.sealed_name,
        Attached.created_at,
        VaultKey.key_id,
        VaultKey.wrapped,
    ).join(VaultKey, VaultKey.case_id == Attached.case_id)


def _opened(row: Row[*tuple[object, ...]]) -> Attachment:
    name = None
    if row.sealed_name is not None and row.wrapped is not None:
        key = open_key(row.case_id, row.key_id, row.wrapped)
        name = key.unlock(row.attachment_id, _NAME, row.sealed_name).decode()
    return Attachment(
        row.attachment_id,
        row.case_id,
        name,
        row.media_type,
        row.size,
        row.sha256,
        row.created_at,
    )
