"""What a manager sees first, and how the pages hang together."""

import base64
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import orjson
from sqlalchemy import text

from infra.db import transaction
from services.execute import Given, execute
from services.trace import new_trace
from tests.people import assessed, problem
from workflows.commands import MissDeadline

SHAPE = {
    "case_id",
    "number",
    "kind",
    "category",
    "suggested_category",
    "consequence",
    "likelihood",
    "value",
    "phase",
    "owner",
    "due_at",
    "overdue",
    "flags",
}


async def _seen(who, **query):
    return (await who.get("queue", **query)).json()["items"]


async def _ids(who, **query):
    return [UUID(it["case_id"]) for it in await _seen(who, **query)]


async def _overdue(case_id):
    """Let the triage of a case be missed, as the timer would once its day has passed."""
    async with transaction() as session:
        due = await session.scalar(
            text(
                "SELECT due_at FROM read.deadline_due WHERE case_id = :id AND code = 'triage'"
            ),
            {"id": case_id},
        )
        command = MissDeadline(at=due + timedelta(minutes=1), by="system:timer", code="triage")
        await execute(session, Given(case_id, command, new_trace()))


async def test_overdue_comes_first_then_grave_then_time_left_then_age(town):
    near = [await town.cim.case() for _ in range(5)]
    none = await town.cim.case(harm="none")
    minor = await town.cim.case(harm="minor")
    ticked = await town.cim.case(harm="serious")
    worst = await town.cim.case()
    await assessed(town.alice, worst, 4, 4)
    late = await town.cim.case(harm="none")
    await _overdue(late)
    grave = await town.cim.case(harm="none")
    await assessed(town.alice, grave, 3, 4)
    assert await _ids(town.alice) == [late, ticked, worst, grave, minor, *near, none]
    seen = {it["case_id"]: it for it in await _seen(town.alice)}
    assert seen[str(late)]["overdue"] is True
    assert seen[str(ticked)]["flags"] == ["urgent", "reporter_waits"]
    due = [it["due_at"] for it in seen.values() if UUID(it["case_id"]) in near]
    assert len(set(due)) == 1  # the same day's end: only their age tells them apart


async def test_an_item_has_what_was_promised(town):
    case_id = await town.cim.case()
    await assessed(town.alice, case_id, 2, 3)
    await town.alice.done(case_id, "assign", owner=town.alice.account_id)
    [item] = await _seen(town.alice)
    assert set(item) >= SHAPE
    assert "text" not in item
    assert item | {"due_at": None} == item | {
        "case_id": str(case_id),
        "kind": "deviation",
        "unit": "solrosen",
        "category": "omsorg",
        "suggested_category": None,
        "consequence": 2,
        "likelihood": 3,
        "value": 6,
        "phase": "triaged",
        "owner": str(town.alice.account_id),
        "overdue": False,
        "due_at": None,
    }
    assert datetime.fromisoformat(item["due_at"]).tzinfo is not None


async def test_the_filters_narrow_and_a_unit_of_others_is_refused(town):
    mine = await town.cim.case()
    late = await town.cim.case()
    await _overdue(late)
    theirs = await town.cim.case(unit="bjorken")
    await town.olga.done(theirs, "assign", owner=town.olga.account_id)
    both = {mine, late, theirs}
    assert set(await _ids(town.olga)) == set(await _ids(town.sas)) == both
    assert await _ids(town.olga, unit="bjorken") == await _ids(town.bo) == [theirs]
    assert await _ids(town.olga, overdue="true") == [late]
    assert await _ids(town.alice, overdue="false") == [mine]
    assert await _ids(town.olga, owner=str(town.olga.account_id)) == [theirs]
    assert await _ids(town.olga, owner=str(uuid4())) == []
    assert len(await _ids(town.olga, kind="deviation")) == 3
    assert await _ids(town.olga, kind="lex_sarah") == []
    problem(await town.bo.get("queue", unit="solrosen"), 403)
    problem(await town.olga.get("queue", unit="granen"), 403)
    for who in (town.cim, town.adam, town.nils):
        problem(await who.get("queue"), 403)


