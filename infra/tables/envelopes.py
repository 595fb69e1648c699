"""The keys that phones lock reports with until the server has them."""

from datetime import datetime

from sqlalchemy import LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from infra.tables.base import Base


class EnvelopeKey(Base):
    """A pair of keys: the public half goes to phones, the private one is sealed here.

    Old pairs stay: a phone may come back with a report it locked months ago.
    """

    __tablename__ = "envelope_key"

    kid: Mapped[str] = mapped_column(primary_key=True)
    public: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
