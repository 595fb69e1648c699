"""What is to be told to whom, and whether it got there. Fixed texts; nobody is named."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Identity, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from infra.tables.base import Base


class Notice(Base):
    """One notice to one account. `state` is waiting, sent, shown or undeliverable.

    `shown` is where there is no mail to send: it is read in the product only. Without
    `account_id` it is to whoever told us: their address is in the vault, never here.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("event_id", "account_id", "code", postgresql_nulls_not_distinct=True),
        Index("ix_notice_waiting", "try_at", postgresql_where=text("state = 'waiting'")),
        Index("ix_notice_account", "account_id", "id"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    event_id: Mapped[UUID]
    case_id: Mapped[UUID]
    code: Mapped[str]
    role: Mapped[str | None]
    account_id: Mapped[UUID | None]
    words: Mapped[str]
    trace: Mapped[str]
    state: Mapped[str]
    tries: Mapped[int] = mapped_column(server_default=text("0"))
    try_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    reason: Mapped[str | None]
