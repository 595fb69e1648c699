"""Remember who is away, which units lack somebody, and who stands in."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_substitutes"
down_revision = "20261124_case_numbers"


def upgrade() -> None:
    op.create_table(
        "substitution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("substitute_id", sa.Uuid(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "(account_id IS NULL) <> (unit IS NULL) AND (unit IS NULL) = (role IS NULL)",
            name="ck_substitution_one",
        ),
        sa.CheckConstraint("starts_on <= ends_on", name="ck_substitution_days"),
        sa.CheckConstraint("substitute_id <> account_id", name="ck_substitution_oneself"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.account_id"], name="fk_substitution_account_id"
        ),
        sa.ForeignKeyConstraint(["unit"], ["unit.code"], name="fk_substitution_unit"),
        sa.ForeignKeyConstraint(
            ["substitute_id"], ["account.account_id"], name="fk_substitution_substitute_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_substitution"),
    )
    op.create_index("ix_substitution_ends_on", "substitution", ["ends_on"], unique=False)
