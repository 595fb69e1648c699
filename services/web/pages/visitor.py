"""Who looks at a page: the session in the cookie, and what to do when there is none."""

from typing import Annotated, Final

from fastapi import Depends, Request, Response

from infra.db import transaction
from infra.people.identity import Actor, actor_of_token, remembered
from infra.people.logins import SESSION_LIVES

COOKIE: Final = "avvik"
_SECURE: Final = "__Host-avvik"
"""The name under TLS: a browser then takes it from this host only, never from a neighbour."""


class NotHere(Exception):  # noqa: N818 - an answer
    """Nobody is logged in, and the page is for somebody."""


def token_of(request: Request) -> str | None:
    """Return the session's token, None where the browser has none."""
    return request.cookies.get(_name(request))


async def somebody_or_nobody(request: Request) -> Actor | None:
    """Return who is logged in, None for nobody; asked once a request."""
    if not hasattr(request.state, "actor"):
        request.state.actor = await _look(request)
    found: Actor | None = request.state.actor
    return found


async def somebody(request: Request) -> Actor:
    """Return who is logged in, or raise `NotHere`."""
    actor = await somebody_or_nobody(request)
    if actor is None:
        raise NotHere
    return actor


Visitor = Annotated[Actor, Depends(somebody, scope="function")]
MaybeVisitor = Annotated[Actor | None, Depends(somebody_or_nobody, scope="function")]


def keep(request: Request, response: Response, token: str) -> None:
    """Give the browser the session."""
    response.set_cookie(
        _name(request),
        token,
        max_age=int(SESSION_LIVES.total_seconds()),
        path="/",
        secure=_tls(request),
        httponly=True,
        samesite="lax",
    )


def forget(request: Request, response: Response) -> None:
    """Take the session out of the browser."""
    response.delete_cookie(
        _name(request), path="/", secure=_tls(request), httponly=True, samesite="lax"
    )


async def _look(request: Request) -> Actor | None:
    token = token_of(request)
    if token is None:
        return None
    known = remembered(token)
    if known is not None:
        return known
    async with transaction() as session:
        return await actor_of_token(session, token)


def _tls(request: Request) -> bool:
    return request.url.scheme == "https"


def _name(request: Request) -> str:
    return _SECURE if _tls(request) else COOKIE
