"""Many rows into a table by one statement, with one parameter per column."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Final, cast

import orjson
from sqlalchemy import ARRAY, Column, Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase

from infra import driver

_DIALECT: Final = postgresql.dialect()  # type: ignore[no-untyped-call]


class Known(Enum):
    """What to do with a row whose key is there already."""

    REFUSE = "refuse"
    LEAVE = "leave"
    REPLACE = "replace"


class Rows:
    """Writes rows of a table; whatever their number, the statement is prepared once.

    `only_if` is what must hold for a known row to be replaced, in SQL.
    """

    def __init__(
        self,
        table: type[DeclarativeBase],
        columns: Sequence[str],
        *,
        known: Known = Known.REFUSE,
        only_if: str = "true",
        returning: str | None = None,
    ) -> None:
        made = cast("Table", table.__table__)
        self._columns = [(name, _packed(made.columns[name])) for name in columns]
        types = [_type(made.columns[name]) for name in columns]
        given = ", ".join(f"${n}::{kind}[]" for n, (kind, _) in enumerate(types, start=1))
        chosen = ", ".join(f"c{n}{cast_}" for n, (_, cast_) in enumerate(types, start=1))
        names = ", ".join(f'"{name}"' for name in columns)
        numbered = ", ".join(f"c{n}" for n, _ in enumerate(types, start=1))
        self.query = (
            f"INSERT INTO {made.fullname} ({names}) SELECT {chosen}"  # noqa: S608 - our names
            f" FROM unnest({given}) AS given ({numbered})"
            + _conflict(made, columns, known, only_if)
            + (f' RETURNING "{returning}"' if returning else "")
        )

    async def write(
        self, session: AsyncSession, rows: Sequence[Mapping[str, Any]]
    ) -> list[Any]:
        """Write the rows, each a value per column; return what `returning` names."""
        if not rows:
            return []
        values = [
            [pack(row[name]) for row in rows] if pack else [row[name] for row in rows]
            for name, pack in self._columns
        ]
        return [found[0] for found in await driver.fetch(session, self.query, *values)]


def _type(column: Column[Any]) -> tuple[str, str]:
    """Return the type to send and the cast to the column's own."""
    name = column.type.compile(dialect=_DIALECT)
    # A list of lists is one long list to unnest: lists travel as their text.
    return ("text", f"::{name}") if isinstance(column.type, ARRAY) else (name, "")


def _packed(column: Column[Any]) -> Any:
    if isinstance(column.type, ARRAY):
        return _listed
    return _json if isinstance(column.type, JSONB) else None


def _listed(values: Sequence[object]) -> str:
    quoted = (str(it).replace("\\", "\\\\").replace('"', '\\"') for it in values)
    return "{" + ",".join(f'"{word}"' for word in quoted) + "}"


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def _conflict(table: Table, columns: Sequence[str], known: Known, only_if: str) -> str:
    key = [column.name for column in table.primary_key]
    match known:
        case Known.REFUSE:
            return ""
        case Known.LEAVE:
            return " ON CONFLICT DO NOTHING"
        case Known.REPLACE:
            rest = ", ".join(f'"{it}" = excluded."{it}"' for it in columns if it not in key)
            return f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {rest} WHERE {only_if}"
