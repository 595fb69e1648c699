"""How long a dry-run of a policy takes: `python -m benchmarks.policy_trial [CASES]`.

Fills a database of its own with cases led by commands, and
prints one JSON line. Memory is this process's highest after the run, in MB.
"""

import asyncio
import json
import os
import resource
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from time import perf_counter
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import func, select

from events import Role
from infra import log, policy_files
from infra.db import dispose, engine, snapshot, transaction
from infra.embedded.postgres import Postgres
from infra.tables import Recorded
from services.execute import Given, execute_many
from services.migrate import migrate_at
from services.policy_trial import Tally, dry_run
from tests.servers import running, temporary_data_dir
from workflows import commands as c
from workflows.rules.policy_check import checked

_BATCH: Final = 50
_YEAR: Final = datetime(2025, 1, 7, 9, 0, tzinfo=UTC)
_WHO: Final = UUID(int=11)
_WORDS: Final = UUID(int=21)


def _life(n: int) -> list[c.Command]:
    """Return a case of one year: every severity in turn, a step a day until it is closed."""
    start = _YEAR + timedelta(minutes=n % 500_000)
    days = (start + timedelta(days=day) for day in range(99))
    cause, measure = UUID(int=1), UUID(int=2)

    def said(command: Callable[..., c.Command], **fields: object) -> c.Command:
        return command(at=next(days), by=str(_WHO), **fields)

    return [
        said(
            c.SubmitReport,
            case_type="deviation",
            report_id=uuid4(),
            number=f"A-2025-{n:06}",
            received_at=start,
            unit="solrosen",
            story=_WORDS,
            reporter=_WHO,
        ),
        said(c.ConfirmClassification, category="omsorg"),
        said(
            c.AssessSeverity,
            consequence=n % 4 + 1,
            likelihood=n // 4 % 4 + 1,
            reason=_WORDS,
        ),
        said(c.StartInvestigation),
        said(c.AddCause, cause_id=cause, area="procedurer_rutiner", words=_WORDS),
        said(
            c.AddMeasure,
            measure_id=measure,
            causes=(cause,),
            kind="rutin",
            words=_WORDS,
            expected_effect=_WORDS,
            owner=_WHO,
            due_on=start.date() + timedelta(days=20),
            follow_up_on=start.date() + timedelta(days=60),
        ),
        said(c.ConcludeInvestigation, summary=_WORDS),
        said(c.CompleteMeasure, measure_id=measure),
        said(c.AnswerReporter, words=_WORDS),
        said(
            c.FollowUpMeasure,
            role=Role.OPERATIONS_MANAGER,
            measure_id=measure,
            effect=True,
            words=_WORDS,
        ),
        said(c.TakeSasPosition, lex_sarah=False, reason=_WORDS),
        said(c.Close),
    ]


async def _fill(cases: int) -> None:
    await migrate_at(engine())
    for first in range(0, cases, _BATCH):
        made = [(uuid4(), n) for n in range(first, min(first + _BATCH, cases))]
        batch = [Given(key, command, "0" * 32) for key, n in made for command in _life(n)]
        async with transaction() as session:
            await execute_many(session, batch, new=frozenset(key for key, _ in made))


async def _measure(cases: int) -> dict[str, float]:
    await _fill(cases)
    document = policy_files.read_file(policy_files.DEFAULT)
    document["escalation"][2]["when"] = [{"value": 4}]
    document["targets"]["answer_reporter"]["working_days"] = 5
    tally, began = Tally(), perf_counter()
    async with snapshot() as session:
        async for replay in dry_run(session, checked(document), date(2025, 1, 1)):
            tally.add(replay)
        took = perf_counter() - began
        facts = await session.scalar(select(func.count()).select_from(Recorded))
    await dispose()
    return {
        "cases": tally.replayed,
        "facts": facts or 0,
        "moved": tally.moved,
        "seconds": round(took, 1),
        "ms_per_case": round(took / cases * 1000, 2),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    """Measure and print."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with temporary_data_dir() as where:
        server = Postgres(where)
        with running(server):
            os.environ["AVVIK_DATABASE_URL"] = server.url
            log.configure("bench", quiet=True)
            print(json.dumps(asyncio.run(_measure(cases))))


if __name__ == "__main__":
    main()
