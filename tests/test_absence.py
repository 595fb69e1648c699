import asyncio
import socket

import asyncpg
import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, InterfaceError, ProgrammingError

from infra import db, settings
from infra.absence import absent
from infra.db import engine, transaction
from infra.lasting import STALE, lasting
from services.intake import group
from services.web import problem
from services.web.deps import Session

TERMINATE = text("""
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
""")


def refused():
    with socket.socket() as taken:  # bound, and nobody listens
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture
async def nowhere(database, monkeypatch):
    """The database's address is one where nobody answers."""
    url = f"postgresql+asyncpg://postgres:x@127.0.0.1:{refused()}/avvik"
    monkeypatch.setenv("AVVIK_DATABASE_URL", url)
    settings.settings.cache_clear()
    await db.dispose()


async def failure_of(work):
    with pytest.raises(Exception) as caught:  # noqa: PT011 - which one is the question
        await work()
    return caught.value


async def ask(words="SELECT 1"):
    async with transaction() as session:
        await session.execute(text(words))


async def test_a_database_that_went_away_is_an_absence(database):
    async with engine().connect() as held:
        await held.execute(text("SELECT 1"))
        async with transaction() as other:
            await other.execute(TERMINATE)
        error = await failure_of(lambda: held.execute(text("SELECT 1")))
        assert absent(error)


async def test_a_database_that_is_not_there_is_an_absence(nowhere):
    assert absent(await failure_of(ask))


@pytest.mark.parametrize(
    "error",
    [
        asyncpg.CannotConnectNowError("the database system is starting up"),
        asyncpg.InternalClientError("cannot switch to state 15"),
        asyncpg.InterfaceError("connection is closed"),
        TimeoutError(),
        OSError("Multiple exceptions: [Errno 111], [Errno 111]"),
    ],
)
def test_these_are_absences(error):
    assert absent(error)


async def test_a_fault_of_ours_is_none(database):
    error = await failure_of(lambda: ask("SELECT nothing FROM nowhere"))
    assert isinstance(error, ProgrammingError)
    assert not absent(error)
    twice = "INSERT INTO case_head SELECT gen_random_uuid(), 1, NULL"
    error = await failure_of(lambda: ask(twice))
    assert isinstance(error, IntegrityError)
    assert not absent(error)
    assert not absent(asyncpg.InterfaceError("another operation is in progress"))
    assert not absent(FileNotFoundError(2, "gone", "/no/such/file"))


async def test_a_connection_of_before_the_outage_costs_no_try(database):
    calls = []

    async def work():
        calls.append(1)
        if len(calls) <= STALE:
            raise InterfaceError("q", None, ValueError(), connection_invalidated=True)
        return len(calls)

    assert await lasting(work) == STALE + 1


async def test_what_looks_like_an_absence_for_ever_is_a_failure(database):
    async def work():
        raise TimeoutError

    assert isinstance(await failure_of(lambda: lasting(work)), TimeoutError)


async def test_a_report_in_an_outage_is_told_so_at_once_and_to_everybody(monkeypatch):
    tried = []

    async def accept(reports):
        tried.append(len(reports))
        raise ConnectionRefusedError

    monkeypatch.setattr(group, "accept_together", accept)
    writer = group.GroupCommit()
    asked = [asyncio.ensure_future(writer.accept(n)) for n in range(10)]
    await asyncio.sleep(0)
    writer.start()
    answers = await asyncio.gather(*asked, return_exceptions=True)
    await writer.stop()
    assert {type(answer) for answer in answers} == {ConnectionRefusedError}
    assert tried == [10]  # not once more for each


async def test_the_web_says_in_words_that_it_was_not_saved(nowhere):
    app = FastAPI()
    problem.install(app)

    @app.put("/api/write")
    @app.get("/api/read")
    async def route(session: Session) -> None:
        await session.execute(text("SELECT 1"))

    @app.get("/api/broken")
    async def broken() -> None:
        raise FileNotFoundError(2, "gone", "/etc/x")

    async with AsyncClient(transport=ASGITransport(app), base_url="http://web") as client:
        written = await client.put("/api/write")
        read = await client.get("/api/read")
        fault = await client.get("/api/broken")

    assert written.status_code == read.status_code == 503
    assert written.headers["content-type"] == "application/problem+json"
    assert int(written.headers["retry-after"]) > 0
    assert written.json()["code"] == "away"
    assert "inte sparat" in written.json()["detail"]
    assert "läsa" in read.json()["detail"]
    assert fault.status_code == 500
