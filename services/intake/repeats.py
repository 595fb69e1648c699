"""Ties a report to the earlier one that it says it repeats, so that the pattern can be seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from events import LinkKind, opened
from infra import driver, store
from services.execute import Given, execute_many
from workflows import fold
from workflows.commands import Link

_FIRST: Final = """
    SELECT DISTINCT ON (report_id) report_id, case_id FROM report_receipt
    WHERE report_id = ANY($1::uuid[]) ORDER BY report_id, at
"""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A case just opened by a report, and the earlier report that it repeats."""

    case_id: UUID
    unit: str
    repeats: UUID
    at: datetime
    by: str
    trace: str


async def tie(session: AsyncSession, repeats: Sequence[Repeat]) -> None:
    """Link each case and the earlier one to each other, where that is of the same unit.

    An earlier report that we do not know ties nothing: it may still lie in a phone.
    """
    if not repeats:
        return
    rows = await driver.fetch(session, _FIRST, [it.repeats for it in repeats])
    case_of = {row[0]: row[1] for row in rows}
    histories = await store.load(session, case_of.values())
    unit_of = {key: fold(opened(it) for it in past).unit for key, past in histories.items()}
    await execute_many(
        session,
        [
            Given(
                one,
                Link(at=it.at, by=it.by, other=other, kind=LinkKind.PATTERN),
                it.trace,
            )
            for it in repeats
            if (earlier := case_of.get(it.repeats)) not in (None, it.case_id)
            and unit_of.get(earlier) == it.unit
            for one, other in ((it.case_id, earlier), (earlier, it.case_id))
        ],
    )
