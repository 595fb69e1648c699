"""A page of the queue, from where the last one ended."""

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Final
from uuid import UUID

import orjson
from pydantic import AwareDatetime, BaseModel, Field, TypeAdapter
from sqlalchemy import ARRAY, Uuid, bindparam
from sqlalchemy.ext.asyncio import AsyncSession

from services.projections.case_index import FOREVER
from services.queue.wanted import Wanted

COLUMNS: Final = (
    "case_id, number, case_type, unit, reported_by_unit, category, suggested_category,"
    " suggested_route, hint, consequence, likelihood, value, phase, owner, received_at, due_at,"
    " overdue, flags, priority"
)
_ONE_UNIT_AT_A_TIME: Final = """
    SELECT {columns} FROM unnest(:units) AS asked (code) CROSS JOIN LATERAL (
        SELECT * FROM read.case_index WHERE unit = asked.code AND open {wanted}
        ORDER BY priority, due_at, received_at, case_id LIMIT :limit
    ) AS found
    ORDER BY priority, due_at, received_at, case_id LIMIT :limit
"""
_EVERY_UNIT: Final = """
    SELECT {columns} FROM read.case_index WHERE open {wanted}
    ORDER BY priority, due_at, received_at, case_id LIMIT :limit
"""

_THESE: Final = """
    SELECT {columns} FROM read.case_index
    WHERE case_id = ANY(:ids) AND open AND ({near} OR owner = ANY(:me))
    ORDER BY priority, due_at, received_at, case_id
"""


class QueueItem(BaseModel):
    """One line of a queue. Never a story; `owner` is an account's id.

    `hint` is what the reporter tapped: a tile on the phone, or a category.
    """

    case_id: UUID
    number: str
    kind: str
    unit: str
    reported_by_unit: str | None
    category: str | None
    suggested_category: str | None
    suggested_route: str | None
    hint: str | None
    consequence: int | None
    likelihood: int | None
    value: int | None
    phase: str
    owner: UUID | None
    received_at: datetime
    due_at: datetime | None
    overdue: bool
    flags: list[str]


class QueuePage(BaseModel):
    """A page of a queue; `next` asks for the following one, None when there is none."""

    items: list[QueueItem]
    next: str | None


_Moment = Annotated[AwareDatetime, Field(gt=datetime(1, 1, 3, tzinfo=UTC), le=FOREVER)]
_Cursor: Final = TypeAdapter(
    tuple[Annotated[int, Field(ge=-1000, le=1000)], _Moment, _Moment, UUID]
)


class BadCursor(Exception):  # noqa: N818 - an answer
    """The cursor was not one of ours."""


async def page(
    session: AsyncSession, wanted: Wanted, cursor: str | None = None, limit: int = 50
) -> QueuePage:
    """Return a page in the order overdue, grave, time left, age; raises `BadCursor`.

    Reads one index per unit from where the cursor stands, so that its time follows the length
    of the page and not that of the queue.
    """
    narrowed, more = wanted.conjunction, {"limit": limit + 1}
    if cursor is not None:
        narrowed += " AND (priority, due_at, received_at, case_id) > (:p, :d, :r, :c)"
        more |= _unpacked(cursor)
    query = _EVERY_UNIT if wanted.units is None else _ONE_UNIT_AT_A_TIME
    statement, values = wanted.statement(query.format(columns=COLUMNS, wanted=narrowed), **more)
    rows = (await session.execute(statement, values)).all()
    shown = rows[:limit]
    return QueuePage(
        items=[item(row) for row in shown],
        next=_packed(shown[-1]) if len(rows) > limit else None,
    )


async def these(session: AsyncSession, wanted: Wanted, ids: Sequence[UUID]) -> list[QueueItem]:
    """Return the open ones of these cases that are wanted, or one's own, most urgent first."""
    near = ["true" if wanted.units is None else "unit = ANY(:units)", *wanted.conditions()]
    statement, values = wanted.statement(
        _THESE.format(columns=COLUMNS, near=" AND ".join(near)), ids=list(ids)
    )
    statement = statement.bindparams(bindparam("ids", type_=ARRAY(Uuid())))
    return [item(row) for row in await session.execute(statement, values)]


def item(row: Any) -> QueueItem:
    """Read a row of the queue."""
    given = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public way, despite its name
    given["kind"] = given.pop("case_type")
    given.pop("priority")
    if given["due_at"] >= FOREVER:
        given["due_at"] = None
    return QueueItem.model_construct(**given)


def _packed(row: Any) -> str:
    # str: the driver has a UUID class of its own, which orjson does not know.
    told = orjson.dumps([row.priority, row.due_at, row.received_at, str(row.case_id)])
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def _unpacked(cursor: str) -> dict[str, Any]:
    try:
        read = _Cursor.validate_json(
            base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        )
    except (binascii.Error, ValueError) as error:
        raise BadCursor from error
    return dict(zip("pdrc", read, strict=True))
