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

Counts = Mapping[str, int]

_COUNTS: Final = """
    SELECT count(*), (SELECT count(*) FROM read.case_index WHERE open AND {own}){filtered}
    FROM read.case_index WHERE {where}
"""
_NEWER: Final = """
    SELECT count(*) FROM {near} CROSS JOIN LATERAL (
        SELECT FROM read.case_index
        WHERE unit = asked.code AND received_at > :since AND open {wanted} LIMIT :most
    ) AS found
"""


async def counted(session: AsyncSession, wanted: Wanted, names: Sequence[str]) -> Counts:
    """Count by name in `ONLY`, and under `EVERYTHING`; `wanted.only` is passed over."""
    whole = replace(wanted, only=None)
    near = [] if wanted.units is None else ["unit = ANY(:units)"]
    where = " AND ".join(["open", *near, *whole.conditions()])
    asked = [name for name in names if name not in (MINE, EVERYTHING)]
    filtered = "".join(f", count(*) FILTER (WHERE {ONLY[name]})" for name in asked)
    # One's own lie in any unit: counted apart, by the index on the owner.
    own = Wanted(None, unit=wanted.unit, kind=wanted.kind, only=MINE).conditions()
    query = _COUNTS.format(own=" AND ".join(own), filtered=filtered, where=where)
    statement, values = whole.statement(query)
    every, my_own, *rest = (await session.execute(statement, values)).one()
    return {EVERYTHING: every, MINE: my_own} | dict(zip(asked, rest, strict=True))


async def newer(session: AsyncSession, wanted: Wanted, since: datetime, most: int) -> int:
    """Count the open cases that came in after a moment; of each unit at most `most`."""
    query = _NEWER.format(near=wanted.near, wanted=wanted.conjunction)
    statement, values = wanted.statement(query, since=since, most=most)
    return int(await session.scalar(statement, values) or 0)
