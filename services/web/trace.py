"""Gives each request a trace id, from the caller where it brings one (W3C Trace Context)."""

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars, clear_contextvars

from services.trace import HEADER, new_trace, trace_of

_NOBODYS: Final = (
    *("/api/v1/complaints", "/api/v1/answers"),
    *("/kuvert/anonym/", "/r/"),
    *("/synpunkt", "/svar", "/tillganglighet"),
)
"""Doors for who does not say who they are: a trace that is theirs elsewhere too would."""


class Traced:
    """Binds the trace to every log line of the request and tells it back in a header."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        outside = scope["path"].startswith(_NOBODYS)
        trace = new_trace() if outside else trace_of(_given(scope))
        scope.setdefault("state", {})["trace"] = trace
        clear_contextvars()
        bind_contextvars(process="web", trace=trace)

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-trace-id", trace.encode())]
            await send(message)

        await self._app(scope, receive, told)


def _given(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == HEADER.encode():
            given: str = value.decode("latin-1")
            return given
    return None
