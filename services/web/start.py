"""The first page: what this is, and where its doors are."""

from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from services.asyncapi import asyncapi

router = APIRouter()

_PAGE: Final = """<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><title>Avvik</title>
<meta name="viewport" content="width=device-width"></head>
<body><main><h1>Avvik</h1>
<p>Avvikelser från rapport till avslutat ärende.</p>
<ul>
<li><a href="/api/openapi.json">API:et (OpenAPI)</a></li>
<li><a href="/api/asyncapi.json">Händelserna (AsyncAPI)</a></li>
<li><a href="/readyz">Är allt igång?</a></li>
</ul></main></body></html>
"""


@router.get("/", response_class=HTMLResponse, include_in_schema=False)
async def start() -> HTMLResponse:
    """Show the doors."""
    return HTMLResponse(
        _PAGE, headers={"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
    )


@router.get("/api/asyncapi.json", tags=["health"])
async def events_described(request: Request) -> JSONResponse:
    """Describe every event on the stream (AsyncAPI 3), made from the event classes."""
    described: dict[str, Any] = request.app.state.asyncapi
    return JSONResponse(described)


def described() -> dict[str, Any]:
    """Make the description once."""
    return asyncapi()
