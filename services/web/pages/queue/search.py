"""Finds a case by what somebody types as its number."""

import re
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.case_numbers import case_of_number

NOT_FOUND: Final = "Det finns inget ärende med det numret. Skriv det som A-2026-00012."
NOT_NUMBER: Final = (
    "Skriv ärendets nummer, till exempel A-2026-00012. Namn och text går inte att söka på."
)
_NUMBER: Final = re.compile(r"([A-ZÅÄÖ]+)-?([0-9]{4})-?([0-9]{1,9})")


async def find(session: AsyncSession, typed: str) -> UUID | None:
    """Return the case with a number, open or not; zeros and hyphens may be left out."""
    written = _NUMBER.fullmatch("".join(typed.split()).upper())
    if written is None:
        return None
    letters, year, running = written.groups()
    return await case_of_number(session, f"{letters}-{year}-{int(running):05d}")
