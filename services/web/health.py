"""Alive, ready, and in numbers."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from infra.db import transaction
from infra.stream import quarantine
from services import suggestions, unreached
from services.metrics import BACKLOG, NOTICES, QUARANTINE, SUGGESTIONS, UNREACHED, UNSENT
from services.web.admission import Admission

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def alive() -> dict[str, str]:
    """Tell that the process answers."""
    return {"status": "alive"}


@router.get("/readyz", responses={503: {"description": "Something is missing; says what"}})
async def ready(request: Request) -> JSONResponse:
    """Tell whether database and stream answer, and how far behind each handler is.

    Not ready without the database. Without the stream or a handler reports are still taken in:
    then it says `degraded`, with 200.
    """
    admission: Admission = request.app.state.admission
    told: dict[str, Any] = {"database": False, "stream": False, "handlers": {}}
    try:
        async with transaction() as session:
            await session.execute(text("SELECT 1"))
        told["database"] = True
    except Exception:  # noqa: BLE001 - why is in the log; here it is only whether
        return JSONResponse({"status": "not ready", **told}, status_code=503)
    told["stream"] = request.app.state.stream.client is not None
    if admission.seen is not None:
        told["unsent"] = admission.seen.unsent
        told["accepting"] = not admission.closed
        told["handlers"] = {
            it.consumer: {"behind": it.behind, "healthy": it.healthy}
            for it in admission.seen.lags
        }
    handlers = told["handlers"].values()
    whole = told["stream"] and handlers and all(it["healthy"] for it in handlers)
    return JSONResponse({"status": "ready" if whole else "degraded", **told})


@router.get("/metrics", response_class=Response)
async def metrics(request: Request) -> Response:
    """Count what operations want to know, for Prometheus. No ids, no names."""
    admission: Admission = request.app.state.admission
    async with transaction() as session:
        QUARANTINE.set(await quarantine.count(session))
        UNREACHED.set(await unreached.count(session))
        for state in ("waiting", "undeliverable"):
            waiting = await session.scalar(
                text("SELECT count(*) FROM notice WHERE state = :state"), {"state": state}
            )
            NOTICES.labels(state=state).set(waiting or 0)
        for earned in (
            *await suggestions.earned(session),
            *await suggestions.kinds_earned(session),
        ):
            for outcome in ("confirmed", "changed", "waiting"):
                SUGGESTIONS.labels(suggested=earned.label, outcome=outcome).set(
                    getattr(earned, outcome)
                )
    if admission.seen is not None:
        UNSENT.set(admission.seen.unsent)
        for it in admission.seen.lags:
            BACKLOG.labels(handler=it.consumer).set(it.behind)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