async def test_what_one_answers_for_is_seen_wherever_it_is(town):
    case_id = await town.cim.case(unit="bjorken")
    await town.cim.case(unit="bjorken")
    await town.olga.done(case_id, "assign", owner=town.alice.account_id)

    assert await _ids(town.alice) == []
    assert await _ids(town.alice, owner=str(town.alice.account_id)) == [case_id]
    assert await _ids(town.cim, owner=str(town.cim.account_id)) == []
    problem(await town.cim.get("queue", owner=str(town.alice.account_id)), 403)


async def test_mas_sees_the_health_care_track_only(town):
    await town.cim.case()
    medicine = await town.cim.case(text="Fick fel medicin.", unit="bjorken")
    assert await _ids(town.mas) == []
    await assessed(town.bo, medicine, 3, 2, tracks=["sol", "hsl"])
    assert await _ids(town.mas) == [medicine]


async def test_a_closed_case_leaves_the_queue_and_a_reopened_one_returns(town):
    case_id = await town.cim.case()
    await assessed(town.alice, case_id, 1, 1)
    await town.alice.done(case_id, "answer-reporter", words="Tack.")
    await town.alice.done(case_id, "close")
    assert await _ids(town.alice) == []
    await town.alice.done(case_id, "reopen", reason="Hände igen.")
    assert await _ids(town.alice) == [case_id]


async def _pages(who, limit, meanwhile=None, **query):
    seen, cursor = [], None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = (await who.get("queue", limit=limit, **more, **query)).json()
        seen += [UUID(it["case_id"]) for it in page["items"]]
        assert len(page["items"]) <= limit
        cursor = page["next"]
        if cursor is None:
            return seen
        assert len(page["items"]) == limit
        if meanwhile:
            await meanwhile(seen)


async def test_the_pages_show_every_case_once(town):
    for n in range(23):
        harm = ("none", "minor", "near_miss", "serious")[n % 4]
        await town.cim.case(harm=harm, unit=("solrosen", "bjorken")[n % 2])
    for who in (town.olga, town.sas):
        whole = await _ids(who, limit=200)
        assert len(set(whole)) == 23
        for limit in (1, 5, 22, 23, 24):
            assert await _pages(who, limit) == whole
    assert await _pages(town.sas, 2, unit="bjorken") == await _ids(town.bo)


async def test_the_pages_show_a_case_that_stays_once_while_others_change(town):
    stay = {await town.cim.case(harm=harm) for harm in ("none", "minor") * 6}
    change = [await town.cim.case(harm="near_miss") for _ in range(8)]
    left = list(change)

    async def meanwhile(_):
        await town.cim.case()
        if left:
            case_id = left.pop()
            level = len(left) % 4 + 1
            await assessed(town.alice, case_id, level, level)
        if left:
            await town.alice.done(left.pop(), "merge", into=next(iter(stay)), reason="Samma.")

    seen = await _pages(town.alice, 3, meanwhile)
    assert sorted(it for it in seen if it in stay) == sorted(stay)


def _cursor(*parts):
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


async def test_a_cursor_that_is_not_ours_is_refused(town):
    for _ in range(2):
        await town.cim.case()
    at, case_id = datetime.now(UTC), str(uuid4())
    bad = (
        "x",
        "åäö",
        "%00",
        "\x00",
        "e30",
        "W10",
        "....",
        "A" * 5000,
        _cursor(),
        _cursor(1, at, case_id),
        _cursor(1, at, at, 5),
        _cursor(1, at, at, "x"),
        _cursor(1, 5, "x", case_id),
        _cursor(1, "2026-01-01T00:00:00", at, case_id),
        _cursor(1, "0001-01-01T00:00:00+14:00", at, case_id),
        _cursor(1, "9999-12-31T23:59:59-12:00", at, case_id),
        _cursor(2**62, at, at, case_id),
        _cursor(None, at, at, case_id),
        _cursor("1; DROP TABLE event", at, at, case_id),
    )
    for cursor in bad:
        problem(await town.alice.get("queue", cursor=cursor), 422, "bad_cursor")
    first = (await town.alice.get("queue", limit=1)).json()
    assert len(await _ids(town.alice, cursor=first["next"])) == 1
    # A cursor shows no more than its holder may see.
    assert await _ids(town.bo, cursor=first["next"]) == []
