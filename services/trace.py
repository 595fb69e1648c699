"""Trace ids (W3C Trace Context): one for everything that follows from one cause."""

from secrets import token_hex


def new_trace() -> str:
    """Make up a trace id: 32 hex digits."""
    return token_hex(16)
