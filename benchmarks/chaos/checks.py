"""What must be true afterwards, asked of the database and of the stream."""

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from nats.aio.client import Client
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from benchmarks.chaos import once, read_models, streamed
from benchmarks.chaos.tally import Tally
from infra.stream import quarantine
from services.verify import verify


@dataclass
class Found:
    """What was found missing, doubled, or otherwise wrong."""

    stored: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    twice: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        """Tell whether nothing is wrong."""
        return not (self.lost or self.twice or self.faults)

    def told(self) -> list[str]:
        """Say what is wrong, a line each."""
        lost = [f"LOST {what}: {count}" for what, count in self.lost.items()]
        twice = [f"TWICE {what}: {count}" for what, count in self.twice.items()]
        faults = Counter(self.faults).most_common(20)
        return [*lost, *twice, *(f"FAULT {fault} ({count} times)" for fault, count in faults)]


async def check(
    engine: AsyncEngine, stream: Client, tally: Tally, *, before: set[UUID], rungs: int
) -> Found:
    """Compare what was promised with what is there. `before` are the demo's own cases."""
    found = Found(faults=list(tally.broken))
    async with AsyncSession(engine) as session:
        await _reports(session, tally, before, found)
        for name, query in once.LOST.items():
            found.lost[name] += await once.count(session, query, before, rungs)
        for name, query in once.TWICE.items():
            found.twice[name] += await once.count(session, query, before, rungs)
        found.lost += await once.unhandled(session)
        found.faults += (await verify(session)).faults
        if waiting := await quarantine.count(session):
            rows = await quarantine.list_open(session, limit=5)
            why = ", ".join(f"{row.consumer}: {row.reason}" for row in rows)
            found.faults.append(f"{waiting} in quarantine ({why})")
        missing, repeats = await streamed.missing(session, stream)
    found.lost["facts not on the stream"] += missing
    found.notes.append(f"{repeats} facts lie on the stream more than once")
    found.faults += await read_models.drift(engine)
    found.lost, found.twice = +found.lost, +found.twice  # those above zero
    return found


async def _reports(
    session: AsyncSession, tally: Tally, before: set[UUID], found: Found
) -> None:
    cases: dict[UUID, list[UUID]] = {}
    for case_id, report_id in await once.reports(session, before):
        cases.setdefault(report_id, []).append(case_id)
    found.stored = len(cases)
    found.lost["acknowledged, not stored"] = len(tally.promised.keys() - cases.keys())
    found.twice["cases of one report"] = sum(len(ids) - 1 for ids in cases.values())
    if unknown := cases.keys() - tally.promised.keys():
        # Every sender goes on until it has a yes.
        found.faults.append(f"{len(unknown)} stored that nobody was told of")
    wrong = [
        report_id
        for report_id, case_id in tally.promised.items()
        if case_id and case_id not in cases.get(report_id, ())
    ]
    if wrong:
        found.faults.append(f"{len(wrong)} were told another case than the one stored")
