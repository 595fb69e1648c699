"""Keeps the agenda of reminders and of the overdue ladder; the timer acts on it."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from events import DeadlineMissed, Envelope, opened
from infra import clock
from infra.stream.handler import Handler
from services.execute import Given, execute_many
from services.projections import agenda
from workflows.commands import ClimbLadder

BY: Final = "system:follow-up"


async def follow_up(session: AsyncSession, envelopes: Sequence[Envelope]) -> None:
    """Write the agenda, and tell the first rung of every duty that was missed."""
    await agenda.apply(session, envelopes)
    missed = [(it, fact) for it in envelopes if isinstance(fact := opened(it), DeadlineMissed)]
    if missed:
        await execute_many(
            session,
            [
                Given(
                    it.case_id,
                    ClimbLadder(
                        at=clock.now(), by=BY, code=fact.code, about=fact.about, rung=0
                    ),
                    it.trace,
                )
                for it, fact in missed
            ],
        )


HANDLER: Final = Handler(
    "follow-up",
    (
        "case.deadline_set",
        "case.deadline_paused",
        "case.deadline_met",
        "case.deadline_lapsed",
        "case.deadline_missed",
        "case.ladder_climbed",
    ),
    200,
    follow_up,
)
