"""Units, people, roles and tokens: for the administrator, who never sees a case."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy.ext.asyncio import AsyncSession

from events import Code, OwnerType, Role
from infra import clock
from infra.db import transaction
from infra.people import accounts as people
from infra.people import substitutes, tokens
from infra.people.accounts import Person
from infra.people.identity import Actor as Known
from infra.people.identity import forget_actors
from infra.people.units import UnitData, keep_unit, units
from services import caches
from services.intake.form import printable
from services.web.deps import Administrator
from services.web.problem import Problem
from workflows.access import may

router = APIRouter(prefix="/api/v1/admin", tags=["administration"])


Line = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(printable)
]
Named = Annotated[Line, Field(min_length=1)]
Email = Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class UnitForm(_Form):
    """A unit; its code is what reports name it by, and never changes."""

    code: Code
    name: Named
    kind: Code
    owner_type: OwnerType
    provider: Line | None = None
    on_call_phone: Line | None = None
    active: bool = True


class NewAccount(_Form):
    """Somebody who shall be able to log in."""

    login: str = Field(min_length=1, max_length=100)
    name: Named
    title: Line = ""
    email: Email | None = None
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
    """What to change; what is left out stays. `null` takes an address or a password away."""

    name: Named = ""
    title: Line = ""
    email: Email | None = None
    password: str | None = None
    active: bool = True


class Grant(_Form):
    """A role in a unit; without a unit it is for every unit, where the role can be."""

    role: Role
    unit: Code | None = None


class NewToken(_Form):
    """A token for another system; what it is for is all that is told of it later."""

    name: Named


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
async def put_unit(code: Code, unit: UnitForm, _: Administrator) -> Response:
    """Add or change a unit."""
    if code != unit.code:
        raise Problem(422, "invalid", "Koden i adressen och i innehållet är olika.")
    async with transaction() as session:
        await keep_unit(session, UnitData(**unit.model_dump()))
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
        await _must_exist(session, account_id)
        await people.change_account(session, account_id, **given)
    forget_actors()
    return Response(status_code=204)


@router.put("/accounts/{account_id}/roles", status_code=204)
async def grant(account_id: UUID, given: Grant, admin: Administrator) -> Response:
    """Give somebody else a role; nobody gives oneself the sight of cases."""
    _not_oneself(account_id, admin)
    async with transaction() as session:
        await _must_exist(session, account_id)
        await people.grant(session, account_id, given.role, given.unit)
    caches.forget()
    return Response(status_code=204)


@router.delete("/accounts/{account_id}/roles", status_code=204)
async def withdraw(account_id: UUID, given: Grant, admin: Administrator) -> Response:
    """Take a role away from somebody else; so the last administrator stays one."""
    _not_oneself(account_id, admin)
    async with transaction() as session:
        await people.withdraw(session, account_id, given.role, given.unit)
    caches.forget()
    return Response(status_code=204)


@router.post("/accounts/{account_id}/tokens", status_code=201)
async def issue_token(account_id: UUID, new: NewToken, _: Administrator) -> Issued:
    """Make a token for another system; it lives until it is revoked.

    Not for an account that may read cases: a token is as good as being that person.
    """
    async with transaction() as session:
        await _must_exist(session, account_id)
        held = {role for role, _ in await people.memberships(session, account_id)}
        stands_in = any(
            it.substitute_id == account_id
            for it in await substitutes.known(session, clock.today())
        )
        if stands_in or may("read-case", held):
            said = "Kontot kan läsa ärenden. Utfärda bara token för konton som rapporterar."
            raise Problem(409, "reads_cases", said)
        return Issued(token=await tokens.issue(session, account_id, new.name))


@router.get("/accounts/{account_id}/tokens")
async def list_tokens(account_id: UUID, _: Administrator) -> list[TokenView]:
    """List an account's tokens, newest first, so that one can be revoked."""
    async with transaction() as session:
        await _must_exist(session, account_id)
        found = await tokens.tokens_of(session, account_id)
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
async def revoke_token(token_id: UUID, _: Administrator) -> Response:
    """End a token; every process knows within five seconds."""
    async with transaction() as session:
        await tokens.revoke(session, token_id)
    forget_actors()
    return Response(status_code=204)


def _not_oneself(account_id: UUID, admin: Known) -> None:
    if account_id == admin.account_id:
        raise Problem(409, "oneself", "Be en annan administratör ändra dina egna roller.")


async def _must_exist(session: AsyncSession, account_id: UUID) -> None:
    if not await people.display_names(session, [account_id]):
        raise Problem(404, "not_found", "Kontot finns inte.")


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
