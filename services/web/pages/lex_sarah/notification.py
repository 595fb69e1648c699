"""The page of a notification to IVO."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from infra.people.identity import Actor
from services.web.pages.desk.faces import Face
from services.web.pages.steps.choices import Scene


async def _gather(_: AsyncSession, __: Scene, ___: Actor) -> Mapping[str, Any]:
    return {}


FACE: Final = Face("lex_sarah/notification.html", _gather)
