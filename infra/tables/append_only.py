"""The database's own refusal to change what has been written."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import Table

REFUSE: Final = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$
"""


def append_only_sql(table: Table, but: Collection[str] = ()) -> list[str]:
    """Return the statements that let a table only grow; columns in `but` may be updated.

    One trigger per statement, not per row: a permitted update or an insert pays nothing, and
    a forbidden one is refused even when it would hit no row. It fires for replicas' sessions
    too (ALWAYS). Only the owner of the table can take it off, so the application should not
    be the owner. Run again whenever the table gets a column: the list of columns is fixed
    when the trigger is made. Raises `ValueError` for a column the table does not have.
    """
    names = [column.name for column in table.columns]
    if unknown := set(but) - set(names):
        raise ValueError(f"{table.name} has no {', '.join(sorted(unknown))}")
    kept = ", ".join(f'"{name}"' for name in names if name not in but)
    on = f'ON "{table.name}" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()'
    when = f"BEFORE UPDATE OF {kept} OR DELETE OR TRUNCATE"
    return [
        REFUSE,
        f"CREATE OR REPLACE TRIGGER append_only {when} {on}",
        f'ALTER TABLE "{table.name}" ENABLE ALWAYS TRIGGER append_only',
    ]
