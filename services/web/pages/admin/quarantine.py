"""What could not be handled: where, why, and trying it again."""

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from infra.db import transaction
from services import quarantined
from services.administration import retrying
from services.administration.changing import changing
from services.web.deps import RowId
from services.web.pages.admin.administrator import Administrator
from services.web.pages.admin.draw import admin_page
from services.web.pages.admin.held_words import consumer_says, reason_says

router = APIRouter(include_in_schema=False)

AT: Final = "/admin/karantan"
_DONE: Final = {
    "forsokt": "Meddelandet försöks igen. Går det inte kommer det tillbaka hit.",
    "borta": "Det fanns inget kvar att försöka igen.",
}


@router.get(AT)
async def list_held(request: Request, _: Administrator, gjort: str = "") -> Response:
    """List what waits for a person, the oldest first."""
    async with transaction() as session:
        rows = await quarantined.held(session)
    return admin_page(
        request,
        "admin/quarantine.html",
        at=AT,
        rows=[(it, consumer_says(it.consumer), reason_says(it.reason)) for it in rows],
        done=_DONE.get(gjort, ""),
    )


@router.post(AT + "/{row_id}/forsok")
async def try_again(row_id: RowId, admin: Administrator) -> Response:
    """Let a message be tried again."""
    async with changing() as session:
        tried = await retrying.retry(session, row_id, admin.account_id)
    return RedirectResponse(f"{AT}?gjort={'forsokt' if tried else 'borta'}", 303)
