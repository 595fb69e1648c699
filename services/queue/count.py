"""How many cases each way of narrowing a queue would show: one statement for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from services.queue.only import MINE, ONLY
from services.queue.wanted import Wanted

EVERYTHING: Final = ""
"""The name under which all of them are counted."""

MOST: Final = 5000
"""A unit with more open cases than this does not need to know how many there are."""

Counts = Mapping[str, int]

_COUNTS: Final = """
    SELECT count(*), (SELECT count(*) FROM read.case_index WHERE open {own}){filtered}
    FROM {found}
"""
_EVERY_UNIT: Final = """(
    SELECT * FROM read.case_index WHERE open {wanted}
    ORDER BY priority, due_at, received_at, case_id LIMIT :most
) AS found"""
_ONE_UNIT_AT_A_TIME: Final = """unnest(:units) AS asked (code) CROSS JOIN LATERAL (
    SELECT * FROM read.case_index WHERE unit = asked.code AND open {wanted}
    ORDER BY priority, due_at, received_at, case_id LIMIT :most
) AS found"""
_NEWER: Final = """
    SELECT count(*) FROM {near} CROSS JOIN LATERAL (
        SELECT FROM read.case_index
        WHERE unit = asked.code AND received_at > :since AND open {wanted} LIMIT :most
    ) AS found
"""


async def counted(session: AsyncSession, wanted: Wanted, names: Sequence[str]) -> Counts:
    """Count by name in `ONLY`, and under `EVERYTHING`; `wanted.only` is passed over.

    Looks at the `MOST` most urgent ones, of each unit where it asks unit by unit, so that its
    time has an end: where `EVERYTHING` is more than that, a count is the least that there are.
    """
    whole = replace(wanted, only=None)
    asked = [name for name in names if name not in (MINE, EVERYTHING)]
    found = _EVERY_UNIT if wanted.units is None else _ONE_UNIT_AT_A_TIME
    query = _COUNTS.format(
        filtered="".join(f", count(*) FILTER (WHERE {ONLY[name]})" for name in asked),
        found=found.format(wanted=whole.conjunction),
        # One's own lie in any unit: counted apart, by the index on the owner.
        own=Wanted(None, unit=wanted.unit, kind=wanted.kind, only=MINE).conjunction,
    )
    statement, values = whole.statement(query, most=MOST + 1)
    every, my_own, *rest = (await session.execute(statement, values)).one()
    return {EVERYTHING: every, MINE: my_own} | dict(zip(asked, rest, strict=True))


async def newer(session: AsyncSession, wanted: Wanted, since: datetime, most: int) -> int:
    """Count the open cases that came in after a moment; of each unit at most `most`."""
    query = _NEWER.format(near=wanted.near, wanted=wanted.conjunction)
    statement, values = wanted.statement(query, since=since, most=most)
    return int(await session.scalar(statement, values) or 0)
