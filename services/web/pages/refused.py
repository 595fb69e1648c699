"""Every no as a page: what went wrong, in words, and where to go from here."""

from typing import Final

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from services.texts import SWEDISH
from services.web.limits import takes_files
from services.web.pages.login_page import login_page, to_login
from services.web.pages.look import language_of, page
from services.web.pages.posted import Posted, posted
from services.web.pages.steps.read import Wrong
from services.web.pages.visitor import NotHere
from services.web.problem import Problem

_TITLES: Final = {
    401: "sida.utloggad",
    403: "sida.nekad",
    404: "sida.saknas",
    409: "sida.inte.nu",
    413: "sida.stor",
    422: "sida.fel",
    429: "sida.vanta",
    503: "sida.stopp",
}
_OTHERWISE: Final = "sida.trasig"
_TIPS: Final = {
    403: "sida.nekad.tips",
    404: "sida.saknas.tips",
    429: "sida.vanta.tips",
    500: "sida.trasig.tips",
    503: "sida.trasig.tips",
}
"""What to do about it, in every language; our own sentence about it is in Swedish only."""
_PASSES: Final = frozenset({429, 500, 503})
"""What may be over in a moment."""


def as_page(request: Request, problem: Problem) -> Response:
    """Draw a problem for a person: in Swedish our own words, in other languages what to do."""
    t = language_of(request)
    tip = _TIPS.get(problem.status)
    foreign = t.language.code != SWEDISH
    return page(
        request,
        "refused.html",
        status=problem.status,
        headers=problem.headers,
        title=t(_TITLES.get(problem.status, _OTHERWISE)),
        tip=t(tip) if tip and foreign else "",
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
            return RedirectResponse(to_login(path + query), 303)
        # Files are not kept, and not even read for somebody whom we don't know.
        files = takes_files(path)
        kept = [] if files else (await posted(request)).pairs()
        await request.close()
        t = language_of(request)
        return await login_page(
            request,
            path + query,
            kept=orjson.dumps(kept).decode(),
            said=f"{t('person.ut')} {t('sida.filer' if files else 'sida.kvar')}",
            status=401,
        )

    @app.exception_handler(Wrong)
    async def _wrong(request: Request, wrong: Wrong) -> Response:
        # A form of one button can only be wrong when the page did not make it.
        return as_page(request, Problem(422, "invalid", str(wrong)))
