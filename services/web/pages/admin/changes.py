"""What administrators have changed: who, when, and from what to what."""

from collections.abc import Iterable
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from infra.db import transaction
from infra.people import accounts as people
from infra.people import admin_changes
from infra.people.admin_changes import Change
from infra.people.units import units
from services.web.deps import Place
from services.web.pages.admin.administrator import Administrator
from services.web.pages.admin.change_words import WHAT, Known, about_says, lines
from services.web.pages.admin.draw import admin_page

router = APIRouter(include_in_schema=False)

AT: Final = "/admin/andringar"
_PER_PAGE: Final = 100
_PEOPLE: Final = ("account_id", "substitute_id")


@router.get(AT)
async def list_changes(
    request: Request,
    _: Administrator,
    om: Annotated[str, Query(max_length=100)] = "",
    fran: Place = None,
) -> Response:
    """List changes, the newest first; `om` is the id of what they are about."""
    async with transaction() as session:
        found = await admin_changes.entries(
            session, about=om or None, cursor=fran, limit=_PER_PAGE
        )
        names = await people.display_names(session, _named(found.changes))
        places = {it.code: it.name for it in await units(session, closed=True)}
    known = Known({str(it): name for it, name in names.items()}, places)
    return admin_page(
        request,
        "admin/changes.html",
        at=AT,
        rows=[
            {
                "at": it.at,
                "by": names.get(it.by, "Okänd") if it.by else "Kommandoraden",
                "what": WHAT.get(it.what, it.what),
                "about": about_says(it, known),
                "lines": lines(it, known),
            }
            for it in found.changes
        ],
        om=om,
        next=found.cursor,
    )


def _named(changes: Iterable[Change]) -> set[UUID]:
    """Return every account that the changes name."""
    told = [
        value
        for it in changes
        for value in (it.by, it.about, *_in(it.before), *_in(it.after))
        if value
    ]
    return {found for it in told if (found := _id(str(it))) is not None}


def _in(values: admin_changes.Values) -> list[str | None]:
    return [values.get(name) for name in _PEOPLE]


def _id(told: str) -> UUID | None:
    try:
        return UUID(told)
    except ValueError:
        return None
