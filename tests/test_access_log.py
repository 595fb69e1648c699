"""The log of readings: found again by case, person and unit, and never changed."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from infra.clock import now
from infra.db import transaction
from infra.people.access_log import Reading, entries, record
from infra.tables import Accessed
from infra.tables.append_only import append_only_sql
from services.web.pages.admin import read_words

TRACE = "0" * 32


def reading(**given):
    return Reading(
        **(
            {"account_id": uuid4(), "what": "case.read", "trace": TRACE, "case_id": uuid4()}
            | given
        )
    )


async def seal_the_log(session, but=()):
    for statement in append_only_sql(Accessed.__table__, but):
        await session.execute(text(statement))


async def test_readings_are_found_by_case_by_person_and_by_unit(session):
    one, two = reading(unit="solrosen"), reading(unit="bjorken")
    sender = reading(account_id=None, unit="bjorken")
    await record(session, one, two)
    await record(session, sender)
    await record(session)

    async def found(**given):
        return [entry.reading for entry in (await entries(session, **given)).entries]

    assert await found() == [sender, two, one]
    assert await found(case_id=one.case_id) == [one]
    assert await found(account_id=two.account_id) == [two]
    assert await found(unit="bjorken") == [sender, two]
    assert await found(unit="bjorken", case_id=one.case_id) == []
    assert len(await found(since=now() - timedelta(minutes=1))) == 3
    assert await found(since=now() + timedelta(minutes=1)) == []


async def test_pages_follow_each_other_without_gap_or_double(session):
    await record(session, *(reading() for _ in range(5)))
    seen, cursor = [], None
    for expected in (2, 2, 1):
        page = await entries(session, cursor=cursor, limit=2)
        assert len(page.entries) == expected
        seen += [entry.id for entry in page.entries]
        cursor = page.cursor

    assert cursor is None
    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) == 5


@pytest.mark.parametrize("limit", [0, 1001])
async def test_a_page_has_a_sensible_size(session, limit):
    with pytest.raises(ValueError, match="limit"):
        await entries(session, limit=limit)


UPSERT = """
    INSERT INTO access_log (id, what, trace) OVERRIDING SYSTEM VALUE
    SELECT id, what, trace FROM access_log ON CONFLICT (id) DO UPDATE SET what = 'other'
"""


async def attempt(*statements):
    async with transaction() as session:
        for statement in statements:
            await session.execute(text(statement))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE access_log SET what = 'other'",
        "UPDATE access_log SET trace = '', what = what",
        "UPDATE access_log SET what = 'other' WHERE false",
        "DELETE FROM access_log",
        "DELETE FROM access_log WHERE false",
        "TRUNCATE access_log",
        UPSERT,
    ],
)
async def test_the_database_refuses_to_change_what_was_written(database, change):
    async with transaction() as session:
        await seal_the_log(session)
        await seal_the_log(session, but={"trace"} if "what = what" in change else ())
        await record(session, reading())
    with pytest.raises(IntegrityError, match="append-only"):
        await attempt(change)
    with pytest.raises(IntegrityError, match="append-only"):
        await attempt("SET LOCAL session_replication_role = replica", change)
    async with transaction() as session:
        assert len((await entries(session)).entries) == 1


async def test_a_column_that_may_change_does(session):
    await seal_the_log(session, but={"unit"})
    await record(session, reading())
    await session.execute(text("UPDATE access_log SET unit = 'bjorken'"))

    assert len((await entries(session, unit="bjorken")).entries) == 1


def test_a_misspelt_column_is_not_let_through():
    with pytest.raises(ValueError, match="sent"):
        append_only_sql(Accessed.__table__, {"sent"})


def test_every_kind_of_reading_has_its_words():
    used = {
        what
        for file in (Path(__file__).parents[1] / "services").rglob("*.py")
        if file != Path(read_words.__file__)
        for what in re.findall(r'"([a-z_]+\.(?:read|read_own|draft|list))"', file.read_text())
    }
    assert {"case.read", "measure.read"} <= used
    assert used <= set(read_words.READ)
