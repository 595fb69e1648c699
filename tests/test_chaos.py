"""The torment of `make chaos`, in small."""

import pytest

from benchmarks.chaos.plan import Plan
from benchmarks.chaos.run import run


@pytest.mark.timeout(600)  # a promise to the machine only: no test here measures time
async def test_nothing_is_lost_and_nothing_is_done_twice_when_processes_are_killed():
    plan = Plan(kills=6, reports=200, seconds=240, pause=(0.2, 2.5), rate=40, clock=8, seed=7)
    outcome = await run(plan)
    assert outcome.found.told() == []
    line = outcome.line()
    assert line["lost"] == line["twice"] == 0
    assert line["stored"] == line["acknowledged"] >= 200
    assert line["kills"] >= 6
