"""What should I do next: open cases in the order of their urgency."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Final
from uuid import UUID

import orjson
from pydantic import AwareDatetime, BaseModel, Field, TypeAdapter
from sqlalchemy import ARRAY, String, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.projections.case_index import FOREVER

_COLUMNS: Final = (
    "case_id, number, case_type, unit, reported_by_unit, category, suggested_category,"
    " consequence, likelihood, value, phase, owner, received_at, due_at, overdue, flags,"
    " priority"
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


class QueueItem(BaseModel):
    """One line of a queue. Never a story; `owner` is an account's id."""

    case_id: UUID
    number: str
    kind: str
    unit: str
    reported_by_unit: str | None
    category: str | None
    suggested_category: str | None
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show: `units` None is every unit; the rest narrows where it is set.

    What was passed on to one of `roles` is shown although kind or track is another.
    """

    units: Sequence[str] | None
    kind: str | None = None
    overdue: bool | None = None
    owner: UUID | None = None
    hsl_only: bool = False
    kinds: Sequence[str] | None = None
    roles: Sequence[str] = ()


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
    narrowed: list[str] = []
    values: dict[str, Any] = {"limit": limit + 1}
    if wanted.kind is not None:
        narrowed.append("AND case_type = :kind")
        values["kind"] = wanted.kind
    if wanted.kinds is not None:
        narrowed.append("AND (case_type = ANY(:kinds) OR passed_to && :roles)")
        values |= {"kinds": list(wanted.kinds), "roles": list(wanted.roles)}
    if wanted.overdue is not None:
        narrowed.append("AND overdue = :overdue")
        values["overdue"] = wanted.overdue
    if wanted.owner is not None:
        narrowed.append("AND owner = :owner")
        values["owner"] = wanted.owner
    if wanted.hsl_only:
        narrowed.append("AND ('hsl' = ANY(tracks) OR passed_to && :roles)")
        values["roles"] = list(wanted.roles)
    if cursor is not None:
        narrowed.append("AND (priority, due_at, received_at, case_id) > (:p, :d, :r, :c)")
        values |= _unpacked(cursor)
    query = _EVERY_UNIT if wanted.units is None else _ONE_UNIT_AT_A_TIME
    statement = text(query.format(columns=_COLUMNS, wanted=" ".join(narrowed)))
    if "roles" in values:
        statement = statement.bindparams(bindparam("roles", type_=ARRAY(String())))
    if wanted.units is not None:
        statement = statement.bindparams(bindparam("units", type_=ARRAY(String())))
        values["units"] = list(wanted.units)
    rows = (await session.execute(statement, values)).all()
    shown = rows[:limit]
    return QueuePage(
        items=[_item(row) for row in shown],
        next=_packed(shown[-1]) if len(rows) > limit else None,
    )


def _item(row: Any) -> QueueItem:
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
