"""Describes the events on the stream to other systems."""

from functools import cache
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from services.asyncapi import asyncapi

router = APIRouter()


@router.get("/api/asyncapi.json", tags=["health"])
async def events_described() -> JSONResponse:
    """Describe every event on the stream (AsyncAPI 3), made from the event classes."""
    return JSONResponse(described())


@cache
def described() -> dict[str, Any]:
    """Make the description, once in a process: it takes a tenth of a second."""
    return asyncapi()
