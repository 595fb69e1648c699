"""Forgets what was written in a case: its words, its files, and what could confirm a guess."""

from secrets import token_bytes
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from infra import clock, marks
from infra.people import receipt_codes
from infra.tables import ReportReceipt
from infra.vault import words as vault
from services.execute import Given, execute
from services.projections.case_index import CaseRow
from services.trace import new_trace
from workflows import UnknownCase
from workflows.commands import EraseWords

BY = "system:erase"


async def erase(session: AsyncSession, number: str, ground: str) -> UUID:
    """Throw away all words and files of an ended case; return its id.

    Raises a `Refusal`: for an unknown number, an open case, or a ground not on the list. The
    fingerprints and marks of its reports go too, since whoever holds the keys could try a guess
    on them, and so does its receipt code.
    """
    case_id = await session.scalar(select(CaseRow.case_id).where(CaseRow.number == number))
    if case_id is None:
        raise UnknownCase
    command = EraseWords(at=clock.now(), by=BY, ground=ground)
    await execute(session, Given(case_id, command, new_trace()))
    await vault.erase_case(session, case_id)
    await receipt_codes.forget_case(session, case_id)
    await marks.forget(session, case_id)
    await session.execute(
        update(ReportReceipt)
        .where(ReportReceipt.case_id == case_id)
        .values(fingerprint=token_bytes(32))
    )
    return case_id
