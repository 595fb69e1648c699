"""Trace ids (W3C Trace Context): one for everything that follows from one cause."""

import re
from secrets import token_hex
from typing import Final

HEADER: Final = "traceparent"
_TRACEPARENT: Final = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
_NONE: Final = "0" * 32


def new_trace() -> str:
    """Make up a trace id: 32 hex digits."""
    return token_hex(16)


def trace_of(traceparent: str | None) -> str:
    """Return the trace a caller brings, or a new one where it brings none that is valid."""
    found = _TRACEPARENT.fullmatch(traceparent or "")
    return new_trace() if found is None or found[1] == _NONE else found[1]
