"""Norrvik: cases of every kind in every phase, led by people who may, past every gate."""

import httpx
from sqlalchemy import text

from events import LinkKind, Phase, Role, opened
from infra import store
from infra.db import transaction
from services.counts import yearly
from services.demo.municipality import PEOPLE
from services.rebuild import rebuild_on
from services.web.app import create_app
from tests.people import rows
from workflows import CASE_TYPES, fold
from workflows.access import GENERAL
from workflows.rules.calendar import local_day
from workflows.rules.gates import missing


async def states():
    """Every case as it is, folded from its facts."""
    async with transaction() as session:
        ids = list(await session.scalars(text("SELECT case_id FROM case_head")))
        histories = await store.load(session, ids)
    return {case_id: fold(opened(it) for it in told) for case_id, told in histories.items()}


async def facts(kind):
    return [it.body for it in await rows("SELECT body FROM event WHERE type = :t", t=kind)]


async def test_every_kind_has_a_case_in_every_phase(norrvik):
    found = await rows("SELECT DISTINCT case_type, phase FROM read.case_index")

    wanted = {
        (name, str(phase))
        for name, kind in CASE_TYPES.items()
        for phase in kind.flow
        if phase is not Phase.NONE
    }
    assert {tuple(it) for it in found} == wanted


async def test_nothing_is_closed_with_a_gate_unmet(norrvik):
    closed = [it for it in (await states()).values() if it.phase is Phase.CLOSED]

    assert {it.case_type for it in closed} == set(CASE_TYPES)
    assert [[gate.code for gate in missing(it)] for it in closed] == [[]] * len(closed)


async def test_the_cases_hang_together_with_others_and_with_each_other(norrvik):
    told = {it["route"]: it for it in await facts("case.passed_on")}
    assert told["health_care"]["secrecy"] == "consent"
    assert told["health_care"]["tell"] == Role.MAS
    assert told["child_at_risk"]["at_once"] is True
    confirmed = {it["route_id"] for it in await facts("case.receipt_confirmed")}
    assert told["child_at_risk"]["route_id"] in confirmed
    assert {it["route"] for it in await facts("case.rerouted")} == {
        *("work_environment", "client_declined", "other_authority")
    }
    assert {it["kind"] for it in await facts("case.linked")} == set(LinkKind)
    private = [it for it in (await states()).values() if it.private]
    assert {it.case_type for it in private} == set(CASE_TYPES)
    news = [it["news"] for it in await facts("case.board_informed")]
    assert sorted(news) == ["notification", "report"]
    for kind in ("case.note_added", "case.position_taken", "case.lex_sarah_decided"):
        assert all(it["author_title"] for it in await facts(kind)), kind


async def test_everybody_with_a_queue_has_something_in_it(norrvik, stream):
    app = create_app()
    door = httpx.ASGITransport(app)
    who = {it.login: it.role for it in PEOPLE if it.role in GENERAL["read-queue"]}
    assert set(who.values()) == GENERAL["read-queue"]
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=door, base_url="http://avvik.test") as client,
    ):
        for user in norrvik:
            if user.login not in who or user.login == "larmchef":
                continue
            answer = await client.get(
                "/api/v1/queue", headers={"Authorization": f"Bearer {user.token}"}
            )
            assert answer.status_code == 200, user.login
            assert answer.json()["items"], user.login


async def test_the_years_figures_count_each_kind_on_its_own(norrvik, database):
    async with database.begin() as connection:
        await rebuild_on(connection)
    [today] = await rows("SELECT now() AS now")
    cases = await rows("SELECT case_type, phase, received_at FROM read.case_count")
    year = local_day(today.now).year

    async with transaction() as session:
        told = await yearly(session, year, today.now)

    def received(kind):
        return sum(
            it.case_type == kind
            and local_day(it.received_at).year == year
            and it.phase not in ("rerouted", "merged")
            for it in cases
        )

    assert told["deviations"] == received("deviation")
    assert told["complaints"]["count"] == received("complaint")
    assert told["lex_sarah"]["count"] == received("lex_sarah")
    assert told["ivo_notifications"]["count"] == received("ivo_notification")
