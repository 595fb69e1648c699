"""Who may see the administrator's pages."""

from typing import Annotated

from fastapi import Depends

from infra.people.identity import Actor
from services.web.pages.visitor import Visitor
from services.web.problem import forbidden
from workflows.access import may


async def _administrator(actor: Visitor) -> Actor:
    if not may("administer", actor.roles):
        raise forbidden()
    return actor


Administrator = Annotated[Actor, Depends(_administrator, scope="function")]
