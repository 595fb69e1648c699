"""The documents of a lex Sarah case as it stands now: its investigation and its decision."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from infra import clock
from infra.db import transaction
from infra.people import access_log
from infra.people.access_log import Reading
from infra.people.identity import Actor
from services.documents import Numbers, decision_pdf, investigation_pdf
from services.give import role_in, state_of
from services.ivo_pack.details import PackDetails
from services.ivo_pack.gather import content_of, told_of


class What(StrEnum):
    """Which document."""

    INVESTIGATION = "utredning"
    DECISION = "beslut"


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF under the name it is saved by."""

    name: str
    content: bytes


class NoDocument(Exception):  # noqa: N818 - an answer
    """There is no such document; the message says why."""


async def written(case_id: UUID, what: What, actor: Actor, trace: str) -> Document:
    """Write a document for somebody who may read the case, and write down that they did.

    The reporter's name is not in it. Raises `UnknownCase`, `Forbidden` or `NoDocument`.
    """
    async with transaction() as session:
        state = await state_of(session, case_id)
        role_in(actor, "read-case", state)
        if state.case_type != "lex_sarah":
            raise NoDocument("Ärendet har inget sådant dokument.")
        if what is What.DECISION and state.lex_sarah.decision is None:
            raise NoDocument("Beslutet finns inte än.")
        await access_log.record(
            session, Reading(actor.account_id, f"document.{what}", trace, case_id, state.unit)
        )
        told = await told_of(session, case_id)
        numbers = Numbers(ours=state.number, registry=state.registry_number)
        content = await content_of(session, told, PackDetails(), numbers, 1, clock.now())
    make = decision_pdf if what is What.DECISION else investigation_pdf
    return Document(f"{what}-{state.number}.pdf", await asyncio.to_thread(make, content))
