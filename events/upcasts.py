"""Old shapes of events, made new. A line here is never deleted: the log is for ever."""

from collections.abc import Callable, Mapping
from typing import Final

Body = Mapping[str, object]

UPCASTS: Final[dict[tuple[str, int], Callable[[Body], Body]]] = {}
"""(type, version) → what turns a body of that version into one of the next."""


class NoUpcast(Exception):  # noqa: N818 - says what is missing
    """A stored event is of a version that nobody wrote the way from."""


def upcast(
    name: str,
    found: int,
    wanted: int,
    body: Body,
    steps: Mapping[tuple[str, int], Callable[[Body], Body]] = UPCASTS,
) -> dict[str, object]:
    """Carry a body from version `found` to `wanted`, one step at a time.

    Raises `NoUpcast` when a step is missing, or when the event is newer than this program.
    """
    if found > wanted:
        raise NoUpcast(f"{name} v{found} is newer than this program, which knows v{wanted}")
    for version in range(found, wanted):
        step = steps.get((name, version))
        if step is None:
            raise NoUpcast(f"{name} has no way from v{version} to v{version + 1}")
        body = step(body)
    return dict(body)
