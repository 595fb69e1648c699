"""Classifiers that this installation has learned from its own confirmed cases."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from infra.tables.base import Base


class LearnedModel(Base):
    """A learned model: the weights, and how it was judged beside the one before it.

    At most one is `used`; without one, the shipped model is.
    """

    __tablename__ = "learned_model"
    __table_args__ = (
        Index("uq_learned_model_used", "used", unique=True, postgresql_where=text("used")),
    )

    version: Mapped[str] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    packed: Mapped[bytes] = mapped_column(LargeBinary)
    judged: Mapped[dict[str, Any]]
    used: Mapped[bool] = mapped_column(Boolean)
