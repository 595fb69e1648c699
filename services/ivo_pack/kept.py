"""What is kept in the vault of each version beside its files: its details and its sheet."""

from typing import Final
from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from infra.vault import words as vault
from infra.vault.words import Words
from services.ivo_pack.details import PackDetails
from services.ivo_pack.sheet import Sheet

_DETAILS: Final = "ivo_pack.details"
_SHEET: Final = "ivo_pack.sheet"


async def keep(
    session: AsyncSession, case_id: UUID, version: int, details: PackDetails, sheet: Sheet
) -> None:
    """Keep what a version was made of and what it says."""
    told = {
        _DETAILS: details.model_dump_json(exclude_unset=True),
        _SHEET: sheet.model_dump_json(),
    }
    await vault.keep_many(
        session,
        [Words(case_id, _item(case_id, kind, version), kind, it) for kind, it in told.items()],
    )


async def details_of(session: AsyncSession, case_id: UUID, version: int) -> PackDetails:
    """Return what was filled in for a version; nothing where there is none, or it is erased."""
    kept = await _read(session, case_id, _DETAILS, version)
    return PackDetails.model_validate_json(kept) if kept else PackDetails()


async def sheet_of(session: AsyncSession, case_id: UUID, version: int) -> Sheet | None:
    """Return a version's sheet; None where there is none, or it is erased."""
    kept = await _read(session, case_id, _SHEET, version)
    return Sheet.model_validate_json(kept) if kept else None


async def _read(session: AsyncSession, case_id: UUID, kind: str, version: int) -> str | None:
    item = _item(case_id, kind, version)
    return (await vault.read(session, case_id, [item])).get(item)


def _item(case_id: UUID, kind: str, version: int) -> UUID:
    return uuid5(case_id, f"{kind} {version}")
