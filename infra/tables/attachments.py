"""Files that belong to a case, locked under its data key."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from infra.tables.base import Base
from infra.tables.vault import VaultKey


class Attached(Base):
    """One file. Name, content and checksum are empty once it is erased."""

    __tablename__ = "attachment"

    attachment_id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey(VaultKey.case_id), index=True)
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_name: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
