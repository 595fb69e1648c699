from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from events import DeadlineMet, DeadlineSet, Envelope, LadderClimbed, Role
from services.projections import agenda
from services.projections.agenda import AgendaItem, Step

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
CASE = uuid4()
SET = DeadlineSet(
    code="triage",
    due_at=AT + timedelta(days=2),
    remind_at=AT + timedelta(days=1),
    basis="B",
    source="S",
    confidence="local",
    policy_version=1,
    explains="E.",
)
CLIMBED = LadderClimbed(
    code="triage",
    rung=0,
    to=Role.UNIT_MANAGER,
    policy_version=1,
    next_at=AT + timedelta(days=4),
)
SILENT = SET.model_copy(update={"remind_at": None})


def told(sequence, fact):
    return Envelope(
        event_id=uuid4(),
        case_id=CASE,
        case_type="deviation",
        sequence=sequence,
        type=fact.type,
        version=fact.version,
        at=AT,
        by="system:test",
        trace="0" * 32,
        body=fact.model_dump(mode="json"),
        chain="",
    )


async def step(session):
    rows = await session.execute(select(AgendaItem.step, AgendaItem.rung))
    return [tuple(row) for row in rows]


# Comes again half a minute later when its worker was killed with it in hand.
@pytest.mark.parametrize("late", [SET, SILENT])
@pytest.mark.parametrize("together", [True, False])
async def test_a_late_fact_does_not_take_the_ladders_place(session, late, together):
    batches = [[told(7, CLIMBED), told(2, late)]]
    if not together:
        batches = [[it] for it in batches[0]]
    for batch in batches:
        await agenda.apply(session, batch)

    assert await step(session) == [(Step.CLIMB, 1)]


async def test_facts_in_order_follow_each_other(session):
    await agenda.apply(session, [told(2, SET)])
    assert await step(session) == [(Step.REMIND, 0)]
    await agenda.apply(session, [told(5, CLIMBED)])
    assert await step(session) == [(Step.CLIMB, 1)]
    again = CLIMBED.model_copy(update={"rung": 1})
    await agenda.apply(session, [told(6, again)])
    assert await step(session) == [(Step.CLIMB, 2)]
    await agenda.apply(session, [told(8, DeadlineMet(code="triage", late=True))])
    assert await step(session) == []


async def test_what_was_said_leaves_the_agenda_but_not_what_came_instead(session):
    await agenda.apply(session, [told(2, SET)])
    [item] = await agenda.due(session, AT + timedelta(days=2), 10)
    session.expunge(item)
    # The handler writes the next rung while the timer says the reminder.
    await session.execute(update(AgendaItem).values(step=Step.CLIMB, rung=1))
    await agenda.said(session, [item])
    assert await step(session) == [(Step.CLIMB, 1)]
    [item] = await agenda.due(session, AT + timedelta(days=2), 10)
    await agenda.said(session, [item])
    assert await step(session) == []
