"""Mails whoever told us something without a login that there is more to read under their code.

Keeps the codes alive too: a code lives on from the last word either way.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

import events as e
from events import AnswerWay, Envelope, opened
from infra import store
from infra.people import receipt_codes
from infra.rows import Known, Rows
from infra.settings import settings
from infra.stream.handler import Handler
from infra.tables import Notice
from infra.vault import words as vault
from services.policies import policy_on
from workflows import fold

ANSWERED: Final = "answered_outside"

_OURS: Final = (
    e.ComplaintAcknowledged,
    e.MessageSent,
    e.ComplainantAnswered,
    e.ReporterAnswered,
)
_ROWS: Final = Rows(
    Notice,
    ("event_id", "case_id", "code", "role", "account_id", "words", "trace", "state"),
    known=Known.LEAVE,
)


async def tell(session: AsyncSession, envelopes: Sequence[Envelope]) -> None:
    """Write a notice for each word of ours to somebody who chose e-mail; keep codes alive."""
    said_at: dict[UUID, datetime] = {}
    for envelope in envelopes:
        before = said_at.get(envelope.case_id, envelope.at)
        said_at[envelope.case_id] = max(before, envelope.at)
    await receipt_codes.extend(session, said_at)
    ours = [it for it in envelopes if isinstance(opened(it), _OURS)]
    by_mail = await _by_mail(session, {it.case_id for it in ours})
    rows = [await _row(session, it) for it in ours if it.case_id in by_mail]
    await _ROWS.write(session, rows)


async def contact_of(session: AsyncSession, case_id: UUID) -> str | None:
    """Open the address that whoever complained gave us; None where it is erased."""
    [first, *_] = (await store.load(session, [case_id]))[case_id]
    fact = opened(first)
    contact = fact.contact if isinstance(fact, e.ReportReceived) else None
    return (await vault.read(session, case_id, [contact])).get(contact) if contact else None


async def _by_mail(session: AsyncSession, case_ids: set[UUID]) -> set[UUID]:
    histories = await store.load(session, case_ids)
    states = {key: fold(opened(it) for it in told) for key, told in histories.items()}
    return {key for key, it in states.items() if it.complaint.answer_way is AnswerWay.EMAIL}


async def _row(session: AsyncSession, envelope: Envelope) -> dict[str, object]:
    policy = await policy_on(session, envelope.at)
    return {
        "event_id": envelope.event_id,
        "case_id": envelope.case_id,
        "code": ANSWERED,
        "role": None,
        "account_id": None,
        "words": policy.notices[ANSWERED].format(kommun=policy.municipality),
        "trace": envelope.trace,
        "state": "waiting" if settings().smtp_url else "shown",
    }


HANDLER: Final = Handler(
    "outside", ("case.message_received", *(it.type for it in _OURS)), 100, tell
)
