"""The door closes before the backlog grows without bound, and loses nothing that it let in."""

from contextlib import asynccontextmanager
from uuid import uuid4

import httpx
import pytest

from events import OwnerType, Role
from infra.db import transaction
from infra.people import accounts as people
from infra.people import tokens
from infra.people.units import UnitData, keep_unit
from infra.settings import settings
from infra.stream.broker import make_broker
from infra.stream.streams import ensure
from services.handlers import HANDLERS
from services.web.app import create_app
from services.worker import make_app
from tests.stream_support import relaying, scalar, so

LIMIT = 30


@pytest.fixture
def low_limit(monkeypatch):
    monkeypatch.setenv("AVVIK_BACKLOG_LIMIT", str(LIMIT))


@asynccontextmanager
async def _web(token):
    app = create_app()
    headers = {"Authorization": f"Bearer {token}"}
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://web", headers=headers) as http,
    ):
        yield http


@asynccontextmanager
async def _worker():
    broker = make_broker("worker")
    make_app(broker)
    await broker.start()
    try:
        yield
    finally:
        await broker.stop()


async def _municipality():
    async with transaction() as session:
        await keep_unit(
            session, UnitData("solrosen", "Solrosen", "home_care", OwnerType.IN_HOUSE)
        )
        manager = await people.create_account(session, "chef", "Karin Sjö")
        await people.grant(session, manager, Role.UNIT_MANAGER, "solrosen")
        return await tokens.issue(session, manager, "test")


async def _file(http):
    body = {"unit": "solrosen", "text": "Kvällsbesöket blev inte av.", "source": "phone"}
    return await http.put(f"/api/v1/reports/{uuid4()}", json=body)


async def _until(http, status):
    """File until the web answers so; return the answer and how many were taken in before."""
    taken = 0

    async def answered():
        nonlocal taken
        answer = await _file(http)
        if answer.status_code == status:
            return answer
        assert answer.status_code in {201, 503}
        taken += answer.status_code == 201
        return None

    return await so(answered, seconds=90), taken


async def test_the_door_closes_while_no_worker_runs_and_opens_when_one_has_drained(
    low_limit, database, stream
):
    assert settings().backlog_limit == LIMIT
    token = await _municipality()
    await ensure(stream, [handler.consumer() for handler in HANDLERS])
    async with _web(token) as http, relaying(stream):
        answer, taken = await _until(http, 503)
        assert answer.headers["Retry-After"].isdigit()
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["code"] == "busy"
        assert (await _file(http)).status_code == 503
        # It closed at the limit, not before: a report is three facts, waiting here or there.
        assert taken * 6 >= LIMIT
        assert await scalar("SELECT count(*) FROM case_head") == taken
        assert await scalar("SELECT count(*) FROM report_receipt") == taken

        async with _worker():
            await _until(http, 201)
    assert await scalar("SELECT count(*) FROM quarantine") == 0
