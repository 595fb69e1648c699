"""The year's figures: each kind on its own, each event once, each way out told apart."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import update

from events import Role
from infra.clock import now
from infra.db import transaction
from infra.people import accounts as people
from services.counts import yearly
from services.projections.statistics import CaseCount
from services.rebuild import rebuild_on
from tests.people import assessed
from workflows.rules.calendar import local_day


async def figures(database):
    async with database.begin() as connection:
        await rebuild_on(connection)
    async with transaction() as session:
        return await yearly(session, local_day(now()).year, now())


async def test_a_lex_sarah_case_raised_from_a_deviation_is_counted_in_its_own_kind(
    town, database
):
    deviation = await town.cim.case()
    await town.alice.done(deviation, "raise-lex-sarah", reason="Hon kom till skada.")
    await town.cim.case(lex_sarah=True)

    told = await figures(database)

    assert told["deviations"] == 1
    lex_sarah = told["lex_sarah"]
    assert lex_sarah["count"] == 2
    assert lex_sarah["raised_from_case"] == {"count": 1, "of": 2, "percent": 50.0}
    # Alice manages the unit and raised one of them; Cim works there and reported the other.
    assert lex_sarah["reported_by_managers"] == {"count": 1, "of": 2, "percent": 50.0}
    assert lex_sarah["by_outcome"][0]["outcome"] == "inget_beslut"


async def test_the_role_is_the_one_of_the_day_it_was_reported(town, database):
    await town.cim.case(lex_sarah=True)
    async with transaction() as session:
        await people.grant(session, town.cim.account_id, Role.UNIT_MANAGER, "solrosen")

    told = await figures(database)

    assert told["lex_sarah"]["reported_by_managers"]["count"] == 0


async def test_what_is_passed_on_is_counted_by_where_it_went(town, database):
    left, stays, merged = [await town.cim.case() for _ in range(3)]
    await town.alice.done(
        left,
        "reroute",
        route="work_environment",
        route_id=uuid4(),
        receiver="Närmaste chef",
        reason="Jag halkade själv.",
    )
    for route, more in (("health_care", {"secrecy": "consent"}), ("child_at_risk", {})):
        await town.alice.done(
            stays,
            "pass-on",
            route=route,
            route_id=uuid4(),
            receiver="Mottagaren",
            reason="De ska också veta.",
            **more,
        )
    await town.alice.done(merged, "merge", into=str(stays), reason="Samma händelse.")

    told = await figures(database)

    assert (told["deviations"], told["rerouted"], told["merged"]) == (1, 1, 1)
    routes = {it["route"]: (it["count"], it["ended"]) for it in told["by_route"]}
    assert {route: it for route, it in routes.items() if it[0]} == {
        "work_environment": (1, 1),
        "health_care": (1, 0),
        "child_at_risk": (1, 0),
    }
    assert all(it["of"] == 3 for it in told["by_route"])


async def test_other_kinds_are_no_deviations(town, database):
    case_id = await town.cim.case(lex_sarah=True)
    await town.sas.done(case_id, "require-ivo-notification", reason="Det är allvarligt.")
    await assessed(town.alice, await town.cim.case(), 1, 1)

    told = await figures(database)

    assert told["deviations"] == 1
    assert sum(it["count"] for it in told["by_category"]) == 1
    assert told["lex_sarah"]["count"] == 1
    assert told["ivo_notifications"] == {
        "count": 1,
        "sent": {"count": 0, "of": 1, "percent": 0.0},
    }


async def test_how_soon_senders_were_answered_is_counted(town, database):
    soon, late, _ = [await town.cim.case() for _ in range(3)]
    for case_id in (soon, late):
        await town.alice.done(case_id, "answer-reporter", words="Tack, rutinen är ändrad.")
    async with database.begin() as connection:
        await rebuild_on(connection)
        later = update(CaseCount).where(CaseCount.case_id == late)
        ten = CaseCount.answered_at + timedelta(days=10)
        await connection.execute(later.values(answered_at=ten))

    async with transaction() as session:
        told = await yearly(session, local_day(now()).year, now())

    def counted(rows):
        return [(it["days"], it["count"], it["of"]) for it in rows]

    assert counted(told["answered_within"]) == [(7, 1, 3), (14, 2, 3), (30, 2, 3)]
    assert counted(told["complaints"]["answered_within"]) == [(7, 0, 0), (14, 0, 0), (30, 0, 0)]
