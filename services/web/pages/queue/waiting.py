"""Which target of a case could wait: the one that runs out first among those that may."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from events import opened
from infra import store
from workflows import fold
from workflows.decisions.pauses import next_that_may_wait
from workflows.terms.labels import DEADLINES


class Target(NamedTuple):
    """A clock of a case, its words, and when it runs out."""

    code: str
    about: UUID | None
    says: str
    due_at: datetime


async def targets(
    session: AsyncSession, cases: Sequence[UUID], at: datetime
) -> dict[UUID, Target]:
    """Return the next target that may wait of each case that has one."""
    found = {}
    for case_id, history in (await store.load(session, cases)).items():
        state = fold(opened(envelope) for envelope in history)
        if (key := next_that_may_wait(state, at)) is not None:
            code, about = key
            found[case_id] = Target(code, about, DEADLINES[code], state.clocks[key].due_at)
    return found
