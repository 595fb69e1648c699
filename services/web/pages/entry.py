"""The front door: where to go, logging in and out, and the language."""

from typing import Any, Final

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from infra.db import transaction
from infra.people import logins, tokens
from infra.people.identity import forget_actors
from infra.people.logins import LoginRefused, Why
from services.web.pages import menu, visitor
from services.web.pages.login_page import ADDRESS, login_page
from services.web.pages.look import keep_language, language_of, page, speak
from services.web.pages.posted import Posted, posted
from services.web.pages.visitor import MaybeVisitor

router = APIRouter(include_in_schema=False)

_OWN: Final = "/mina-rapporter"


@router.get("/")
async def start(request: Request, actor: MaybeVisitor) -> Response:
    """Send those who work here to what waits for them; show the doors to everybody else."""
    if actor is not None:
        return RedirectResponse(menu.home(actor), 303)
    return page(request, "start.html")


@router.get(ADDRESS)
async def ask_who(
    request: Request, actor: MaybeVisitor, till: str = "", bytt: str = ""
) -> Response:
    """Show the login form; `bytt` says that somebody made room for another."""
    till = _local(till)
    if actor is not None:
        return RedirectResponse(till or menu.home(actor), 303)
    t = language_of(request)
    said = t("person.byt.klart") if bytt else t("mina.logga.in") if till == _OWN else ""
    return await login_page(request, till, said=said)


@router.post(ADDRESS)
async def log_in(request: Request) -> Response:
    """Exchange login and password for a session; what was being sent goes on from there."""
    form = await posted(request)
    till, kept = _local(form.one("till")), form.one("kept")
    if wrong := _left_out(request, form):
        return await login_page(
            request, till, kept=kept, login=form.one("login"), wrong=wrong, status=422
        )
    async with transaction() as session:
        answer = await logins.login(session, form.one("login"), form.one("password"))
    if isinstance(answer, LoginRefused):
        many = answer.code is Why.TOO_MANY
        t = language_of(request)
        return await login_page(
            request,
            till,
            kept=kept,
            login=form.one("login"),
            wrong={"login": t("person.fel.manga") if many else t("person.fel")},
            status=429 if many else 401,
            headers={"Retry-After": str(answer.retry_after)} if many else None,
        )
    fields = _kept(kept)
    response: Response = (
        page(request, "resume.html", till=till, fields=fields)
        if till and fields
        else RedirectResponse(till or "/", 303)
    )
    visitor.keep(request, response, answer)
    return response


@router.post("/logga-ut")
async def log_out(request: Request) -> Response:
    """End the session here and everywhere it was copied to."""
    till = _local((await posted(request)).one("till"))
    token = visitor.token_of(request)
    if token is not None:
        async with transaction() as session:
            await tokens.revoke_this(session, token)
        forget_actors()
    response = RedirectResponse(till or ADDRESS, 303)
    visitor.forget(request, response)
    return response


@router.post("/sprak")
async def choose_language(request: Request, till: str = "") -> Response:
    """Remember the language on this device."""
    form = await posted(request)
    response = RedirectResponse(_local(form.one("till") or till) or "/", 303)
    speak(request, form.one("sprak"))
    keep_language(request, response)
    return response


def _left_out(request: Request, form: Posted) -> dict[str, str]:
    """Say what was not filled in."""
    t = language_of(request)
    asked = {"login": t("person.fel.anvandare"), "password": t("person.fel.losenord")}
    return {name: says for name, says in asked.items() if not form.one(name)}


def _local(address: str) -> str:
    """Return an address of ours as it is; nothing for one that leads elsewhere."""
    ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if ours and address.isprintable() else ""


def _kept(told: str) -> list[tuple[str, str]]:
    """Return the fields that were being sent; none where they can't be read."""
    try:
        read: Any = orjson.loads(told) if told else []
    except orjson.JSONDecodeError:
        return []
    return [
        (pair[0], pair[1])
        for pair in (read if isinstance(read, list) else [])
        if isinstance(pair, list) and [type(it) for it in pair] == [str, str]
    ]
