"""What never got there: notices that nobody received, and cases that nobody knows of."""

from typing import Final

from fastapi import APIRouter, Request, Response

from infra.db import transaction
from infra.people import accounts as people
from infra.people.units import units
from services import unreached
from services.notify.notices import lost
from services.web.pages.admin.administrator import Administrator
from services.web.pages.admin.draw import admin_page
from workflows.terms.labels import NOTICES, ROLES

router = APIRouter(include_in_schema=False)

AT: Final = "/admin/aviseringar"


@router.get(AT)
async def list_lost(request: Request, _: Administrator) -> Response:
    """List cases that nobody could be told of, and notices that came back."""
    async with transaction() as session:
        cases = await unreached.unreached(session)
        rows = await lost(session)
        places = {it.code: it.name for it in await units(session, closed=True)}
        ids = {it.account_id for it in rows if it.account_id}
        names = await people.display_names(session, ids)
    return admin_page(
        request,
        "admin/notices.html",
        at=AT,
        cases=cases,
        rows=rows,
        names=names,
        units=places,
        roles=ROLES,
        says=NOTICES,
    )
