"""Absences, vacancies and stand-ins: for the administrator, and for oneself."""

from datetime import date
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict

from events import Code, Role
from infra.db import transaction
from infra.people.standing import Substitution
from services import substitutes
from services.administration.changing import changing
from services.substitutes import BadSubstitution, Kept
from services.web.deps import Actor, Administrator
from services.web.problem import Problem

router = APIRouter(prefix="/api/v1", tags=["substitutes"])

_CONFLICTS: Final = frozenset({"oneself", "administers", "not_a_colleague"})
"""Right in form, but not for this person to do; the rest is wrong in form (422)."""


class Period(BaseModel):
    """From which day to which, both counted in, and who stands in; nobody where left out."""

    model_config = ConfigDict(extra="forbid")

    substitute_id: UUID | None = None
    starts_on: date
    ends_on: date


class Named(Period):
    """A person who is away (`account_id`), or a unit that lacks somebody (`unit`, `role`)."""

    account_id: UUID | None = None
    unit: Code | None = None
    role: Role | None = None


@router.get("/admin/substitutes")
async def list_substitutes(_: Administrator) -> list[Kept]:
    """List absences and vacancies that hold today or later."""
    async with transaction() as session:
        return await substitutes.listed(session)


@router.put("/admin/substitutes/{substitution_id}")
async def put_substitute(substitution_id: UUID, named: Named, admin: Administrator) -> Kept:
    """Name who stands in, under an id of your own; a chain that goes round is told of."""
    row = Substitution(id=substitution_id, **named.model_dump())
    return await _keep(row, admin.account_id, by_oneself=False)


@router.delete("/admin/substitutes/{substitution_id}", status_code=204)
async def end_substitute(substitution_id: UUID, admin: Administrator) -> Response:
    """End an absence or a vacancy; the stand-in reaches no case within five seconds."""
    return await _end(substitution_id, admin.account_id)


@router.get("/me/substitute")
async def my_substitutes(actor: Actor) -> list[Kept]:
    """List your own absences, and those you are named for."""
    me = actor.account_id
    async with transaction() as session:
        rows = await substitutes.listed(session)
    return [it for it in rows if me in (it.account_id, it.substitute_id)]


# What people set for themselves is one row each, under the account's own id.


@router.put("/me/substitute")
async def put_my_substitute(period: Period, actor: Actor) -> Kept:
    """Say that you will be away, and which colleague stands in; replaces what you said last."""
    me = actor.account_id
    row = Substitution(id=me, account_id=me, unit=None, role=None, **period.model_dump())
    return await _keep(row, me, by_oneself=True)


@router.delete("/me/substitute", status_code=204)
async def end_my_substitute(actor: Actor) -> Response:
    """Say that you are back."""
    return await _end(actor.account_id, actor.account_id)


async def _keep(row: Substitution, by: UUID, *, by_oneself: bool) -> Kept:
    try:
        async with changing() as session:
            return await substitutes.keep(session, row, by, by_oneself=by_oneself)
    except BadSubstitution as bad:
        raise Problem(409 if bad.code in _CONFLICTS else 422, bad.code, str(bad)) from None


async def _end(substitution_id: UUID, by: UUID) -> Response:
    async with changing() as session:
        if not await substitutes.end(session, substitution_id, by):
            raise Problem(404, "not_found", "Det finns ingen sådan frånvaro.")
    return Response(status_code=204)
