"""Statements past SQLAlchemy belong to the session's transaction all the same."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import text

from infra import driver
from infra.absence import absent
from infra.db import address, transaction
from infra.rows import Known, Rows
from infra.stream import inbox
from infra.tables import Notice
from services.projections.case_index import CaseRow


async def _claims():
    async with transaction() as session:
        return await session.scalar(text("SELECT count(*) FROM inbox"))


async def test_a_first_statement_is_rolled_back_with_the_session(database):
    with pytest.raises(KeyError):  # noqa: PT012
        async with transaction() as session:
            await inbox.claim(session, "seen", [uuid4()])
            raise KeyError
    assert await _claims() == 0


async def test_both_ways_of_writing_are_one_transaction(database):
    async with transaction() as session:
        await session.execute(text("SELECT 1"))
        await inbox.claim(session, "seen", [uuid4()])
    assert await _claims() == 1


async def test_a_session_used_again_does_not_write_through_its_old_connection(database):
    async with transaction() as session:
        first = await driver.fetch(session, "SELECT txid_current()")
    async with transaction() as session:
        again = await driver.fetch(session, "SELECT txid_current()")
        also = await session.scalar(text("SELECT txid_current()"))
    assert first[0][0] != again[0][0] == also


async def test_a_lost_connection_takes_the_others_of_the_pool_with_it(database):
    async with transaction() as one, transaction() as other:
        await driver.fetch(one, "SELECT 1")
        await driver.fetch(other, "SELECT 1")
    with pytest.raises(asyncpg.ConnectionDoesNotExistError) as lost:  # noqa: PT012
        async with transaction() as session:
            await driver.fetch(
                session,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database()",
            )
            await driver.fetch(session, "SELECT 1")
    assert absent(lost.value)
    async with transaction() as one, transaction() as other:
        assert await driver.fetch(one, "SELECT 1")
        assert await driver.fetch(other, "SELECT 1")


async def test_a_connection_that_was_lost_in_the_pool_is_an_absence_and_the_next_works(
    database,
):
    async with transaction() as session:
        pid = await session.scalar(text("SELECT pg_backend_pid()"))
    admin = await asyncpg.connect(address())
    await admin.execute("SELECT pg_terminate_backend($1)", pid)
    await admin.close()
    await asyncio.sleep(0.1)  # until the pooled connection has heard of its end

    with pytest.raises(asyncpg.PostgresError) as lost:
        async with transaction() as session:
            await driver.fetch(session, "SELECT 1")

    assert absent(lost.value)
    async with transaction() as session:
        assert await driver.fetch(session, "SELECT 1")


async def test_lists_and_quotes_arrive_as_they_were(database):
    rows = Rows(CaseRow, [it.name for it in CaseRow.__table__.columns], known=Known.REPLACE)
    flags = ["a", 'b"', "c\\", "d,{e}"]
    async with transaction() as session:
        now = await session.scalar(text("SELECT now()"))
        plain = dict.fromkeys(it.name for it in CaseRow.__table__.columns)
        row = plain | {
            "case_id": uuid4(),
            "report_id": uuid4(),
            "number": "AVV-2026-00001",
            "case_type": "deviation",
            "unit": "solrosen",
            "phase": "received",
            "open": True,
            "received_at": now,
            "due_at": now,
            "overdue": False,
            "priority": 1,
            "flags": flags,
            "tracks": [],
            "passed_to": [],
        }
        await rows.write(session, [row])
        await rows.write(session, [row | {"priority": 2}])
        kept = (
            await session.execute(text("SELECT flags, tracks, priority FROM read.case_index"))
        ).one()
    assert kept == (flags, [], 2)


async def test_a_row_that_may_be_left_is_left(database):
    rows = Rows(
        Notice,
        ("event_id", "case_id", "code", "account_id", "words", "trace", "state"),
        known=Known.LEAVE,
        returning="id",
    )
    row = {
        "event_id": uuid4(),
        "case_id": uuid4(),
        "code": "received",
        "account_id": uuid4(),
        "words": "Ord.",
        "trace": "",
        "state": "shown",
    }
    async with transaction() as session:
        assert len(await rows.write(session, [row])) == 1
        assert await rows.write(session, [row]) == []
        assert await rows.write(session, []) == []
