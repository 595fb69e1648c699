"""Logging in with a password, logging out, and who one is."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from infra.db import transaction
from infra.people import logins, tokens
from infra.people.identity import forget_actors
from infra.people.logins import LoginRefused, Why
from services.web.deps import Actor
from services.web.problem import Problem

router = APIRouter(prefix="/api/v1", tags=["sessions"])


class Credentials(BaseModel):
    """A login and its password."""

    model_config = ConfigDict(extra="forbid")

    login: str = Field(max_length=200)
    password: str = Field(max_length=1000)


class Session(BaseModel):
    """A token that lives for twelve hours."""

    token: str


class Me(BaseModel):
    """Who holds the token: roles with their units, None for every unit."""

    account_id: UUID
    login: str
    roles: dict[str, list[str] | None]


@router.post("/login")
async def log_in(given: Credentials) -> Session:
    """Exchange login and password for a token. After five failures in 15 minutes: 429."""
    async with transaction() as session:
        answer = await logins.login(session, given.login, given.password)
    if isinstance(answer, LoginRefused):
        many = answer.code is Why.TOO_MANY
        raise Problem(
            429 if many else 401,
            str(answer.code),
            answer.message,
            headers={"Retry-After": str(answer.retry_after)} if many else None,
        )
    return Session(token=answer)


@router.post("/logout", status_code=204)
async def log_out(request: Request, _: Actor) -> Response:
    """End the token that is used here; other processes know within five seconds."""
    token = request.headers["authorization"].partition(" ")[2].strip()
    async with transaction() as session:
        await tokens.revoke_this(session, token)
    forget_actors()
    return Response(status_code=204)


@router.get("/me")
async def who_am_i(actor: Actor) -> Me:
    """Tell who holds the token, and in which roles."""
    return Me(
        account_id=actor.account_id,
        login=actor.login,
        roles={
            role: None if units is None else sorted(units)
            for role, units in actor.roles.items()
        },
    )
