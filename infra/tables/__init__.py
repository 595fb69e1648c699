"""The tables that are truth. Read models live with the services that build them."""

from infra.tables.base import Base, ReadModel
from infra.tables.log import CaseHead, Recorded
from infra.tables.policy import PolicyDocument
from infra.tables.receipts import CASE_NUMBER, ReportReceipt
from infra.tables.stream import Handled, Quarantined, Swept

__all__ = [
    "CASE_NUMBER",
    "Base",
    "CaseHead",
    "Handled",
    "PolicyDocument",
    "Quarantined",
    "ReadModel",
    "Recorded",
    "ReportReceipt",
    "Swept",
]
