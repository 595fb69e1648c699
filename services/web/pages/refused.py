"""Every no as a page: what went wrong, in words, and where to go from here."""

from typing import Final
from urllib.parse import quote

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from services.web.pages.look import page
from services.web.pages.posted import Posted, posted
from services.web.pages.visitor import NotHere
from services.web.problem import Problem

_TITLES: Final = {
    401: "Du är inte inloggad",
    403: "Du kommer inte åt det här",
    404: "Sidan finns inte",
    409: "Det gick inte just nu",
    413: "Det är för stort",
    422: "Något stämmer inte",
    429: "Vänta lite",
    503: "Det går inte just nu",
}
_PASSES: Final = frozenset({429, 500, 503})
"""What may be over in a moment."""


def as_page(request: Request, problem: Problem) -> Response:
    """Draw a problem for a person."""
    return page(
        request,
        "refused.html",
        status=problem.status,
        headers=problem.headers,
        title=_TITLES.get(problem.status, "Något gick fel"),
        says=str(problem),
        again=_again(request, problem),
    )


def _again(request: Request, problem: Problem) -> list[tuple[str, str]]:
    """Return what was being sent, where trying again may help: it must not be typed again."""
    form: Posted | None = getattr(request.state, "posted", None)
    return form.pairs() if form and problem.status in _PASSES else []


def install(app: FastAPI) -> None:
    """Let pages say no as pages, and ask who it is where nobody is logged in."""
    app.state.as_page = as_page

    @app.exception_handler(NotHere)
    async def _not_here(request: Request, _: NotHere) -> Response:
        path = request.url.path
        query = f"?{request.url.query}" if request.url.query else ""
        if request.method in ("GET", "HEAD"):
            return RedirectResponse(f"/logga-in?till={quote(path + query, safe='/')}", 303)
        kept = (await posted(request)).pairs()
        await request.close()  # files are not kept: they must be chosen again
        return page(
            request,
            "login.html",
            status=401,
            till=path + query,
            kept=orjson.dumps(kept).decode(),
            said="Du har loggats ut. Logga in igen. Det du skrev finns kvar.",
            login="",
        )
