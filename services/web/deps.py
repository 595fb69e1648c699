"""What every route may ask for."""

from collections.abc import AsyncIterator
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Path, Query, Request
from pydantic import BeforeValidator
from sqlalchemy.ext.asyncio import AsyncSession

from events import Code
from infra.db import transaction
from infra.people.identity import Actor as Known
from infra.people.identity import actor_of_token, remembered
from services.web.problem import Problem, forbidden
from workflows.access import may


async def _session() -> AsyncIterator[AsyncSession]:
    async with transaction() as session:
        yield session


async def who_asks(request: Request) -> Known:
    """Return who holds the token in `Authorization: Bearer`, or say 401."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    actor = None
    if scheme.lower() == "bearer":
        actor = remembered(token.strip())
    if scheme.lower() == "bearer" and actor is None:
        # In a transaction of its own, over at once: a request that then waits for its turn to
        # be written must not sit on a connection that the writer needs.
        async with transaction() as session:
            actor = await actor_of_token(session, token.strip())
    if actor is None:
        raise Problem(
            401,
            "unauthenticated",
            "Du är inte inloggad, eller så har inloggningen gått ut.",
            headers={"WWW-Authenticate": "Bearer"},
        )
    return actor


async def _trace(request: Request) -> str:
    trace: str = request.state.trace
    return trace


# Without scope="function" FastAPI answers before the commit: 201 for what may not be stored.
Session = Annotated[AsyncSession, Depends(_session, scope="function")]
Actor = Annotated[Known, Depends(who_asks, scope="function")]
Trace = Annotated[str, Depends(_trace)]


async def _administrator(actor: Actor) -> Known:
    if not may("administer", actor.roles):
        raise forbidden()
    return actor


def _given(value: object) -> object:
    return None if value == "" else value


# An address with an empty filter (`?unit=&kind=`) asks for everything.
_Given = BeforeValidator(_given)
OneCode = Annotated[Code | None, _Given]
OneId = Annotated[UUID | None, _Given]
YesOrNo = Annotated[bool | None, _Given]
_GREATEST: Final = 2**63 - 1
Place = Annotated[int | None, _Given, Query(ge=1, le=_GREATEST)]
RowId = Annotated[int, Path(ge=1, le=_GREATEST)]

Administrator = Annotated[Known, Depends(_administrator, scope="function")]
