"""A paused time is waited for at its new place, and reminded of there."""

from datetime import datetime, timedelta

from infra import clock
from infra.db import transaction
from services.projections import deadline_due
from tests.people import days, followed, rows, settled


async def test_a_pause_moves_what_the_timer_waits_for(town, stream):
    async with followed(stream):
        case_id = await town.cim.case()
        before = (await town.alice.get(f"cases/{case_id}")).json()
        await town.alice.done(
            case_id, "pause-deadline", code="triage", until=days(30), reason="Väntar på svar."
        )
        await settled()
    after = (await town.alice.get(f"cases/{case_id}")).json()

    [moved] = [it for it in after["deadlines"] if it["code"] == "triage"]
    [first] = [it for it in before["deadlines"] if it["code"] == "triage"]
    assert moved["due_at"] > first["due_at"]
    assert "enligt beslut" in moved["explains"]
    [(due,)] = await rows("SELECT due_at FROM read.deadline_due WHERE code = 'triage'")
    assert due == datetime.fromisoformat(moved["due_at"])
    [(remind,)] = await rows("SELECT at FROM read.agenda WHERE code = 'triage'")
    assert remind > clock.now() + timedelta(days=20)
    async with transaction() as session:
        passed = await deadline_due.passed(session, clock.now() + timedelta(days=10), 10)
    assert "triage" not in {it.code for it in passed}
