"""Units, people, roles and tokens: for the administrator, who never sees a case."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel

from events import Code, Role
from infra.db import transaction
from infra.people import accounts as people
from infra.people import tokens as keys
from infra.people.accounts import Person
from infra.people.units import UnitData, units
from services.administration import accounts, tokens
from services.administration import units as register
from services.administration.changing import changing
from services.administration.forms import (
    AccountChange,
    Grant,
    NewAccount,
    NewToken,
    UnitForm,
)
from services.web.deps import Administrator
from services.web.problem import Problem

router = APIRouter(prefix="/api/v1/admin", tags=["administration"])


class AccountView(BaseModel):
    """An account as the administrator sees it."""

    account_id: UUID
    login: str
    name: str
    email: str | None
    title: str
    active: bool
    roles: list[tuple[Role, str | None]] = []


class TokenView(BaseModel):
    """A token that was issued: everything but itself."""

    token_id: UUID
    name: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


class Issued(BaseModel):
    """A token, shown this once."""

    token: str


@router.get("/units")
async def list_units(_: Administrator) -> list[UnitData]:
    """List every unit, closed ones too."""
    async with transaction() as session:
        return await units(session, closed=True)


@router.put("/units/{code}", status_code=204)
async def put_unit(code: Code, unit: UnitForm, admin: Administrator) -> Response:
    """Add or change a unit."""
    if code != unit.code:
        raise Problem(422, "invalid", "Koden i adressen och i innehållet är olika.")
    async with changing() as session:
        await register.keep(session, unit, admin.account_id)
    return Response(status_code=204)


@router.get("/accounts")
async def list_accounts(_: Administrator) -> list[AccountView]:
    """List every account with its roles."""
    async with transaction() as session:
        found = await people.accounts(session, closed=True)
        roles = await people.all_memberships(session)
    return [_view(it, roles.get(it.account_id, [])) for it in found]


@router.post("/accounts", status_code=201)
async def add_account(new: NewAccount, admin: Administrator) -> AccountView:
    """Add an account; without a password it can only be used by token."""
    async with changing() as session:
        account_id = await accounts.add(session, new, admin.account_id)
        return _view(await accounts.must_exist(session, account_id), [])


@router.patch("/accounts/{account_id}", status_code=204)
async def change_account(
    account_id: UUID, change: AccountChange, admin: Administrator
) -> Response:
    """Change an account. A new password, or closing it, ends all its tokens."""
    async with changing() as session:
        await accounts.change(session, account_id, change, admin.account_id)
    return Response(status_code=204)


@router.put("/accounts/{account_id}/roles", status_code=204)
async def grant(account_id: UUID, given: Grant, admin: Administrator) -> Response:
    """Give somebody else a role; nobody gives oneself the sight of cases."""
    async with changing() as session:
        await accounts.grant(session, account_id, given, admin.account_id)
    return Response(status_code=204)


@router.delete("/accounts/{account_id}/roles", status_code=204)
async def withdraw(account_id: UUID, given: Grant, admin: Administrator) -> Response:
    """Take a role away from somebody else; so the last administrator stays one."""
    async with changing() as session:
        await accounts.withdraw(session, account_id, given, admin.account_id)
    return Response(status_code=204)


@router.post("/accounts/{account_id}/tokens", status_code=201)
async def issue_token(account_id: UUID, new: NewToken, admin: Administrator) -> Issued:
    """Make a token for another system; it lives until it is revoked.

    Not for an account that may read cases: a token is as good as being that person.
    """
    async with changing() as session:
        return Issued(token=await tokens.issue(session, account_id, new.name, admin.account_id))


@router.get("/accounts/{account_id}/tokens")
async def list_tokens(account_id: UUID, _: Administrator) -> list[TokenView]:
    """List an account's tokens, newest first, so that one can be revoked."""
    async with transaction() as session:
        await accounts.must_exist(session, account_id)
        found = await keys.tokens_of(session, account_id)
    return [
        TokenView(
            token_id=it.token_id,
            name=it.name,
            created_at=it.created_at,
            expires_at=it.expires_at,
            revoked_at=it.revoked_at,
        )
        for it in found
    ]


@router.delete("/tokens/{token_id}", status_code=204)
async def revoke_token(token_id: UUID, admin: Administrator) -> Response:
    """End a token; every process knows within five seconds."""
    async with changing() as session:
        await tokens.revoke(session, token_id, admin.account_id)
    return Response(status_code=204)


def _view(person: Person, roles: list[tuple[Role, str | None]]) -> AccountView:
    return AccountView(
        account_id=person.account_id,
        login=person.login,
        name=person.name,
        email=person.email,
        title=person.title,
        active=person.active,
        roles=roles,
    )
