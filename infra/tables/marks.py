"""What a report is found again by: marks of whom it concerns and of what it says, no words."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, LargeBinary, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from infra.tables.base import Base


class ReportMark(Base):
    """The keyed marks of one report. Gone when the case's words are erased.

    `person` are marks to look up by; `traces` is all that is compared.
    """

    __tablename__ = "report_mark"
    __table_args__ = (
        Index("ix_report_mark_at", "at"),
        Index("ix_report_mark_unit_at", "unit", "at"),
        Index("ix_report_mark_reported_by_unit_at", "reported_by_unit", "at"),
        Index("ix_report_mark_person", "person", postgresql_using="gin"),
    )

    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    unit: Mapped[str] = mapped_column(String)
    reported_by_unit: Mapped[str | None] = mapped_column(String)
    person: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    traces: Mapped[bytes] = mapped_column(LargeBinary)
