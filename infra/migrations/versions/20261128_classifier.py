"""Keep what reports are found again by, and the models learned here."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261128_classifier"
down_revision = "20261128_admin_changes"


def upgrade() -> None:
    op.create_table(
        "report_mark",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("reported_by_unit", sa.String(), nullable=True),
        sa.Column("person", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("traces", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_report_mark"),
    )
    op.create_index("ix_report_mark_at", "report_mark", ["at"])
    op.create_index("ix_report_mark_unit_at", "report_mark", ["unit", "at"])
    op.create_index(
        "ix_report_mark_reported_by_unit_at", "report_mark", ["reported_by_unit", "at"]
    )
    op.create_index("ix_report_mark_person", "report_mark", ["person"], postgresql_using="gin")
    op.create_table(
        "learned_model",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("judged", postgresql.JSONB(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_learned_model"),
    )
    op.create_index(
        "uq_learned_model_used",
        "learned_model",
        ["used"],
        unique=True,
        postgresql_where=sa.text("used"),
    )
