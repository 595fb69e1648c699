"""Keep every version of a pack made for IVO."""

import sqlalchemy as sa
from alembic import op

revision = "20261126_ivo_packs"
down_revision = "20261125_receipt_codes"


def upgrade() -> None:
    op.create_table(
        "ivo_pack",
        sa.Column("pack_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("version_number", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["case_id"], ["vault_key.case_id"], name="fk_ivo_pack_case_id"),
        sa.PrimaryKeyConstraint("pack_id", name="pk_ivo_pack"),
        sa.UniqueConstraint(
            "case_id", "version_number", name="uq_ivo_pack_case_id_version_number"
        ),
    )
