"""The common ground of all tables: names of constraints, and Python types as columns."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, MetaData
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
TYPES = {datetime: DateTime(timezone=True), dict[str, Any]: JSONB, int: BigInteger}


class Base(DeclarativeBase):
    """Tables that are truth: migrated, never rebuilt."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = TYPES


class ReadModel(DeclarativeBase):
    """Tables that follow from the log: never migrated, only rebuilt."""

    metadata = MetaData(schema="read", naming_convention=NAMES)
    type_annotation_map = TYPES
