"""The packs made for IVO: every version as it was, locked under its case's key."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from infra.tables.base import Base
from infra.tables.vault import VaultKey


class IvoPack(Base):
    """One version. It is never changed; `sealed` is empty once the case is erased."""

    __tablename__ = "ivo_pack"
    __table_args__ = (UniqueConstraint("case_id", "version_number"),)

    pack_id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey(VaultKey.case_id))
    version_number: Mapped[int]
    digest: Mapped[str]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
