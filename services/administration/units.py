"""Adds and changes units, and writes down who did."""

from dataclasses import asdict
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from infra.people import admin_changes
from infra.people import units as register
from infra.people.units import UnitData
from services.administration.forms import UnitForm
from services.administration.masked import masked
from services.administration.refused import ChangeRefused


async def add(session: AsyncSession, form: UnitForm, by: UUID) -> None:
    """Add a unit; raises `ChangeRefused` where its code is somebody else's already."""
    if await register.unit_of(session, form.code) is not None:
        raise ChangeRefused("taken", "Koden är upptagen. Välj en annan.")
    await keep(session, form, by)


async def keep(session: AsyncSession, form: UnitForm, by: UUID) -> None:
    """Add a unit, or change the one with the same code."""
    unit = UnitData(**form.model_dump())
    before = await register.unit_of(session, form.code)
    await register.keep_unit(session, unit)
    old, new = ({} if it is None else asdict(it) for it in (before, unit))
    # It may be somebody's own phone.
    phones = masked(old.get("on_call_phone"), new["on_call_phone"])
    for told, phone in zip((old, new), phones, strict=True):
        told["on_call_phone"] = phone
    what = "unit.added" if before is None else "unit.changed"
    await admin_changes.record(session, by, what, form.code, old, new)
