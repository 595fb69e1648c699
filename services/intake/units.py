"""Which units exist and take reports."""

from collections.abc import Mapping
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from infra import clock
from infra.db import transaction
from infra.people import units as people
from infra.people.units import UnitData
from services.intake.form import ReportForm
from workflows.terms.unit_kinds import RECEPTION

UNKNOWN: Final = "Enheten finns inte. Kontrollera adressen eller QR-koden."
_FRESH: Final = timedelta(seconds=5)
_known: Mapping[str, UnitData] = {}
_looked_at: datetime | None = None


async def every(session: AsyncSession | None = None) -> Mapping[str, UnitData]:
    """Return the units by code, closed ones too; read again every few seconds.

    Who has a transaction open gives it: waiting for a second connection while holding one, all
    would wait for each other.
    """
    global _known, _looked_at
    now = clock.now()
    if _looked_at is None or now - _looked_at > _FRESH:
        async with nullcontext(session) if session else transaction() as open_one:
            found = await people.units(open_one, closed=True)
        _known, _looked_at = {unit.code: unit for unit in found}, now
    return _known


async def described(session: AsyncSession | None = None) -> Mapping[str, UnitData]:
    """Return the active units by code; a transaction is used as in `every`."""
    return {code: unit for code, unit in (await every(session)).items() if unit.active}


async def active(session: AsyncSession | None = None) -> frozenset[str]:
    """Return the codes of active units."""
    return frozenset(await described(session))


async def unknown(form: ReportForm, *, closed_too: bool = False) -> str | None:
    """Return the first field of a report that names no unit that takes it; None when all do.

    With `closed_too` a unit that was closed since the report was written still takes it.
    """
    known = frozenset(await every()) if closed_too else await active()
    for field in ("unit", "reported_by_unit"):
        code = getattr(form, field)
        if code is not None and code not in known:
            return field
    return None


async def reception() -> str | None:
    """Return the active unit that takes in what has no place yet: the first by code."""
    known = await described()
    return min((code for code, unit in known.items() if unit.kind == RECEPTION), default=None)


def forget() -> None:
    """Read the units anew at the next use."""
    global _looked_at  # noqa: PLW0603 - one cache for the process
    _looked_at = None
