"""Number complaints, lex Sarah reports and notifications to IVO each on their own."""

from alembic import op
from sqlalchemy.schema import CreateSequence, Sequence

revision = "20261124_case_numbers"
down_revision = "20261123_first"


def upgrade() -> None:
    for kind in ("complaint", "lex_sarah", "ivo_notification"):
        op.execute(CreateSequence(Sequence(f"case_number_{kind}")))
