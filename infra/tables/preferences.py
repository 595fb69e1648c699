"""What people choose for themselves: saved filters, whether single keys do something."""

from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from infra.tables.base import Base
from infra.tables.people import Account


class Preference(Base):
    """One choice of one person; never content of a case."""

    __tablename__ = "preference"

    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.account_id), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
