"""What administrators have changed: added to, never changed itself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from infra.tables.base import Base


class AdminChange(Base):
    """One change, with ids and never a name. Without `by` it was from the command line.

    `about` is what was changed: an account's id, a unit's code, a policy's version.
    """

    __tablename__ = "admin_change"
    __table_args__ = (Index("ix_admin_change_about", "about", "id"),)

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    by: Mapped[UUID | None]
    what: Mapped[str]
    about: Mapped[str]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
