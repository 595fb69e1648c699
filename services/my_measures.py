"""What somebody has promised to do: the promise's own words, and nothing else of the case."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from events import Envelope, MeasureAdded, opened
from infra import clock, store
from infra.people import access_log
from infra.people.access_log import Reading
from infra.people.accounts import display_names
from infra.people.identity import Actor
from infra.vault import words as vault
from services.give import Forbidden, role_in
from services.projections.case_index import CaseRow
from services.projections.measure import MeasureRow
from workflows import CaseState, fold
from workflows.case_types import CASE_TYPES
from workflows.commands import CompleteMeasure

READ: Final = "measure.read"
"""In the access log, that somebody read what they have promised in a case."""
_MOST: Final = 100


class MyMeasure(BaseModel):
    """A measure to carry out. `instead_of` names whom one stands in for, None for one's own.

    `may_read_case` tells whether one may open the case it belongs to.
    """

    case_id: UUID
    measure_id: UUID
    number: str
    unit: str
    due_on: date
    overdue: bool
    text: str | None
    expected_effect: str | None
    instead_of: str | None
    may_read_case: bool


class _Promise(NamedTuple):
    """A measure that is open, with the fact that holds its words."""

    state: CaseState
    added: MeasureAdded
    case_id: UUID

    @property
    def keys(self) -> tuple[tuple[UUID, UUID], ...]:
        """Return where the words lie."""
        return (self.case_id, self.added.words), (self.case_id, self.added.expected_effect)


async def my_measures(session: AsyncSession, actor: Actor, trace: str) -> list[MyMeasure]:
    """List what somebody may complete because it is theirs, the most pressing first.

    Theirs is what they own, or somebody they stand in for. The reading is logged, by case.
    """
    query = (
        select(MeasureRow.case_id, MeasureRow.measure_id)
        .join(CaseRow, CaseRow.case_id == MeasureRow.case_id)
        .where(*_open_to(actor))
        .order_by(MeasureRow.due_on, CaseRow.number, MeasureRow.measure_id)
        .limit(_MOST)
    )
    rows = (await session.execute(query)).all()
    histories = await store.load(session, {row.case_id for row in rows})
    promises = _promises(actor, [(row.case_id, row.measure_id) for row in rows], histories)
    words = await vault.read_many(session, (key for it in promises for key in it.keys))
    await access_log.record(
        session,
        *(
            Reading(actor.account_id, READ, trace, case_id, unit)
            for case_id, unit in {(it.case_id, it.state.unit) for it in promises}
        ),
    )
    names = await display_names(session, {it.added.owner for it in promises})
    today = clock.today()
    return [
        MyMeasure(
            case_id=it.case_id,
            measure_id=it.added.measure_id,
            number=it.state.number,
            unit=it.state.unit,
            due_on=it.added.due_on,
            overdue=it.added.due_on < today,
            text=words.get(it.added.words),
            expected_effect=words.get(it.added.expected_effect),
            instead_of=None
            if it.added.owner == actor.account_id
            else names.get(it.added.owner),
            may_read_case=_may(actor, "read-case", it.state),
        )
        for it in promises
    ]


async def how_many(session: AsyncSession, actor: Actor) -> int:
    """Count what is in the list, without reading any of it."""
    query = (
        select(func.count())
        .select_from(MeasureRow)
        .join(CaseRow, CaseRow.case_id == MeasureRow.case_id)
        .where(*_open_to(actor))
    )
    return await session.scalar(query) or 0


def _open_to(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Pick measures of an account, and of those it stands in for, in cases that go on."""
    return (
        MeasureRow.owner.in_({actor.account_id, *actor.stands_in_for}),
        MeasureRow.completed_at.is_(None),
        CaseRow.open.is_(True),
    )


def _promises(
    actor: Actor, wanted: Sequence[tuple[UUID, UUID]], histories: dict[UUID, list[Envelope]]
) -> list[_Promise]:
    """Keep what the door would let through: nobody who stepped aside, no case at rest."""
    facts = {key: [opened(it) for it in history] for key, history in histories.items()}
    states = {key: fold(it) for key, it in facts.items()}
    added = {
        (key, fact.measure_id): fact
        for key, it in facts.items()
        for fact in it
        if isinstance(fact, MeasureAdded)
    }
    return [
        _Promise(states[key[0]], added[key], key[0])
        for key in wanted
        if _may_complete(actor, states[key[0]], key[1])
    ]


def _may_complete(actor: Actor, state: CaseState, measure: UUID) -> bool:
    if CompleteMeasure not in CASE_TYPES[state.case_type].flow.get(state.phase, frozenset()):
        return False
    return _may(actor, "complete-measure", state, measure)


def _may(actor: Actor, action: str, state: CaseState, measure: UUID | None = None) -> bool:
    try:
        role_in(actor, action, state, measure)
    except Forbidden:
        return False
    return True
