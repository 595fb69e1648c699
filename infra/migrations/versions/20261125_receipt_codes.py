"""Keep receipt codes, and let a notice go to somebody who has no account."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_receipt_codes"
down_revision = "20261124_substitutes"

_ONCE = "uq_notice_event_id_account_id_code"


def upgrade() -> None:
    op.create_table(
        "receipt_code",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_receipt_code"),
        sa.UniqueConstraint("case_id", name="uq_receipt_code_case_id"),
    )
    op.alter_column("notice", "account_id", nullable=True)
    op.drop_constraint(_ONCE, "notice")
    op.create_unique_constraint(
        _ONCE,
        "notice",
        ["event_id", "account_id", "code"],
        postgresql_nulls_not_distinct=True,
    )
