"""What the one who reported gets to see: the steps, and what was answered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from events import Envelope, Event, Phase, ReporterAnswered, ReportReceived, Source, opened
from infra import store
from infra.people import access_log
from infra.people.access_log import Reading
from infra.tables import Accessed, Recorded
from infra.vault import words as vault
from services.projections.case_index import CaseRow
from services.report_steps import step_key, taken
from services.texts import texts
from workflows import CaseState, fold

READ_OWN: Final = "report.read_own"
"""In the access log, that somebody read what they reported: it tells who did."""
_MOST: Final = 200
_ANSWER_CLOCK: Final = ("answer_reporter", None)


class StepTaken(BaseModel):
    """A step that was taken, and when."""

    phase: str
    step: str
    at: datetime


class AnswerGiven(BaseModel):
    """An answer and when it was given; without a text where that was erased."""

    at: datetime
    text: str | None


class MyReport(BaseModel):
    """One's own report: how far it has come, and what was answered.

    In a list `text`, `answer`, `answers` and `steps` are empty. `unread` tells that an answer
    came after the last reading; `hint` is what was chosen when it was reported.
    """

    case_id: UUID
    number: str
    kind: str
    hint: str | None
    unit: str
    received_at: datetime
    step: str
    phase: str
    answered_at: datetime | None = None
    unread: bool = False
    answer_by: datetime | None = None
    text: str | None = None
    answer: str | None = None
    answers: list[AnswerGiven] = Field(default_factory=list[AnswerGiven])
    steps: list[StepTaken] = Field(default_factory=list[StepTaken])
    measures_done: int = 0
    measures_open: int = 0


async def my_reports(
    session: AsyncSession, account_id: UUID, case_id: UUID | None = None
) -> list[MyReport]:
    """List somebody's reports, the newest first; stories and answers are not opened."""
    one = [] if case_id is None else [CaseRow.case_id == case_id]
    rows = (
        await session.execute(
            select(
                CaseRow.case_id,
                CaseRow.number,
                CaseRow.case_type,
                CaseRow.hint,
                CaseRow.unit,
                CaseRow.received_at,
                CaseRow.phase,
            )
            .where(CaseRow.reporter == account_id, *one)
            .order_by(CaseRow.received_at.desc())
            .limit(_MOST)
        )
    ).all()
    ids = [row.case_id for row in rows]
    answered = await _answered(session, ids)
    read = await _read(session, account_id, ids)
    return [
        MyReport(
            case_id=row.case_id,
            number=row.number,
            kind=row.case_type,
            hint=row.hint,
            unit=row.unit,
            received_at=row.received_at,
            phase=row.phase,
            step=_says(row.case_type, Phase(row.phase)),
            answered_at=(at := answered.get(row.case_id)),
            unread=at is not None and (row.case_id not in read or read[row.case_id] < at),
        )
        for row in rows
    ]


async def my_report(
    session: AsyncSession, account_id: UUID, case_id: UUID, trace: str
) -> MyReport | None:
    """Return one's own report with its answers and log the reading; None if another's."""
    found = await my_reports(session, account_id, case_id)
    if not found:
        return None
    history = (await store.load(session, [case_id])).get(case_id, [])
    facts = [opened(envelope) for envelope in history]
    told = _told(facts)
    answers = [
        (envelope.at, fact.words)
        for envelope, fact in zip(history, facts, strict=True)
        if isinstance(fact, ReporterAnswered)
    ]
    wanted = [*([told] if told else []), *(key for _, key in answers)]
    words = await vault.read(session, case_id, wanted)
    await access_log.record(
        session, Reading(account_id, READ_OWN, trace, case_id, found[0].unit)
    )
    said = [AnswerGiven(at=at, text=words.get(key)) for at, key in answers]
    state = fold(facts)
    return found[0].model_copy(
        update={
            "text": words.get(told) if told else None,
            "answer": said[-1].text if said else None,
            "answers": said,
            "answer_by": _answer_by(state),
            "steps": _steps(found[0].kind, history, facts),
            "measures_done": len(state.measures) - len(state.open_measures),
            "measures_open": len(state.open_measures),
        }
    )


def _told(facts: Sequence[Event]) -> UUID | None:
    """Return the key of one's own words; another case's are others' too."""
    return next(
        (
            fact.story
            for fact in facts
            if isinstance(fact, ReportReceived) and fact.source is not Source.CASE
        ),
        None,
    )


def _steps(kind: str, history: Sequence[Envelope], facts: Sequence[Event]) -> list[StepTaken]:
    entered = [
        (fact.enters, envelope.at)
        for envelope, fact in zip(history, facts, strict=True)
        if fact.enters is not None
    ]
    return [
        StepTaken(phase=it.phase, step=_says(kind, it.phase), at=it.at)
        for it in taken(kind, entered)
    ]


def _answer_by(state: CaseState) -> datetime | None:
    """Return when an answer is promised; a promise that was broken is not shown as one."""
    clock = state.clocks.get(_ANSWER_CLOCK)
    return None if clock is None or clock.missed else clock.due_at


def _says(kind: str, phase: Phase) -> str:
    return texts(None)(step_key(kind, phase))


async def _answered(session: AsyncSession, ids: list[UUID]) -> dict[UUID, datetime]:
    """Return when each case was last answered."""
    rows = await session.execute(
        select(Recorded.case_id, func.max(Recorded.at))
        .where(Recorded.case_id.in_(ids), Recorded.type == ReporterAnswered.type)
        .group_by(Recorded.case_id)
    )
    return {row[0]: row[1] for row in rows}


async def _read(
    session: AsyncSession, account_id: UUID, ids: list[UUID]
) -> dict[UUID, datetime]:
    """Return when somebody last read what came of each report."""
    rows = await session.execute(
        select(Accessed.case_id, func.max(Accessed.at))
        .where(
            Accessed.case_id.in_(ids),
            Accessed.account_id == account_id,
            Accessed.what == READ_OWN,
        )
        .group_by(Accessed.case_id)
    )
    return {case_id: at for case_id, at in rows if case_id is not None}
