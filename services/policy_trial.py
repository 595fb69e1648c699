"""A policy tried on past cases: which would have moved, and what it adds up to."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from events import Role
from infra import store
from infra.tables import CaseHead, Recorded
from services.policies import all_policies, valid_at
from workflows import Policy
from workflows.rules.calendar import ZONE
from workflows.trial import Replay, replayed

_CASES: Final = 200
"""How many cases are in memory at a time."""


@dataclass(slots=True)
class Tally:
    """What many replays add up to. `came` has (as it was, as it would have been) by month."""

    replayed: int = 0
    moved: int = 0
    kinds: Counter[tuple[str, bool | None, Role | None]] = field(
        default_factory=Counter[tuple[str, bool | None, Role | None]]
    )
    came: dict[tuple[str, str], list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0, 0])
    )

    def add(self, replay: Replay) -> None:
        """Count one case."""
        self.replayed += 1
        self.moved += bool(replay.moved)
        for it in replay.moved:
            self.kinds[it.move.kind, it.move.more, it.move.role] += 1
        for which, came in enumerate((replay.was, replay.would)):
            for subject, month in came.items():
                self.came[month, subject][which] += 1

    def count(self, kind: str) -> int:
        """Return how many differences there are of a kind."""
        return sum(number for (it, *_), number in self.kinds.items() if it == kind)

    def subjects(self) -> dict[str, tuple[int, int]]:
        """Return how many cases came to each role, or to SAS for a position, in all."""
        found: dict[str, tuple[int, int]] = {}
        for (_, subject), (was, would) in sorted(self.came.items()):
            before = found.get(subject, (0, 0))
            found[subject] = before[0] + was, before[1] + would
        return found


MOST: Final = 2000
"""How many cases a page plays again: they take some ten seconds, and somebody waits."""


async def dry_run_some(
    session: AsyncSession, candidate: Policy, since: date, most: int = MOST
) -> tuple[Tally, bool]:
    """Play again as many cases as somebody can wait for; tells whether that was all of them.

    Lets others have their turn after each case: it runs among those who file reports.
    """
    tally = Tally()
    async with aclosing(dry_run(session, candidate, since)) as replays:
        async for replay in replays:
            if tally.replayed == most:
                return tally, False
            tally.add(replay)
            await asyncio.sleep(0)
    return tally, True


async def dry_run(
    session: AsyncSession, candidate: Policy, since: date
) -> AsyncGenerator[Replay]:
    """Play again every case that something happened in since that day, ordered by id.

    Writes nothing; give it a `snapshot`, so that what it reads stands still.
    """
    policies = list(await all_policies(session))
    start = datetime.combine(since, time.min, ZONE)
    last: UUID | None = None
    while True:
        query = select(CaseHead.case_id).order_by(CaseHead.case_id).limit(_CASES)
        if last is not None:
            query = query.where(CaseHead.case_id > last)
        found = list(await session.scalars(query))
        if not found:
            return
        last = found[-1]
        # By these ids, which are indexed; the time of a fact is not.
        alive = await session.scalars(
            select(Recorded.case_id)
            .distinct()
            .where(Recorded.case_id.in_(found), Recorded.at >= start)
        )
        histories = await store.load(session, alive)
        for case_id in sorted(histories):
            yield replayed(
                histories[case_id], start, candidate, lambda at: valid_at(policies, at)
            )
