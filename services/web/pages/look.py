"""Draws a page: template, texts in the chosen language, menu, and the headers of every page."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from fastapi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from services.texts import LANGUAGES, Texts, texts, untranslated
from services.web.pages import guard, menu, said, static_files
from services.web.pages.packing import packed
from workflows.rules.calendar import local_day

LANGUAGE_COOKIE: Final = "sprak"
_YEAR: Final = 365 * 24 * 3600


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("services.web.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "static": static_files.address,
        "languages": LANGUAGES,
        "swedish": texts(None),
        "untranslated": untranslated,
    }
    environment.filters |= {
        "moment": said.moment,
        "day": said.day,
        "whole_day": said.whole_day,
        "left": said.left,
        "count": said.count,
        "local_day": local_day,
        "first_upper": said.first_upper,
    }
    environment.tests["soon"] = said.is_soon
    return environment


def speak(request: Request, code: str) -> None:
    """Draw the answer to this request in a language, and remember it on the device."""
    if code in LANGUAGES:
        request.state.speaks = code


def language_of(request: Request) -> Texts:
    """Return the texts in the language that was chosen on this device."""
    return texts(getattr(request.state, "speaks", request.cookies.get(LANGUAGE_COOKIE)))


def keep_language(request: Request, response: Response) -> None:
    """Remember on the device a language that was chosen in this request."""
    chosen = getattr(request.state, "speaks", None)
    if chosen is not None:
        response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=_YEAR, samesite="lax")


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> Response:
    """Draw a page for whoever looks; nothing of it may be kept by a cache.

    Every template gets `t` (texts), `language`, `here` (who is logged in, or None), `menu`,
    `path`, and `address` (the path with what was asked, to come back to). Pages for the public
    draw in the chosen language, the desk in Swedish.
    """
    actor = getattr(request.state, "actor", None)
    chosen = language_of(request)
    base: dict[str, Any] = {
        "t": chosen,
        "language": chosen.language,
        "here": actor,
        "menu": menu.items(actor, request.url.path) if actor else (),
        "path": request.url.path,
        "address": _address(request),
        "wrong": {},
    }
    drawn = _environment().get_template(template).render(base | context)
    response = packed(
        request,
        drawn.encode(),
        "text/html; charset=utf-8",
        guard.HEADERS | dict(headers or {}),
        status,
    )
    keep_language(request, response)
    return response


def _address(request: Request) -> str:
    asked = request.url.query
    return f"{request.url.path}?{asked}" if asked else request.url.path
