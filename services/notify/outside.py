"""What those without an account are told, and what they tell us: a fixed sentence each way.

Keeps the receipt codes alive too: a code lives on from the last word either way.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

import events as e
from events import AnswerWay, Envelope, Role, opened
from infra import clock, store
from infra.people import receipt_codes
from infra.people.accounts import is_open, recipients
from infra.people.units import unit_of
from infra.rows import Known, Rows
from infra.settings import settings
from infra.stream.handler import Handler
from infra.tables import Notice
from infra.vault import words as vault
from services.execute import Given, execute_many
from services.policies import policy_on
from workflows import CaseState, fold
from workflows.commands import ReportUndeliverable

BY: Final = "system:notify"
ANSWERED: Final = "answered_outside"
MESSAGE: Final = "message"

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
    """Write a notice for each word said: to them by mail where they chose it, to us always."""
    said_at: dict[UUID, datetime] = {}
    rows: list[dict[str, object]] = []
    unreached: list[Given] = []
    histories = await store.load(session, {it.case_id for it in envelopes})
    for envelope in envelopes:
        said_at[envelope.case_id] = max(envelope.at, said_at.get(envelope.case_id, envelope.at))
        state = fold(opened(it) for it in histories[envelope.case_id])
        match opened(envelope):
            case e.MessageReceived(way=AnswerWay.CODE):
                told = await _ours(session, state)
                rows += [await _row(session, envelope, state, MESSAGE, *it) for it in told]
                unreached += [] if told else [_unreached(envelope)]
            case fact if isinstance(fact, _OURS) and _by_mail(state):
                rows.append(await _row(session, envelope, state, ANSWERED))
            case _:
                pass
    await _ROWS.write(session, rows)
    await receipt_codes.extend(session, said_at)
    if unreached:
        await execute_many(session, unreached)


async def contact_of(session: AsyncSession, case_id: UUID) -> str | None:
    """Open the address that whoever complained gave us; None where it is erased."""
    [first, *_] = (await store.load(session, [case_id]))[case_id]
    fact = opened(first)
    contact = fact.contact if isinstance(fact, e.ReportReceived) else None
    return (await vault.read(session, case_id, [contact])).get(contact) if contact else None


def _by_mail(state: CaseState) -> bool:
    return state.complaint.answer_way is AnswerWay.EMAIL


async def _ours(session: AsyncSession, state: CaseState) -> list[tuple[UUID, Role | None]]:
    """Return who reads it: the one who answers for the case, else the unit's managers."""
    if state.owner and await is_open(session, state.owner):
        return [(state.owner, None)]
    people = await recipients(session, Role.UNIT_MANAGER, state.unit)
    return [
        (it.account_id, Role.UNIT_MANAGER)
        for it in people
        if str(it.account_id) not in state.recused
    ]


async def _row(
    session: AsyncSession,
    envelope: Envelope,
    state: CaseState,
    code: str,
    account_id: UUID | None = None,
    role: Role | None = None,
) -> dict[str, object]:
    policy = await policy_on(session, envelope.at)
    unit = await unit_of(session, state.unit)
    return {
        "event_id": envelope.event_id,
        "case_id": envelope.case_id,
        "code": code,
        "role": role,
        "account_id": account_id,
        "words": policy.notices[code].format(
            kommun=policy.municipality, enhet=unit.name if unit else "", nummer=state.number
        ),
        "trace": envelope.trace,
        "state": "waiting" if settings().smtp_url else "shown",
    }


def _unreached(envelope: Envelope) -> Given:
    command = ReportUndeliverable(at=clock.now(), by=BY, notice=MESSAGE, to=Role.UNIT_MANAGER)
    return Given(envelope.case_id, command, envelope.trace)


HANDLER: Final = Handler(
    "outside",
    ("case.message_received", *(it.type for it in _OURS)),
    100,
    tell,
)
