"""What somebody has promised: found, read, kept, and nothing more of the case."""

from uuid import uuid4

import pytest

from infra import db
from infra.db import transaction
from infra.people import access_log
from services.rebuild import rebuild_on
from tests.people import assessed, count, days, problem, promised, rows

MEASURES = "SELECT to_jsonb(t) FROM read.measure t ORDER BY case_id, measure_id"


async def a_promise(town, owner, **form):
    """Let Alice promise that somebody does something; return the case and the measure."""
    case_id = await town.cim.case(**form)
    await assessed(town.alice, case_id, 2, 2)
    _, measure = await promised(town.alice, case_id, owner.account_id)
    return case_id, measure


async def listed(person):
    answer = await person.get("me/measures")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_owner_reads_the_measure_and_not_the_case(town):
    case_id, measure = await a_promise(town, town.cim, text="Hemligt om en annan.")
    [mine] = await listed(town.cim)
    assert mine == {
        "case_id": str(case_id),
        "measure_id": str(measure),
        "number": mine["number"],
        "unit": "solrosen",
        "due_on": days(3),
        "overdue": False,
        "text": "En rutin skrivs.",
        "expected_effect": "Inga missade besök.",
        "instead_of": None,
        "may_read_case": False,
    }
    assert mine["number"].startswith("A-")
    problem(await town.cim.get(f"cases/{case_id}"), 403)
    for other in (town.alice, town.bo, town.sas, town.nils):
        assert await listed(other) == []


async def test_what_is_read_is_written_down_and_an_empty_list_is_not(town):
    case_id, _ = await a_promise(town, town.cim)
    before = await count("access_log")
    await listed(town.bo)
    assert await count("access_log") == before
    await listed(town.cim)
    async with transaction() as session:
        [entry, *_] = (await access_log.entries(session)).entries
    assert await count("access_log") == before + 1
    read = entry.reading
    assert (read.account_id, read.what) == (town.cim.account_id, "measure.read")
    assert (read.case_id, read.unit) == (case_id, "solrosen")


async def test_a_stand_in_carries_out_what_is_promised_by_whom_they_stand_in_for(town):
    case_id, measure = await a_promise(town, town.cim)
    other = await town.somebody("staff", "solrosen")
    period = {"starts_on": days(0), "ends_on": days(1), "substitute_id": str(other.account_id)}
    answer = await town.cim.ask("PUT", "me/substitute", json=period)
    assert answer.status_code == 200, answer.text
    [theirs] = await listed(other)
    assert (theirs["measure_id"], theirs["instead_of"]) == (str(measure), "Cim")
    answer = await other.give(case_id, "complete-measure", measure_id=measure)
    assert answer.status_code == 204, answer.text
    assert await listed(other) == await listed(town.cim) == []


async def test_what_is_done_taken_back_or_at_rest_is_not_left_to_do(town):
    done, first = await a_promise(town, town.cim)
    back, second = await a_promise(town, town.cim)
    away, _ = await a_promise(town, town.cim)
    assert len(await listed(town.cim)) == 3
    await town.alice.done(done, "complete-measure", measure_id=first)
    await town.alice.done(back, "withdraw-measure", measure_id=second, reason="Behövs inte.")
    await town.alice.done(away, "merge", into=done, reason="Samma händelse.")
    assert await listed(town.cim) == []


async def test_whoever_stepped_aside_from_the_case_is_not_shown_it(town):
    bo_too = await town.somebody("unit_manager", "solrosen")
    case_id, _ = await a_promise(town, bo_too)
    assert len(await listed(bo_too)) == 1
    answer = await bo_too.give(
        case_id, "hand-over", owner=town.alice.account_id, reason="Min syster arbetade då."
    )
    assert answer.status_code == 204, answer.text
    assert await listed(bo_too) == []


async def test_two_cases_may_give_a_measure_the_same_id(town):
    cases = [await town.cim.case(), await town.cim.case()]
    shared = uuid4()
    for case_id, words in zip(cases, ("Ett.", "Två."), strict=True):
        await assessed(town.alice, case_id, 2, 2)
        await town.alice.done(case_id, "start-investigation")
        cause = uuid4()
        await town.alice.done(
            case_id, "add-cause", cause_id=cause, area="procedurer_rutiner", words="Ingen."
        )
        await town.alice.done(
            case_id,
            "add-measure",
            measure_id=shared,
            causes=[cause],
            kind="rutin",
            words=words,
            expected_effect="Bättre.",
            owner=town.cim.account_id,
            due_on=days(3),
            follow_up_on=days(10),
        )
    assert {it["text"] for it in await listed(town.cim)} == {"Ett.", "Två."}
    await town.cim.give(cases[0], "complete-measure", measure_id=shared)
    assert [it["text"] for it in await listed(town.cim)] == ["Två."]


@pytest.mark.parametrize("looked_at", [False, True])
async def test_the_rows_made_anew_are_those_that_grew(town, looked_at):
    open_case, _ = await a_promise(town, town.cim)
    done_case, done = await a_promise(town, town.alice)
    gone_case, gone = await a_promise(town, town.alice)
    await town.alice.done(done_case, "complete-measure", measure_id=done)
    if looked_at:
        await town.alice.done(
            done_case, "follow-up-measure", measure_id=done, effect=True, words="Ja."
        )
    await town.alice.done(gone_case, "withdraw-measure", measure_id=gone, reason="Nej.")
    grown = [row[0] for row in await rows(MEASURES)]
    by_case = {row["case_id"]: row for row in grown}
    assert by_case.keys() == {str(open_case), str(done_case)}
    assert by_case[str(open_case)]["completed_at"] is None
    [[when]] = await rows("SELECT at FROM event WHERE type = 'case.measure_completed'")
    assert by_case[str(done_case)]["completed_at"].startswith(f"{when:%Y-%m-%dT%H:%M:%S}")
    assert by_case[str(done_case)]["effect"] is (True if looked_at else None)
    async with db.engine().begin() as connection:
        await rebuild_on(connection)
    assert [row[0] for row in await rows(MEASURES)] == grown
