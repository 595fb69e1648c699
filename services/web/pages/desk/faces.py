"""How each kind of case is shown: its template, and what that needs beside the case."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from infra.people.identity import Actor
from services.web.pages.steps.choices import Scene

Gather = Callable[[AsyncSession, Scene, Actor], Awaitable[Mapping[str, Any]]]


async def _nothing_more(_: AsyncSession, __: Scene, ___: Actor) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Face:
    """A kind's template, and the values it gets beside `scene`, `case` and `steps`."""

    template: str
    gather: Gather = _nothing_more
