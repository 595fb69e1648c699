"""Units, people, roles and tokens: for the administrator, who never sees a case."""

from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from events import Role
from infra import people, tokens
from infra.db import transaction
from infra.identity import forget_actors
from infra.people import Person
from infra.units import UnitData, keep_unit, units
from services import caches
from services.web.deps import Administrator
from services.web.problem import Problem

router = APIRouter(prefix="/api/v1/admin", tags=["administration"])


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewAccount(_Form):
    """Somebody who shall be able to log in."""

    login: str = Field(min_length=1, max_length=100)
    name: str = Field(min_length=1, max_length=200)
    title: str = Field("", max_length=100)
    email: str | None = Field(None, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")
    password: str | None = None


class AccountView(BaseModel):
    """An account as the administrator sees it."""

    account_id: UUID
    login: str
    name: str
    email: str | None
    title: str
    active: bool
    roles: list[tuple[Role, str | None]] = []


class AccountChange(_Form):
    """What to change; what is left out stays."""

    name: str | None = None
    title: str | None = None
    email: str | None = None
    password: str | None = None
    active: bool | None = None


class Grant(_Form):
    """A role in a unit; without a unit it is for every unit, where the role can be."""

    role: Role
    unit: str | None = None


class NewToken(_Form):
    """A token for another system; what it is for is all that is told of it later."""

    name: str = Field(min_length=1, max_length=100)


class Issued(BaseModel):
    """A token, shown this once."""

    token: str


@router.get("/units")
async def list_units(_: Administrator) -> list[UnitData]:
    """List every unit, closed ones too."""
    async with transaction() as session:
        return await units(session, closed=True)


@router.put("/units/{code}", status_code=204)
async def put_unit(code: str, unit: UnitData, _: Administrator) -> Response:
    """Add or change a unit."""
    if code != unit.code:
        raise Problem(422, "invalid", "Koden i adressen och i innehållet är olika.")
    async with transaction() as session:
        await keep_unit(session, unit)
    caches.forget()
    return Response(status_code=204)


@router.get("/accounts")
async def list_accounts(_: Administrator) -> list[AccountView]:
    """List every account with its roles."""
    async with transaction() as session:
        found = await people.accounts(session, closed=True)
        roles = {
            it.account_id: await people.memberships(session, it.account_id) for it in found
        }
    return [_view(it, roles[it.account_id]) for it in found]


@router.post("/accounts", status_code=201)
async def add_account(new: NewAccount, _: Administrator) -> AccountView:
    """Add an account; without a password it can only be used by token."""
    async with transaction() as session:
        account_id = await people.create_account(
            session,
            new.login,
            new.name,
            title=new.title,
            email=new.email,
            password=new.password,
        )
        found = await people.accounts(session, closed=True)
    return _view(next(it for it in found if it.account_id == account_id), [])


@router.patch("/accounts/{account_id}", status_code=204)
async def change_account(account_id: UUID, change: AccountChange, _: Administrator) -> Response:
    """Change an account. A new password, or closing it, ends all its tokens."""
    given = change.model_dump(exclude_unset=True)
    async with transaction() as session:
        await people.change_account(session, account_id, **given)
    forget_actors()
    return Response(status_code=204)


@router.put("/accounts/{account_id}/roles", status_code=204)
async def grant(account_id: UUID, given: Grant, _: Administrator) -> Response:
    """Give somebody a role."""
    async with transaction() as session:
        await people.grant(session, account_id, given.role, given.unit)
    caches.forget()
    return Response(status_code=204)


@router.delete("/accounts/{account_id}/roles", status_code=204)
async def withdraw(account_id: UUID, given: Grant, _: Administrator) -> Response:
    """Take a role away where it was given."""
    async with transaction() as session:
        await people.withdraw(session, account_id, given.role, given.unit)
    caches.forget()
    return Response(status_code=204)


@router.post("/accounts/{account_id}/tokens", status_code=201)
async def issue_token(account_id: UUID, new: NewToken, _: Administrator) -> Issued:
    """Make a token for another system; it lives until it is revoked."""
    async with transaction() as session:
        return Issued(token=await tokens.issue(session, account_id, new.name))


@router.delete("/tokens/{token_id}", status_code=204)
async def revoke_token(token_id: UUID, _: Administrator) -> Response:
    """End a token; every process knows within five seconds."""
    async with transaction() as session:
        await tokens.revoke(session, token_id)
    forget_actors()
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
