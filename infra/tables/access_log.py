"""Who has read what: added to, never changed (SoLPuL 10 §)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from infra.tables.base import Base


class Accessed(Base):
    """One reading. Without `account_id` it was by somebody who has no account."""

    __tablename__ = "access_log"
    __table_args__ = (
        Index("ix_access_log_case_id", "case_id", "id"),
        Index("ix_access_log_account_id", "account_id", "id"),
        Index("ix_access_log_unit", "unit", "id"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    account_id: Mapped[UUID | None]
    case_id: Mapped[UUID | None]
    unit: Mapped[str | None]
    what: Mapped[str]
    trace: Mapped[str]
