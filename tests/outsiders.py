"""People without a login at the door: they tell us something, read the answer, write back."""

from typing import Any
from uuid import UUID, uuid4

import httpx

from events import OwnerType
from infra.db import transaction
from infra.people.units import UnitData, keep_unit
from services import caches
from tests.people import Person, rows

STORY = "Ingen tog emot när jag ringde om mammas middag."
BODY = {"unit": "solrosen", "text": STORY, "relation": "relative", "answer_way": "code"}
MAIL = {"answer_way": "email", "contact": "dotter@exempel.se"}


async def tell(who: Person, report_id: UUID | None = None, **form: Any) -> httpx.Response:
    """Tell something; what is not said is a relative's ordinary complaint about Solrosen."""
    headers = form.pop("headers", {})
    body = {name: said for name, said in (BODY | form).items() if said is not None}
    path = f"complaints/{report_id or uuid4()}"
    return await who.ask("PUT", path, json=body, headers=headers)


async def told(who: Person, **form: Any) -> dict[str, Any]:
    """Tell something that must be taken; return the receipt with the case's id."""
    answer = await tell(who, **form)
    assert answer.status_code == 201, answer.text
    return {**answer.json(), "case_id": await case_of(answer.json()["number"])}


async def case_of(number: str) -> UUID:
    """The case behind a number, which whoever is outside never sees."""
    [[case_id]] = await rows("SELECT case_id FROM read.case_index WHERE number = :n", n=number)
    return UUID(str(case_id))


async def read(who: Person, code: str) -> httpx.Response:
    """Read under a code."""
    return await who.ask("POST", "answers", json={"code": code})


async def seen(who: Person, code: str) -> dict[str, Any]:
    """Read under a code that must lead somewhere."""
    answer = await read(who, code)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def write(who: Person, code: str, text: str, message_id: UUID | None = None) -> Any:
    """Write under a code."""
    body = {"code": code, "id": str(message_id or uuid4()), "text": text}
    return await who.ask("POST", "answers/messages", json=body)


async def a_unit(code: str, kind: str, phone: str | None = None) -> None:
    """Open a unit, known at once."""
    async with transaction() as session:
        unit = UnitData(code, code.title(), kind, OwnerType.IN_HOUSE, on_call_phone=phone)
        await keep_unit(session, unit)
    caches.forget()
