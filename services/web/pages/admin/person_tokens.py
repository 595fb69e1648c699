"""The tokens of accounts that other systems report with: issued, shown once, revoked."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.administration import tokens
from services.administration.changing import changing
from services.administration.forms import NewToken
from services.administration.refused import ChangeRefused
from services.web.pages.admin.administrator import Administrator
from services.web.pages.admin.filled import filled
from services.web.pages.admin.people import AT
from services.web.pages.admin.person import drawn
from services.web.pages.posted import Posted, posted
from services.web.pages.steps.read import Wrong
from services.web.pages.steps.row import Ask

router = APIRouter(include_in_schema=False)

_EMPTY = "Skriv vilket system som ska använda tokenet."
_ASKS = {"name": Ask("System", empty=_EMPTY)}


@router.post(AT + "/{account_id}/token")
async def issue_token(account_id: UUID, request: Request, admin: Administrator) -> Response:
    """Issue a token and show it this once."""
    form = await posted(request)
    try:
        new = filled(NewToken, Posted([("name", form.one("token"))]), _ASKS)
        async with changing() as session:
            token = await tokens.issue(session, account_id, new.name, admin.account_id)
    except Wrong as wrong:
        said = {"token": wrong.fields.get("name", _EMPTY)}
        return await drawn(request, account_id, admin, form=form, wrong=said)
    except ChangeRefused as refused:
        if refused.code != "reads_cases":
            raise
        said = {"token": str(refused)}
        return await drawn(request, account_id, admin, form=form, wrong=said)
    return await drawn(request, account_id, admin, token=token)


@router.post(AT + "/{account_id}/token/{token_id}")
async def revoke_token(account_id: UUID, token_id: UUID, admin: Administrator) -> Response:
    """Revoke a token."""
    async with changing() as session:
        await tokens.revoke(session, token_id, admin.account_id)
    return RedirectResponse(f"{AT}/{account_id}?gjort=aterkallad", 303)
