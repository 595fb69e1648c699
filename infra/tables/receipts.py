"""What each report was answered, and the running number of cases."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, Sequence, text
from sqlalchemy.orm import Mapped, mapped_column

from infra.tables.base import Base

CASE_NUMBERS = {
    "deviation": Sequence("case_number", metadata=Base.metadata),
    "complaint": Sequence("case_number_complaint", metadata=Base.metadata),
    "lex_sarah": Sequence("case_number_lex_sarah", metadata=Base.metadata),
    "ivo_notification": Sequence("case_number_ivo_notification", metadata=Base.metadata),
}
"""Each kind of case is numbered on its own; the public registry asks for it."""


class ReportReceipt(Base):
    """What a report id with this content was answered; sending again gets the same."""

    __tablename__ = "report_receipt"

    report_id: Mapped[UUID] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    case_id: Mapped[UUID]
    number: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=text("now()"))
