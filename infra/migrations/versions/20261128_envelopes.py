"""Keep the keys that phones lock waiting reports with, and what people choose."""

import sqlalchemy as sa
from alembic import op

revision = "20261128_envelopes"
down_revision = "20261126_ivo_packs"


def upgrade() -> None:
    op.create_table(
        "envelope_key",
        sa.Column("kid", sa.String(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("kid", name="pk_envelope_key"),
    )
    op.create_table(
        "preference",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.account_id"], name="fk_preference_account_id"
        ),
        sa.PrimaryKeyConstraint("account_id", "name", name="pk_preference"),
    )
