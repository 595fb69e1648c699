"""What the one who reported gets to see: the steps, and the answer."""

from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from events import Phase, ReporterAnswered, ReportReceived, Source, opened
from infra import store
from infra.people import access_log
from infra.people.access_log import Reading
from infra.vault import words as vault
from services.projections.case_index import CaseRow
from services.texts import texts

STEP_KEYS: Final[dict[Phase, str]] = {
    Phase.REPORTED: "status.mottagen",
    Phase.RECEIVED: "status.mottagen",
    Phase.ACKNOWLEDGED: "status.bekraftad",
    Phase.TRIAGED: "status.last",
    Phase.INVESTIGATING: "status.utreds",
    Phase.ACTING: "status.atgard",
    Phase.FOLLOWING_UP: "status.atgard",
    Phase.POSITION_TAKEN: "status.utreds",
    Phase.DECIDED: "status.atgard",
    Phase.FOLLOWED_UP: "status.atgard",
    Phase.ANSWERED: "status.svarad",
    Phase.CLOSED: "status.klar",
    Phase.REROUTED: "status.lamnad",
    Phase.MERGED: "status.samman",
}
"""What the texts call each phase, to those outside the case."""
STEPS: Final = {phase: texts(None)(key) for phase, key in STEP_KEYS.items()}
"""The same in Swedish, as the API says it."""
READ_OWN: Final = "report.read_own"
"""In the access log, that somebody read what they reported: it tells who did."""
_MOST: Final = 200


class MyReport(BaseModel):
    """One's own report: how far it has come, and what was answered."""

    case_id: UUID
    number: str
    unit: str
    received_at: datetime
    step: str
    phase: str
    text: str | None = None
    answer: str | None = None


async def my_reports(
    session: AsyncSession, account_id: UUID, case_id: UUID | None = None
) -> list[MyReport]:
    """List somebody's reports, the newest first; stories and answers are not opened."""
    one = [] if case_id is None else [CaseRow.case_id == case_id]
    rows = await session.execute(
        select(
            CaseRow.case_id, CaseRow.number, CaseRow.unit, CaseRow.received_at, CaseRow.phase
        )
        .where(CaseRow.reporter == account_id, *one)
        .order_by(CaseRow.received_at.desc())
        .limit(_MOST)
    )
    return [
        MyReport(
            case_id=row.case_id,
            number=row.number,
            unit=row.unit,
            received_at=row.received_at,
            phase=row.phase,
            step=STEPS[Phase(row.phase)],
        )
        for row in rows
    ]


async def my_report(
    session: AsyncSession, account_id: UUID, case_id: UUID, trace: str
) -> MyReport | None:
    """Return one's own report with the latest answer and log the reading; None if another's."""
    found = await my_reports(session, account_id, case_id)
    if not found:
        return None
    history = (await store.load(session, [case_id])).get(case_id, [])
    facts = [opened(envelope) for envelope in history]
    # What a case that another opened begins with was written by others too.
    told = next(
        (
            f.story
            for f in facts
            if isinstance(f, ReportReceived) and f.source is not Source.CASE
        ),
        None,
    )
    answers = [f.words for f in facts if isinstance(f, ReporterAnswered)]
    wanted = [it for it in (told, answers[-1] if answers else None) if it]
    words = await vault.read(session, case_id, wanted)
    await access_log.record(
        session, Reading(account_id, READ_OWN, trace, case_id, found[0].unit)
    )
    return found[0].model_copy(
        update={
            "text": words.get(told) if told else None,
            "answer": words.get(answers[-1]) if answers else None,
        }
    )
