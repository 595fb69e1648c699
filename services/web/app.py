"""Puts the web together."""

from asyncio import Semaphore
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import structlog
from fastapi import FastAPI, Request, Response

from infra.db import dispose
from infra.link import Link
from infra.stream.broker import make_broker
from services.case_view import view as _view  # noqa: F401 - its models are in the routes
from services.give import Forbidden
from services.handlers import HANDLERS
from services.intake.group import GroupCommit
from services.web import (
    admin,
    answers,
    attachments,
    cases,
    complaints,
    describe,
    health,
    law,
    measures,
    oversight,
    packs,
    pages,
    problem,
    queue,
    reports,
    sessions,
    stream_described,
    substitutes,
)
from services.web.admission import Admission
from services.web.headers import Guarded
from services.web.limits import Bounded
from services.web.pace import Pace
from services.web.pages.queue.news import News
from services.web.trace import Traced

log = structlog.get_logger()

_PARTS = (
    *(reports, complaints, answers, queue, cases, attachments),
    *(packs, sessions, measures, admin, substitutes, oversight, law, health),
    stream_described,
)
_ABOUT = (
    "Avvikelser från rapport till avslutat ärende. Fel svaras som application/problem+json "
    "med en svensk mening i `detail` och en kod i `code`."
)


@asynccontextmanager
async def _living(app: FastAPI) -> AsyncIterator[None]:
    log.info("process.started")
    # Not waited for: without the stream reports are taken in all the same.
    link = app.state.stream = Link(make_broker("web"))
    app.state.writer = GroupCommit()
    app.state.admission = Admission(link, tuple(it.consumer() for it in HANDLERS))
    app.state.pace = Pace()
    app.state.drawing = Semaphore(1)
    app.state.news = News(link)
    stream_described.described()  # made before anybody asks for it
    app.state.writer.start()
    app.state.admission.start()
    app.state.news.start()
    try:
        yield
    finally:
        await app.state.news.stop()
        await app.state.admission.stop()
        await app.state.writer.stop()
        await link.close()
        await dispose()
        log.info("process.stopped")


def create_app() -> FastAPI:
    """Build the web application. It needs settings, a migrated database and a stream."""
    app = FastAPI(
        title="Avvik",
        version="1",
        description=_ABOUT,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_living,
    )
    for part in _PARTS:
        app.include_router(part.router)
    problem.install(app)

    pages.install(app)

    @app.exception_handler(Forbidden)
    async def _forbidden(request: Request, __: Forbidden) -> Response:
        return problem.answer(request, problem.forbidden())

    app.add_middleware(Guarded)
    app.openapi = partial(describe.openapi, app)  # type: ignore[method-assign]  # FastAPI says so
    app.add_middleware(Bounded)
    app.add_middleware(Traced)
    return app
