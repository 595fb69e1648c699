"""Who has read what: for administrators everything, for managers their own units."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from events import Role
from infra.db import transaction
from infra.people import accounts as people
from infra.people.identity import Actor
from infra.people.units import units
from services.access_review import readers, review
from services.case_numbers import case_of_number
from services.projections.case_index import CaseRow
from services.web.pages.admin.administrator import Administrator
from services.web.pages.admin.draw import admin_page
from services.web.pages.admin.read_words import read_says
from services.web.pages.look import page
from services.web.pages.steps.choices import Option
from services.web.pages.visitor import Visitor
from services.web.problem import forbidden
from workflows.access import may
from workflows.rules.calendar import ZONE

router = APIRouter(include_in_schema=False)

_PER_PAGE: Final = 100
_GREATEST: Final = 2**63 - 1
_NO_CASE: Final = "Det finns inget ärende med det numret."
_NO_DAY: Final = "Skriv dagen som 2026-01-31."
Text = Annotated[str, Query(max_length=100)]


@dataclass(slots=True)
class _Asked:
    """The filters as they were given, and what they mean."""

    enhet: str
    person: str
    arende: str
    sedan: str
    cursor: int | None
    case_id: UUID | None = None
    account_id: UUID | None = None
    since: datetime | None = None

    async def understood(self, session: AsyncSession) -> dict[str, str]:
        """Read the filters; return what was wrong with which."""
        wrong: dict[str, str] = {}
        if self.arende:
            self.case_id = await case_of_number(session, self.arende)
            if self.case_id is None:
                wrong["arende"] = _NO_CASE
        try:
            self.account_id = UUID(self.person) if self.person else None
        except ValueError:
            wrong["person"] = "Välj en person på listan."
        try:
            if self.sedan:
                self.since = datetime.combine(date.fromisoformat(self.sedan), time(), ZONE)
        except ValueError:
            wrong["sedan"] = _NO_DAY
        return wrong


@router.get("/admin/laslogg")
async def review_all(
    request: Request,
    admin: Administrator,
    enhet: Text = "",
    person: Text = "",
    arende: Text = "",
    sedan: Text = "",
    fran: Text = "",
) -> Response:
    """Review every reading."""
    asked = _Asked(enhet, person, arende, sedan, _place(fran))
    given = await _gathered(admin, asked, administers=True)
    return admin_page(request, "admin/readings.html", at="/admin/laslogg", **given)


@router.get("/laslogg")
async def review_unit(
    request: Request,
    actor: Visitor,
    enhet: Text = "",
    person: Text = "",
    arende: Text = "",
    sedan: Text = "",
    fran: Text = "",
) -> Response:
    """Review what was read of a unit one manages; the only one where there is one."""
    if not may("read-access-log", actor.roles):
        raise forbidden()
    own = sorted(actor.units(Role.UNIT_MANAGER) or ())
    asked = _Asked(enhet or (own[0] if own else ""), person, arende, sedan, _place(fran))
    given = await _gathered(actor, asked, administers=False)
    return page(request, "me/readings.html", **given)


async def _gathered(actor: Actor, asked: _Asked, *, administers: bool) -> dict[str, Any]:
    async with transaction() as session:
        wrong = await asked.understood(session)
        found = await review(
            session,
            actor,
            unit=asked.enhet or None,
            case_id=asked.case_id,
            account_id=asked.account_id,
            since=asked.since,
            cursor=asked.cursor,
            limit=_PER_PAGE,
        )
        entries = [] if wrong else found.entries
        places = {it.code: it.name for it in await units(session, closed=True)}
        numbers = await _numbers(session, [it.reading.case_id for it in entries])
        everybody = (
            [it.account_id for it in await people.accounts(session, closed=True)]
            if administers and not asked.enhet
            else await readers(session, actor, asked.enhet)
        )
        ids = {*everybody, *(it.reading.account_id for it in entries if it.reading.account_id)}
        names = await people.display_names(session, ids)
    own = actor.units(Role.UNIT_MANAGER) or frozenset()
    shown = places if administers else {it: places.get(it, it) for it in sorted(own)}
    known = sorted(everybody, key=lambda it: names[it].casefold())
    return {
        "asked": asked,
        "wrong": wrong,
        "rows": [
            {
                "at": it.at,
                "who": names.get(it.reading.account_id, "")
                if it.reading.account_id
                else "Någon utan konto",
                "what": read_says(it.reading.what),
                "number": numbers.get(it.reading.case_id) if it.reading.case_id else None,
                "unit": places.get(it.reading.unit, "") if it.reading.unit else "",
            }
            for it in entries
        ],
        "next": None if wrong else found.cursor,
        "units": [Option(*it) for it in shown.items()],
        "people": [Option(str(it), names[it]) for it in known],
    }


async def _numbers(session: AsyncSession, ids: list[UUID | None]) -> dict[UUID, str]:
    rows = await session.execute(
        select(CaseRow.case_id, CaseRow.number).where(
            CaseRow.case_id.in_({it for it in ids if it})
        )
    )
    return {row.case_id: row.number for row in rows}


def _place(told: str) -> int | None:
    return min(int(told), _GREATEST) if told.isascii() and told.isdecimal() else None
