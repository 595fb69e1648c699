"""What can name a person, locked; and the keys that can be thrown away."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from infra.tables.base import Base


class VaultKey(Base):
    """The data key of one case, locked under a master key; gone once the case is erased."""

    __tablename__ = "vault_key"

    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    key_id: Mapped[str | None] = mapped_column(index=True)
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    erased_at: Mapped[datetime | None]


class VaultItem(Base):
    """Words somebody wrote about a case, locked under its data key; empty once erased."""

    __tablename__ = "vault_item"

    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey(VaultKey.case_id), index=True)
    kind: Mapped[str]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class Secret(Base):
    """A secret the installation made up for itself, sealed; never changed, only resealed."""

    __tablename__ = "secret"

    name: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
