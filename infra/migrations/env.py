"""Runs migrations on the connection it is given, with a short lock timeout."""

from alembic import context
from sqlalchemy import text

from infra.tables import Base

connection = context.config.attributes["connection"]
connection.execute(text("SET lock_timeout = '5s'"))
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    compare_type=True,
    include_schemas=False,
)
with context.begin_transaction():
    context.run_migrations()
