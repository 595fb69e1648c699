"""A small municipality with the people of a story, and the door they come in by.

Alice manages Solrosen and Bo manages Björken. Cim works at Solrosen and reports. Olga is
operations manager of both. Sas and Mas reach every unit, Adam administers. Nobody has no token,
and Nils has an account without a role.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import httpx
import orjson
import pytest
from sqlalchemy import text

from events import OwnerType, Role
from infra.clock import now
from infra.db import transaction
from infra.people import accounts as people
from infra.people import tokens
from infra.people.accounts import EVERYWHERE
from infra.people.units import UnitData, keep_unit
from services.handlers import HANDLERS
from services.web.app import create_app
from tests.stream_support import relaying, so, working
from workflows.rules.calendar import local_day

UNITS = (
    UnitData("solrosen", "Solrosen", "home_care", OwnerType.IN_HOUSE),
    UnitData("bjorken", "Björken", "home_care", OwnerType.IN_HOUSE),
    UnitData("granen", "Granen", "home_care", OwnerType.IN_HOUSE, active=False),
)
BOTH = ("solrosen", "bjorken")
STORY = "Kvällsbesöket blev inte av. Kunden hade inte fått sin kvällsmat."


class Person:
    """Somebody at the door, with or without a token."""

    def __init__(
        self, client: httpx.AsyncClient, login: str, account_id: UUID, token: str
    ) -> None:
        self.client = client
        self.login = login
        self.account_id = account_id
        self.token = token

    async def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        headers = dict(given.pop("headers", {}))
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        path = path if path.startswith("/") else f"/api/v1/{path}"
        return await self.client.request(method, path, headers=headers, **given)

    async def get(self, path: str, **query: Any) -> httpx.Response:
        return await self.ask("GET", path, params=query)

    async def file(self, report_id: UUID | None = None, **form: Any) -> httpx.Response:
        """File a report; what is not said is an ordinary one from Solrosen."""
        form = {"unit": "solrosen", "text": STORY, "harm": "near_miss"} | form
        return await self.ask("PUT", f"reports/{report_id or uuid4()}", json=form)

    async def case(self, **form: Any) -> UUID:
        """File a report and return the case it became."""
        answer = await self.file(**form)
        assert answer.status_code == 201, answer.text
        return UUID(answer.json()["case_id"])

    async def give(
        self,
        case_id: UUID,
        command: str,
        /,
        if_match: int | str | None = None,
        **fields: Any,
    ) -> httpx.Response:
        """Give a command to a case."""
        headers = {} if if_match is None else {"If-Match": str(if_match)}
        body = orjson.loads(orjson.dumps(fields))
        return await self.ask("POST", f"cases/{case_id}/{command}", json=body, headers=headers)

    async def done(self, case_id: UUID, command: str, /, **fields: Any) -> dict[str, Any]:
        """Give a command that must be accepted; return the case."""
        answer = await self.give(case_id, command, **fields)
        assert answer.status_code == 200, (command, answer.text)
        return dict(answer.json())


@dataclass(frozen=True)
class Town:
    """The people, the door and its application."""

    app: Any
    client: httpx.AsyncClient
    alice: Person
    bo: Person
    cim: Person
    olga: Person
    sas: Person
    mas: Person
    adam: Person
    nils: Person
    nobody: Person

    async def somebody(self, role: Role, *units: str) -> Person:
        """Employ one more."""
        async with transaction() as session:
            return await _employed(
                session, self.client, f"{role}-{uuid4().hex[:8]}", {role: units}
            )


async def _employed(
    session: Any,
    client: httpx.AsyncClient,
    login: str,
    roles: Mapping[Role, Sequence[str]],
) -> Person:
    account_id = await people.create_account(
        session, login, login.title(), email=f"{login}@norrvik.example"
    )
    for role, units in roles.items():
        for unit in units or (None,):
            await people.grant(session, account_id, role, unit)
    token = await tokens.issue(session, account_id, "test")
    return Person(client, login, account_id, token)


def places(role: Role, *units: str) -> tuple[str, ...]:
    """Where a role is held: the units, or none where it reaches every unit."""
    return () if role in EVERYWHERE else units


@cache
def _app() -> Any:
    """The application, made once: its routes take a while, its servers come with each test."""
    return create_app()


@pytest.fixture
async def town(database: Any, stream: Any) -> AsyncIterator[Town]:
    """The municipality, with the real application behind its door."""
    app = _app()
    door = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=door, base_url="http://avvik.test") as client,
    ):
        async with transaction() as session:
            for unit in UNITS:
                await keep_unit(session, unit)
            roles: dict[str, dict[Role, Sequence[str]]] = {
                "alice": {Role.UNIT_MANAGER: ("solrosen",)},
                "bo": {Role.UNIT_MANAGER: ("bjorken",)},
                "cim": {Role.STAFF: ("solrosen",)},
                "olga": {Role.OPERATIONS_MANAGER: BOTH},
                "sas": {Role.SAS: ()},
                "mas": {Role.MAS: ()},
                "adam": {Role.ADMIN: ()},
                "nils": {},
            }
            known = {
                login: await _employed(session, client, login, held)
                for login, held in roles.items()
            }
        nobody = Person(client, "nobody", uuid4(), "")
        yield Town(app=app, client=client, nobody=nobody, **known)


def problem(answer: httpx.Response, status: int, code: str | None = None) -> dict[str, Any]:
    """Return a refusal, having seen that it is one as the door promises."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["type"] == f"urn:avvik:problem:{told['code']}"
    assert told["detail"].endswith((".", "!", "?")), told["detail"]
    assert len(told["detail"]) < 2000
    assert code is None or told["code"] == code, told
    return dict(told)


