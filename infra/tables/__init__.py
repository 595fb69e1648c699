"""The tables that are truth. Read models live with the services that build them."""

from infra.tables.base import Base, ReadModel
from infra.tables.log import CaseHead, Recorded
from infra.tables.stream import Handled, Quarantined, Swept

__all__ = [
    "Base",
    "CaseHead",
    "Handled",
    "Quarantined",
    "ReadModel",
    "Recorded",
    "Swept",
]
