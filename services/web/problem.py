"""Every no the web can say, as `application/problem+json` with a Swedish sentence."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import asyncpg
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree
from starlette.exceptions import HTTPException

from infra.absence import absent
from infra.people.accounts import PersonRefused
from infra.people.passwords import PasswordRefused
from infra.store import StaleCase
from infra.vault.attachments import AttachmentRefused
from infra.vault.case_keys import CaseErased
from services.administration.refused import ChangeRefused
from services.intake.group import Full
from services.plain_errors import in_swedish
from workflows import Refusal, UnknownCase

log = structlog.get_logger()

_NOT_TEXT = frozenset({"22021", "22P05"})
"""What PostgreSQL says of a NUL, wherever it was in the request."""

_SAYS = {
    400: "Det som skickades går inte att läsa.",
    413: "Det som skickades är för stort.",
    404: "Sidan finns inte.",
    405: "Det går inte att göra så här. Kontrollera metoden.",
}


class Problem(Exception):  # noqa: N818 - an answer
    """A no with its HTTP status, a code for the machine and a sentence for the person."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.headers = headers
        self.more = more or {}


def forbidden() -> Problem:
    """Say that a role or a unit does not reach that far."""
    return Problem(403, "forbidden", "Du har inte behörighet till det här.")


def not_utf8() -> Problem:
    """Say that the bytes are no text."""
    return Problem(400, "not_utf8", "Texten går inte att läsa. Skicka den som UTF-8.")


def invalid(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """Say which fields are wrong, and how."""
    told = in_swedish(errors)
    return Problem(422, "invalid", " ".join(it["says"] for it in told), more={"errors": told})


_FOR_MACHINES: Final = ("/api/", "/healthz", "/readyz", "/metrics", "/kuvert/")


def answer(request: Request, problem: Problem) -> Response:
    """Render a problem: as problem+json for machines, as a page for whoever reads pages."""
    if request.url.path.startswith(_FOR_MACHINES):
        return as_json(problem)
    as_page: Callable[[Request, Problem], Response] = request.app.state.as_page
    return as_page(request, problem)


def as_json(problem: Problem) -> JSONResponse:
    """Render a problem as problem+json (RFC 9457)."""
    body = {
        "type": f"urn:avvik:problem:{problem.code}",
        "title": problem.code.replace("_", " "),
        "status": problem.status,
        "detail": str(problem),
        "code": problem.code,
        **problem.more,
    }
    return JSONResponse(
        body,
        status_code=problem.status,
        media_type="application/problem+json",
        headers=dict(problem.headers or {}),
    )


def install(app: FastAPI) -> None:
    """Let every exception that is an answer be answered as one."""

    @app.exception_handler(Problem)
    async def _problem(request: Request, error: Problem) -> Response:
        return answer(request, error)

    @app.exception_handler(Refusal)
    async def _refused(request: Request, error: Refusal) -> Response:
        status = 404 if isinstance(error, UnknownCase) else 409
        return answer(request, Problem(status, error.code, str(error), more=error.detail))

    @app.exception_handler(StaleCase)
    async def _stale(request: Request, __: StaleCase) -> Response:
        said = "Någon annan ändrade ärendet samtidigt. Läs det igen och försök på nytt."
        return answer(request, Problem(409, "stale", said))

    @app.exception_handler(Full)
    async def _full(request: Request, __: Full) -> Response:
        return answer(request, busy())

    @app.exception_handler(AttachmentRefused)
    async def _file(request: Request, error: AttachmentRefused) -> Response:
        return answer(
            request, Problem(413 if error.code == "too_large" else 422, error.code, str(error))
        )

    @app.exception_handler(CaseErased)
    async def _erased(request: Request, __: CaseErased) -> Response:
        said = "Ärendets texter är raderade. Det går inte att skriva mer i det."
        return answer(request, Problem(409, "erased", said))

    @app.exception_handler(PersonRefused)
    @app.exception_handler(PasswordRefused)
    async def _person(request: Request, error: Exception) -> Response:
        return answer(request, Problem(409, "refused", str(error)))

    @app.exception_handler(ChangeRefused)
    async def _change(request: Request, error: ChangeRefused) -> Response:
        status = 404 if error.code == "not_found" else 409
        return answer(request, Problem(status, error.code, str(error)))

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Response:
        return answer(request, invalid(error.errors()))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        said = _SAYS.get(error.status_code, "Det gick inte.")
        return answer(request, Problem(error.status_code, "http", said, headers=error.headers))

    @app.exception_handler(asyncpg.PostgresError)
    @app.exception_handler(asyncpg.InterfaceError)
    @app.exception_handler(asyncpg.InternalClientError)
    @app.exception_handler(NoneFree)
    @app.exception_handler(OSError)
    @app.exception_handler(DBAPIError)
    async def _database(request: Request, error: Exception) -> Response:
        said_by = getattr(error, "orig", None) or error
        if getattr(said_by, "sqlstate", None) in _NOT_TEXT:
            said = "Texten har ett tecken som inte går att spara."
            return answer(request, Problem(422, "nul", said))
        return await _fault(request, error)

    @app.exception_handler(Exception)
    async def _fault(request: Request, error: Exception) -> Response:
        if absent(error):
            log.warning("web.without_database", error=type(error).__name__)
            return answer(request, away(reading=request.method in {"GET", "HEAD"}))
        log.error("web.fault", exc_info=error)
        said = "Något gick fel hos oss. Försök igen om en stund."
        return answer(request, Problem(500, "fault", said))


def away(*, reading: bool) -> Problem:
    """Say that the database is away; nothing was kept, as far as anybody can know."""
    said = "Det går inte att läsa just nu." if reading else "Det du skickade är inte sparat."
    return Problem(
        503,
        "away",
        f"Databasen svarar inte. {said} Försök igen strax.",
        headers={"Retry-After": "5"},
    )


def busy() -> Problem:
    """Say that more comes in than can be handled, and when to try again (seconds)."""
    return Problem(
        503,
        "busy",
        "Det är många rapporter just nu. Din rapport är inte sparad. Försök igen strax.",
        headers={"Retry-After": "5"},
    )
