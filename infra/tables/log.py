"""The log of facts, and the head of each case's chain."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Identity, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from infra.tables.base import Base


class Recorded(Base):
    """One fact. The row is also its own outbox entry until `sent_at` is filled."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("case_id", "sequence"),
        Index("ix_event_unsent", "position", postgresql_where=text("sent_at IS NULL")),
    )

    position: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    event_id: Mapped[UUID] = mapped_column(unique=True)
    case_id: Mapped[UUID]
    case_type: Mapped[str]
    sequence: Mapped[int]
    type: Mapped[str]
    version: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str]
    trace: Mapped[str]
    body: Mapped[dict[str, Any]]
    chain: Mapped[bytes] = mapped_column(LargeBinary)
    sent_at: Mapped[datetime | None]


class CaseHead(Base):
    """Where a case's chain ends: what shows that its last facts were cut off."""

    __tablename__ = "case_head"

    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    sequence: Mapped[int]
    chain: Mapped[bytes] = mapped_column(LargeBinary)
