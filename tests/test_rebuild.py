"""The read models made anew from the log are those that grew with it."""

from datetime import timedelta
from unittest.mock import patch

from sqlalchemy import text

from infra import clock, db
from infra.db import transaction
from services import timer
from services.projections import read_models
from services.rebuild import rebuild_on
from services.verify import verify
from tests.people import assessed, count, followed, promised, rows, settled


async def _read_models():
    found = {}
    for table in read_models.TABLES:
        name = f"{read_models.SCHEMA}.{table.__tablename__}"
        key = ", ".join(column.name for column in table.__table__.primary_key)
        found[name] = [
            row[0]
            for row in await rows(f"SELECT to_jsonb(t) FROM {name} t ORDER BY {key}")  # noqa: S608
        ]
    return found


async def _rebuilt():
    async with db.engine().begin() as connection:
        return await rebuild_on(connection)


async def _lives(town):
    """Cases in every phase, by the commands of people."""
    alice = town.alice
    for harm in ("serious", "none"):
        await town.cim.case(harm=harm, unit="bjorken")
    await town.cim.case(text="Hon föll och slog i huvudet, ambulans kom. Fara för livet!")
    triaged = await town.cim.case()
    await assessed(alice, triaged, 4, 3)
    acting, following, closed = [await town.cim.case() for _ in range(3)]
    measures = {}
    looked_at = await town.cim.case()
    await assessed(alice, looked_at, 2, 1)
    await alice.done(looked_at, "start-investigation")
    for case_id in (acting, following, closed):
        await assessed(alice, case_id, 2, 2)
        _, measures[case_id] = await promised(alice, case_id, alice.account_id)
        await alice.done(case_id, "conclude-investigation", summary="Rutten lades om.")
    for case_id in (following, closed):
        await alice.done(case_id, "complete-measure", measure_id=measures[case_id])
    await alice.done(
        closed, "follow-up-measure", measure_id=measures[closed], effect=True, words="Ja."
    )
    await alice.done(closed, "answer-reporter", words="Tack.")
    await alice.done(closed, "close")
    again = await town.cim.case(anonymous=True)
    await assessed(alice, again, 1, 1)
    await alice.done(
        again, "waive-answer", whose="reporter", ground="declined", reason="Ville inte."
    )
    await alice.done(again, "close")
    await alice.done(again, "reopen", reason="Hände igen.")
    away, into = await town.cim.case(), await town.cim.case()
    await alice.done(away, "merge", into=into, reason="Samma händelse.")
    other = await town.cim.case()
    await alice.done(
        other,
        "reroute",
        route="work_environment",
        receiver="Skyddsombud",
        reason="Arbetsmiljö.",
    )
    return following


async def _ticks(days):
    """Let the timer say all it has to say, as if days had passed."""
    later = clock.now() + timedelta(days=days)
    with patch("infra.clock.now", lambda: later):
        while await timer.tick():
            pass


async def test_a_rebuild_gives_what_the_handlers_wrote(town, stream):
    async with followed(stream):
        await _lives(town)
        await settled()
    grown = await _read_models()
    assert all(grown.values()), {name: len(it) for name, it in grown.items()}
    assert await _rebuilt() == await count("event")
    assert await _read_models() == grown


async def test_a_rebuild_gives_the_same_when_time_has_passed(town, stream):
    async with followed(stream):
        await _lives(town)
        await settled()
        for days in (1, 3, 9, 11, 40):
            await _ticks(days)
            await settled()
            grown = await _read_models()
            await _rebuilt()
            assert await _read_models() == grown, days
    assert await count("event", "type = 'case.deadline_reminded'")
    assert await count("event", "type = 'case.ladder_climbed'")
    async with transaction() as session:
        found = await verify(session)
        assert (found.faults, found.cases) == ([], 12)
        await session.execute(text("SELECT 1"))


async def test_what_comes_after_a_rebuild_is_written_as_before(town, stream):
    async with followed(stream):
        following = await _lives(town)
        await settled()
        await _rebuilt()
        await town.alice.done(following, "answer-reporter", words="Tack.")
        await assessed(town.bo, await town.cim.case(unit="bjorken"), 2, 3)
        await settled()
    grown = await _read_models()
    await _rebuilt()
    assert await _read_models() == grown


async def test_the_timer_and_the_agenda_do_not_wait_for_each_other(town, stream):
    for _ in range(12):
        await town.cim.case(harm="serious")
    async with followed(stream):
        for days in range(1, 12):
            await _ticks(days)
        await settled()
        await _ticks(12)
        await settled()
    assert not await count("quarantine")
    assert await count("event", "type = 'case.ladder_climbed'")
