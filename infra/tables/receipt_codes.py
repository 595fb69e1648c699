"""The keys that whoever told us something without a login holds to the answer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from infra.tables.base import Base


class ReceiptCode(Base):
    """A case's receipt code, known here only by its slow digest; a case has one at most."""

    __tablename__ = "receipt_code"

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    case_id: Mapped[UUID] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    expires_at: Mapped[datetime]
