"""What the handlers have done, what they could not do, and how far the sweep has looked."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Identity, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from infra.tables.base import Base


class Handled(Base):
    """A message this consumer has already acted on."""

    __tablename__ = "inbox"

    consumer: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class Quarantined(Base):
    """A message that a handler gave up on, or an intake that was refused; never just gone.

    `sealed` is the refused message itself, encrypted: it may hold a story. Facts need none,
    they lie in the log.
    """

    __tablename__ = "quarantine"
    __table_args__ = (
        Index("ix_quarantine_open", "id", postgresql_where=text("resolved_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    consumer: Mapped[str]
    event_id: Mapped[UUID | None]
    case_id: Mapped[UUID | None]
    reason: Mapped[str]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    tries: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    resolved_at: Mapped[datetime | None]


class Swept(Base):
    """How far into the log every fact is known to be handled by a consumer."""

    __tablename__ = "swept"

    consumer: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
