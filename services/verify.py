"""Proves that the log is as it was written: every link, every end, every report."""

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from events import Envelope
from infra import chain, store
from infra.tables import CaseHead, Recorded, ReportReceipt

_CASES: Final = 500


@dataclass
class Verified:
    """How much was looked through, and what is wrong, a Swedish sentence each."""

    cases: int = 0
    facts: int = 0
    faults: list[str] = field(default_factory=list[str])


async def verify(session: AsyncSession) -> Verified:
    """Look through the whole log. The first broken link of each case is named.

    Found are: a fact changed, removed or put in between (the chain), facts cut off at a case's
    end (the head of the chain), and cases gone altogether (the receipts of their reports).
    """
    found = Verified()
    await _receipts_without_case(session, found)
    await _facts_without_head(session, found)
    last: UUID | None = None
    while True:
        query = select(CaseHead).order_by(CaseHead.case_id).limit(_CASES)
        if last is not None:
            query = query.where(CaseHead.case_id > last)
        heads = list(await session.scalars(query))
        if not heads:
            return found
        last = heads[-1].case_id
        histories = await store.load(session, [head.case_id for head in heads])
        for head in heads:
            history = histories.get(head.case_id, [])
            found.cases += 1
            found.facts += len(history)
            if fault := _fault(head, history):
                found.faults.append(fault)
        session.expunge_all()


def _fault(head: CaseHead, history: list[Envelope]) -> str | None:
    before = b""
    for n, envelope in enumerate(history, start=1):
        if envelope.sequence != n:
            return f"Ärende {head.case_id}: faktum {n} saknas."
        before = chain.link(before or chain.start(envelope), envelope)
        if before.hex() != envelope.chain:
            return (
                f"Ärende {head.case_id}: kedjan bryts vid faktum {n} "
                f"({envelope.type}, {envelope.event_id}). Det eller ett tidigare är ändrat."
            )
    if head.sequence != len(history) or head.chain != before:
        return (
            f"Ärende {head.case_id}: slutet saknas. {head.sequence} fakta har skrivits, "
            f"{len(history)} finns."
        )
    return None


async def _receipts_without_case(session: AsyncSession, found: Verified) -> None:
    lost = await session.execute(
        select(ReportReceipt.number, ReportReceipt.case_id)
        .outerjoin(CaseHead, CaseHead.case_id == ReportReceipt.case_id)
        .where(CaseHead.case_id.is_(None))
    )
    found.faults += [
        f"Ärende {row.number} ({row.case_id}): hela ärendet saknas." for row in lost
    ]


async def _facts_without_head(session: AsyncSession, found: Verified) -> None:
    loose = await session.scalars(
        select(Recorded.case_id)
        .distinct()
        .outerjoin(CaseHead, CaseHead.case_id == Recorded.case_id)
        .where(CaseHead.case_id.is_(None))
    )
    found.faults += [f"Ärende {case_id}: kedjans ände saknas." for case_id in loose]
