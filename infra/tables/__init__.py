"""The tables that are truth. Read models live with the services that build them."""

from infra.tables.access_log import Accessed
from infra.tables.admin_changes import AdminChange
from infra.tables.attachments import Attached
from infra.tables.base import Base, ReadModel
from infra.tables.envelopes import EnvelopeKey
from infra.tables.log import CaseHead, Recorded
from infra.tables.marks import ReportMark
from infra.tables.models import LearnedModel
from infra.tables.notices import Notice
from infra.tables.packs import IvoPack
from infra.tables.people import (
    Account,
    ApiToken,
    LoginFailure,
    Membership,
    Substitute,
    Unit,
)
from infra.tables.policy import PolicyDocument
from infra.tables.preferences import Preference
from infra.tables.receipt_codes import ReceiptCode
from infra.tables.receipts import CASE_NUMBERS, ReportReceipt
from infra.tables.stream import Handled, Quarantined, Swept
from infra.tables.vault import Secret, VaultItem, VaultKey

__all__ = [
    "CASE_NUMBERS",
    "Accessed",
    "Account",
    "AdminChange",
    "ApiToken",
    "Attached",
    "Base",
    "CaseHead",
    "EnvelopeKey",
    "Handled",
    "IvoPack",
    "LearnedModel",
    "LoginFailure",
    "Membership",
    "Notice",
    "PolicyDocument",
    "Preference",
    "Quarantined",
    "ReadModel",
    "ReceiptCode",
    "Recorded",
    "ReportMark",
    "ReportReceipt",
    "Secret",
    "Substitute",
    "Swept",
    "Unit",
    "VaultItem",
    "VaultKey",
]
