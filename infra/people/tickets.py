"""Tickets: what a phone puts into a report's envelope to say who wrote it.

A ticket opens nothing. It names an account to us and to nobody else, and is good for saying who
wrote a report for thirty days: a phone may lie that long without a network. It is good for a
closed account too: what somebody wrote while they worked here was written by them.
"""

import base64
import binascii
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from infra.vault.keyring import KeyMissing, SealBroken, keyring

LIVES: Final = timedelta(days=30)
_CONTEXT: Final = b"avvik:ticket"
_ID_BYTES: Final = 16
_LONGEST: Final = 1000


def issue(account_id: UUID, at: datetime) -> str:
    """Make a ticket for somebody who has shown who they are."""
    told = account_id.bytes + int(at.timestamp()).to_bytes(8)
    return base64.urlsafe_b64encode(keyring().seal(told, _CONTEXT)).decode()


def holder(ticket: str, now: datetime) -> UUID | None:
    """Return whose ticket it is; None for one that is too old, or that we never made."""
    try:
        sealed = base64.b64decode(ticket[:_LONGEST], altchars=b"-_", validate=True)
        told = keyring().open(sealed, _CONTEXT)
    except (binascii.Error, ValueError, SealBroken, KeyMissing):
        return None
    issued = datetime.fromtimestamp(int.from_bytes(told[_ID_BYTES:]), UTC)
    return UUID(bytes=told[:_ID_BYTES]) if now - issued < LIVES else None