async def count(table: str, where: str = "true", **values: Any) -> int:
    """Count rows."""
    async with transaction() as session:
        query = text(f"SELECT count(*) FROM {table} WHERE {where}")  # noqa: S608 - ours
        return int(await session.scalar(query, values) or 0)


async def rows(query: str, **values: Any) -> list[Any]:
    """Read rows."""
    async with transaction() as session:
        return list((await session.execute(text(query), values)).all())


def days(ahead: int) -> str:
    """Name a local day from today."""
    return str(local_day(now() + timedelta(days=ahead)))


async def settled() -> None:
    """Wait until every fact is sent and every handler has done what it follows."""

    async def quiet() -> bool:
        if await count("event", "sent_at IS NULL"):
            return False
        for handler in HANDLERS:
            wanted = list(handler.event_types or ())
            facts = await count("event", "type = ANY(:types)", types=wanted)
            if facts != await count("inbox", "consumer = :name", name=handler.name):
                return False
        return True

    await so(quiet)


@asynccontextmanager
async def followed(connection: Any) -> AsyncIterator[None]:
    """Relay and every handler, running."""
    async with working(*HANDLERS), relaying(connection):
        yield


async def assessed(
    person: Person, case_id: UUID, consequence: int, likelihood: int, **more: Any
) -> dict[str, Any]:
    """Confirm a category and judge the severity."""
    await person.done(case_id, "confirm-classification", category="omsorg")
    return await person.done(
        case_id,
        "assess-severity",
        consequence=consequence,
        likelihood=likelihood,
        reason="Kunde ha blivit värre.",
        **more,
    )


async def promised(person: Person, case_id: UUID, owner: UUID) -> tuple[UUID, UUID]:
    """Begin the investigation, name a cause and promise a measure; return both ids."""
    cause, measure = uuid4(), uuid4()
    await person.done(case_id, "start-investigation")
    await person.done(
        case_id, "add-cause", cause_id=cause, area="procedurer_rutiner", words="Ingen rutin."
    )
    await person.done(
        case_id,
        "add-measure",
        measure_id=measure,
        causes=[cause],
        kind="rutin",
        words="En rutin skrivs.",
        expected_effect="Inga missade besök.",
        owner=owner,
        due_on=days(3),
        follow_up_on=days(10),
    )
    return cause, measure
