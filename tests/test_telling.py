"""Who is told: stand-ins for those away, those above where nobody is, and the alarm."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from events import Role
from infra import clock, policy_files
from infra.db import transaction
from infra.people import accounts as people
from infra.people import substitutes
from infra.people.standing import Substitution
from services import caches, policies, unreached
from services.doctor import examine
from services.execute import Given, execute
from services.trace import new_trace
from tests.people import assessed, followed, problem, rows, settled
from workflows.commands import ClimbLadder, MissDeadline
from workflows.rules.calendar import ZONE
from workflows.rules.policy_check import checked


@pytest.fixture
async def live(town, stream):
    """The town with its relay and its handlers at work."""
    async with followed(stream):
        yield town


async def away(person, stand_in=None):
    await _kept(account_id=person.account_id, stand_in=stand_in)


async def vacant(stand_in, *, unit="solrosen", role=Role.UNIT_MANAGER):
    await _kept(unit=unit, role=role, stand_in=stand_in)


async def _kept(account_id=None, unit=None, role=None, stand_in=None):
    day = clock.today()
    named = stand_in and stand_in.account_id
    until = day + timedelta(days=1)  # a test may run over midnight
    async with transaction() as session:
        row = Substitution(uuid4(), account_id, unit, role, named, day, until)
        await substitutes.keep(session, row)
    caches.forget()


async def told(town, code=None):
    """Wait until all is handled; return who was told, by login."""
    await settled()
    found = await rows(
        "SELECT a.login FROM notice AS n JOIN account AS a USING (account_id)"
        " WHERE CAST(:code AS text) IS NULL OR n.code = :code",
        code=code,
    )
    return sorted(row.login for row in found)


async def alarms():
    found = await rows(
        "SELECT body->>'to' AS role FROM event WHERE type = 'case.notice_undeliverable'"
        " ORDER BY position"
    )
    return [row.role for row in found]


async def test_of_a_chain_the_one_who_is_at_work_is_told_and_nobody_else(live):
    await away(live.alice, live.bo)
    await away(live.bo, live.nils)
    await live.cim.case()
    assert await told(live) == ["nils"]
    assert await alarms() == []


async def test_a_colleague_at_work_is_told_beside_a_stand_in(live):
    eva = await live.somebody(Role.UNIT_MANAGER, "solrosen")
    await away(live.alice, live.bo)
    await live.cim.case()
    assert await told(live) == sorted(["bo", eva.login])


async def test_a_stand_in_for_two_is_told_once(live):
    eva = await live.somebody(Role.UNIT_MANAGER, "solrosen")
    await away(live.alice, live.bo)
    await away(eva, live.bo)
    await live.cim.case()
    assert await told(live) == ["bo"]


async def test_who_fills_a_vacancy_is_told_only_where_nobody_is_at_work(live):
    await vacant(live.nils)
    await live.cim.case()
    assert await told(live) == ["alice"]
    await away(live.alice)
    await live.cim.case()
    assert await told(live) == ["alice", "nils"]
    assert await alarms() == []


@pytest.mark.parametrize("nobody", ["vacant", "circle", "away"])
async def test_nobody_in_a_role_is_an_alarm_and_the_next_above_are_told_at_once(live, nobody):
    await away(live.alice, live.bo if nobody == "circle" else None)
    if nobody == "circle":
        await away(live.bo, live.alice)
    if nobody == "vacant":
        await vacant(None)
    case_id = await live.cim.case()
    assert await told(live) == ["olga"]
    assert await alarms() == ["unit_manager"]
    assert "nobody_reached" in await _flags(case_id)


async def test_above_somebody_who_is_away_stands_the_next(live):
    for person in (live.alice, live.olga):
        await away(person)
    await live.cim.case()
    assert await told(live) == ["sas"]
    await away(live.sas)
    director = await live.somebody(Role.DECISION_MAKER)
    caches.forget()
    await live.cim.case()
    assert await told(live) == sorted(["sas", director.login])
    assert await alarms() == ["unit_manager", "unit_manager"]


async def test_with_every_person_away_there_is_an_alarm_until_somebody_is_appointed(live):
    for person in (live.alice, live.olga, live.sas):
        await away(person)
    case_id = await live.cim.case()
    quiet = await live.cim.case(unit="bjorken")
    assert await told(live) == ["bo"]
    assert await alarms() == ["unit_manager"]

    [seen] = (await live.adam.get("admin/unreached")).json()
    since = seen.pop("since")
    number = (await live.alice.get(f"cases/{case_id}")).json()["number"]
    assert seen == {
        "case_id": str(case_id),
        "number": number,
        "unit": "solrosen",
        "notice": "received",
        "role": "unit_manager",
    }
    [fact] = await rows("SELECT at FROM event WHERE type = 'case.notice_undeliverable'")
    assert clock.datetime.fromisoformat(since) == fact.at
    assert await _counted(live) == 1
    assert "1 ärende har ingen som kunde nås." in {it.says for it in await examine()}
    for person in (live.alice, live.sas, live.cim):
        problem(await person.get("admin/unreached"), 403)

    await live.sas.done(case_id, "assign", owner=str(live.bo.account_id))
    assert (await live.adam.get("admin/unreached")).json() == []
    assert await _counted(live) == 0
    assert not any("ingen som kunde nås" in it.says for it in await examine())
    assert "nobody_reached" not in await _flags(quiet)


async def _counted(live):
    lines = (await live.adam.get("/metrics")).text.splitlines()
    [line] = [it for it in lines if it.startswith("avvik_cases_unreached ")]
    return float(line.split()[1])


async def _flags(case_id):
    [row] = await rows("SELECT flags FROM read.case_index WHERE case_id = :id", id=case_id)
    return row.flags


async def test_a_new_alarm_counts_from_itself_and_not_from_one_that_is_over(live):
    await away(live.alice)
    case_id = await live.cim.case()
    await told(live)
    await live.sas.done(case_id, "assign", owner=str(live.bo.account_id))
    await told(live)  # before Bo goes
    await away(live.bo)
    await overdue(case_id)
    await told(live)
    old, new = await rows(
        "SELECT at FROM event WHERE type = 'case.notice_undeliverable' ORDER BY position"
    )
    [seen] = (await live.adam.get("admin/unreached")).json()
    assert clock.datetime.fromisoformat(seen["since"]) == new.at > old.at
    assert seen["notice"] == "overdue"


async def test_the_alarms_are_found_without_reading_every_case(live):
    async with transaction() as session:
        await session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = await session.scalars(text(f"EXPLAIN {unreached._COUNT}"))
    assert "ix_case_index_unreached" in " ".join(plan)


async def test_a_closed_case_alarms_nobody(live):
    await away(live.alice)
    case_id = await live.cim.case()
    await told(live)
    await live.sas.done(
        case_id, "reroute", route="not_a_deviation", receiver="Ingen", reason="Ingen brist."
    )
    assert (await live.adam.get("admin/unreached")).json() == []


async def test_who_is_given_a_case_while_away_has_it_told_to_the_stand_in(live):
    case_id = await live.cim.case()
    await away(live.bo, live.nils)
    await live.alice.done(case_id, "assign", owner=str(live.bo.account_id))
    assert await told(live, "assigned") == ["nils"]


async def test_an_answer_is_the_reporters_own(live):
    case_id = await live.cim.case()
    await away(live.cim, live.nils)
    await assessed(live.alice, case_id, 1, 1)
    await live.alice.done(case_id, "answer-reporter", words="Tack. Vi har en ny rutin.")
    assert await told(live, "answered") == ["cim"]
    # A mail that can't get there is an alarm, but not one about the reporter's own answer.
    roles = {row.code: row.role for row in await rows("SELECT code, role FROM notice")}
    assert roles == {"received": "unit_manager", "answered": None}


async def test_an_answer_to_somebody_who_left_goes_to_nobody_and_alarms_nobody(live):
    case_id = await live.cim.case()
    async with transaction() as session:
        await people.change_account(session, live.cim.account_id, active=False)
    await assessed(live.alice, case_id, 1, 1)
    await live.alice.done(case_id, "answer-reporter", words="Tack. Vi har en ny rutin.")
    assert await told(live, "answered") == []
    assert await alarms() == ["staff"]
    assert "nobody_reached" not in await _flags(case_id)


# The rungs


async def overdue(case_id, code="triage"):
    await _say(case_id, MissDeadline, code=code, at=clock.now() + timedelta(days=40))


async def climb(case_id, rung):
    await _say(case_id, ClimbLadder, code="triage", rung=rung, at=clock.now())


async def _say(case_id, command, **fields):
    async with transaction() as session:
        given = Given(case_id, command(by="system:test", **fields), new_trace())
        await execute(session, given)


async def rungs():
    found = await rows(
        "SELECT body->>'step' AS step FROM event WHERE type = 'case.ladder_climbed'"
        " ORDER BY position"
    )
    return [row.step for row in found]


async def test_the_first_rung_is_the_owner_and_where_there_is_none_the_managers(live):
    case_id = await live.cim.case()
    await overdue(case_id)
    assert await told(live, "overdue") == ["alice"]
    other = await live.cim.case()
    await live.alice.done(other, "assign", owner=str(live.bo.account_id))
    await overdue(other)
    assert await told(live, "overdue") == ["alice", "bo"]
    assert await rungs() == ["owner", "owner"]
    roles = await rows("SELECT DISTINCT role FROM notice WHERE code = 'overdue'")
    assert [row.role for row in roles] == ["unit_manager"]


async def test_the_second_rung_is_the_named_stand_in_though_the_manager_is_at_work(live):
    await vacant(live.nils)
    case_id = await live.cim.case()
    await overdue(case_id)
    assert await told(live, "overdue") == ["alice"]
    await climb(case_id, 1)
    assert await told(live, "overdue") == ["alice", "nils"]
    assert await rungs() == ["owner", "substitute"]


async def test_an_owners_own_stand_in_comes_before_the_units(live):
    await vacant(live.nils)
    case_id = await live.cim.case()
    await live.alice.done(case_id, "assign", owner=str(live.bo.account_id))
    await away(live.bo, live.olga)
    await overdue(case_id)
    await told(live)
    await climb(case_id, 1)
    assert await told(live, "overdue") == ["olga", "olga"]


async def test_a_rung_where_nobody_is_named_gives_way_at_once(live):
    case_id = await live.cim.case()
    await overdue(case_id)
    await told(live)
    await climb(case_id, 1)
    assert await told(live, "overdue") == ["alice", "olga"]
    assert await rungs() == ["owner", "substitute", "operations_manager"]
    assert await alarms() == []


async def test_a_last_rung_where_nobody_is_named_is_an_alarm(live):
    await _load(ladder={"rungs": ["owner", "substitute"], "hours_between": 48})
    case_id = await live.cim.case()
    await overdue(case_id)
    await told(live)
    await climb(case_id, 1)
    assert await told(live, "overdue") == ["alice"]
    assert await alarms() == ["unit_manager"]


async def test_every_rung_with_everybody_away_is_an_alarm(live):
    for person in (live.alice, live.olga, live.sas):
        await away(person)
    case_id = await live.cim.case()
    await overdue(case_id)
    for rung in (1, 3, 4):  # the second gives way to the third by itself
        await told(live)
        await climb(case_id, rung)
    assert await told(live) == []
    steps = ["owner", "substitute", "operations_manager", "sas", "director"]
    assert await rungs() == steps
    roles = ["operations_manager", "sas", "decision_maker"]
    assert await alarms() == ["unit_manager", "unit_manager", *roles]


# Quiet hours


async def _load(**changed):
    document = policy_files.read_file(policy_files.DEFAULT) | changed
    async with transaction() as session:
        await policies.load(session, checked(document), document)
    caches.forget()


async def test_ordinary_mail_waits_and_grave_mail_does_not_yet_both_are_shown(live):
    """It is quiet from an hour ago, for three hours, whenever this is run."""
    now = clock.now().astimezone(ZONE)
    begins, ends = (f"{now + timedelta(hours=h):%H:%M}" for h in (-1, 2))
    await _load(
        quiet_hours={"begins": begins, "ends": ends, "working_days_only": False},
    )
    await live.cim.case()
    await live.cim.case(harm="serious")
    await settled()
    waits = {
        row.code: row.hours
        for row in await rows(
            "SELECT code, extract(epoch FROM try_at - at) / 3600 AS hours FROM notice"
        )
    }
    assert waits.keys() == {"received", "received_serious"}
    assert waits["received"] > 0.5
    assert waits["received_serious"] < 0.5
    shown = (await live.alice.get("notices")).json()
    assert {it["code"] for it in shown} == set(waits)
