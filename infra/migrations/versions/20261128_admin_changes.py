"""Keep what administrators change, so that it can only grow."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from infra.tables.append_only import append_only_sql

revision = "20261128_admin_changes"
down_revision = "20261128_envelopes"


def upgrade() -> None:
    op.create_table(
        "admin_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("before", JSONB(), nullable=False),
        sa.Column("after", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_admin_change"),
    )
    op.create_index("ix_admin_change_about", "admin_change", ["about", "id"], unique=False)
    table = sa.Table("admin_change", sa.MetaData(), autoload_with=op.get_bind())
    for statement in append_only_sql(table):
        op.execute(statement)
