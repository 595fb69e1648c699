"""Describes the events on the stream to other systems."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from services.asyncapi import asyncapi

router = APIRouter()


@router.get("/api/asyncapi.json", tags=["health"])
async def events_described(request: Request) -> JSONResponse:
    """Describe every event on the stream (AsyncAPI 3), made from the event classes."""
    described: dict[str, Any] = request.app.state.asyncapi
    return JSONResponse(described)


def described() -> dict[str, Any]:
    """Make the description once."""
    return asyncapi()
