"""Tells that something about a person changed, and never what it says."""

from typing import Final

SET: Final = "set"
CHANGED: Final = "changed"


def masked(old: str | None, new: str | None) -> tuple[str | None, str | None]:
    """Return marks for an old and a new value: absent, there, and there but another one."""
    before, after = (SET if it else None for it in (old, new))
    return before, CHANGED if before and after and old != new else after
