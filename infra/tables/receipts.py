"""What each report was answered, and the running number of cases."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, Sequence, text
from sqlalchemy.orm import Mapped, mapped_column

from infra.tables.base import Base

CASE_NUMBER = Sequence("case_number", metadata=Base.metadata)


class ReportReceipt(Base):
    """What a report id with this content was answered; sending again gets the same."""

    __tablename__ = "report_receipt"

    report_id: Mapped[UUID] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    case_id: Mapped[UUID]
    number: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=text("now()"))
