"""Who stands in for whom: the chains, the access that follows, and who may name whom."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events import Role
from infra import clock
from infra.db import transaction
from infra.people import accounts as people
from infra.people import substitutes
from infra.people.identity import actor_of_token
from infra.people.standing import Standing, Substitution
from services import caches
from tests.people import assessed, days, problem, promised, rows

A, B, C, D = (UUID(int=n) for n in range(1, 5))
EVERYBODY = (A, B, C, D)
DAY = date(2026, 7, 6)
SOLROSEN = (Role.UNIT_MANAGER, "solrosen")


def away(who, stand_in=None, first=DAY, last=DAY):
    return Substitution(uuid4(), who, None, None, stand_in, first, last)


def vacant(stand_in=None, role=Role.UNIT_MANAGER):
    return Substitution(uuid4(), None, "solrosen", role, stand_in, DAY, DAY)


def standing(*given, day=DAY, opened=EVERYBODY, admins=()):
    return Standing.of(given, day, opened=opened, admins=admins)


# The chains


def test_somebody_at_work_is_reached_and_somebody_away_by_the_stand_in():
    it = standing(away(A, B))

    assert (it.reached(A), it.reached(B), it.named(B)) == (B, B, None)


def test_a_chain_is_followed_to_the_first_who_is_at_work():
    it = standing(away(A, B), away(B, C))

    assert (it.reached(A), it.reached(B)) == (C, C)
    assert it.stood_in_for(C) == {A, B}
    assert it.stood_in_for(B) == set()


def test_a_chain_that_goes_round_reaches_nobody():
    for it in (
        standing(away(A, B), away(B, A)),
        standing(away(A, B), away(B, C), away(C, A)),
    ):
        assert it.reached(A) is None
        assert it.circles(A)
        assert all(it.stood_in_for(who) == set() for who in EVERYBODY)
    assert not standing(away(A, B)).circles(A)


def test_nobody_named_and_a_closed_account_are_nobody():
    assert standing(away(A)).reached(A) is None
    assert standing(away(A, B), opened=(A,)).reached(A) is None
    assert standing(away(A, B), away(B, C), opened=(A, C)).reached(A) is None


def test_nobody_works_for_somebody_who_has_left():
    assert standing(away(A, B), opened=(B,)).stood_in_for(B) == set()


def test_an_administrator_stands_in_for_nobody():
    it = standing(away(A, B), vacant(B), admins=(B,))

    assert (it.reached(A), it.stood_in_for(B)) == (None, set())
    assert (it.fills(*SOLROSEN), it.vacancies_of(B)) == (None, set())


@pytest.mark.parametrize(
    ("day", "reached"),
    [
        (date(2026, 7, 5), A),
        (date(2026, 7, 6), B),
        (date(2026, 8, 2), B),
        (date(2026, 8, 3), A),
    ],
)
def test_a_period_counts_both_its_days(day, reached):
    it = standing(away(A, B, date(2026, 7, 6), date(2026, 8, 2)), day=day)

    assert it.reached(A) == reached


def test_of_two_who_are_named_the_one_named_last_comes_first():
    longer = away(A, B, DAY - timedelta(days=7))
    assert standing(longer, away(A, C)).reached(A) == C
    assert standing(longer, away(A, C), away(C)).reached(A) == B


def test_a_vacancy_is_filled_along_the_chain_and_by_nobody_where_nobody_is_named():
    it = standing(vacant(A), away(A, B))

    assert it.fills(*SOLROSEN) == B
    assert it.vacancies_of(B) == {SOLROSEN}
    assert it.vacancies_of(A) == set()
    assert standing(vacant()).fills(*SOLROSEN) is None
    assert it.fills(Role.UNIT_MANAGER, "bjorken") is None


accounts = st.sampled_from([UUID(int=n) for n in range(8)])
absences = st.lists(
    st.builds(away, accounts, st.none() | accounts).filter(
        lambda it: it.account_id != it.substitute_id
    ),
    max_size=12,
)


@given(absences, st.frozensets(accounts), st.frozensets(accounts))
def test_somebody_is_reached_exactly_when_a_chain_leads_to_somebody_at_work(
    given_rows, opened, admins
):
    it = standing(*given_rows, opened=opened, admins=admins)
    fit = opened - admins
    for who in (UUID(int=n) for n in range(8)):
        reachable, edge = set(), [who]
        while edge:
            now = edge.pop()
            for row in given_rows:
                nxt = row.substitute_id
                if row.account_id == now and nxt in fit - reachable:
                    reachable.add(nxt)
                    edge.append(nxt)
        at_work = reachable - it.away.keys()
        found = it.reached(who)
        if who not in it.away:
            assert found == who
        elif at_work:
            assert found in at_work
        else:
            assert found is None
        assert it.stood_in_for(who) == {
            other for other in it.away if other in opened and it.named(other) == who
        }
        assert who not in it.stood_in_for(who)
        assert it.circles(who) == _comes_back(given_rows, who)


def _comes_back(given_rows, who):
    reach = {row.substitute_id for row in given_rows if row.account_id == who}
    for _ in range(8):
        reach |= {row.substitute_id for row in given_rows if row.account_id in reach}
    return who in reach


# Access follows


async def put(admin, **named):
    """Let the administrator keep an absence or a vacancy from today to tomorrow."""
    named = {"starts_on": days(0), "ends_on": days(1)} | {
        name: str(it.account_id) if hasattr(it, "account_id") else it
        for name, it in named.items()
    }
    return await admin.ask("PUT", f"admin/substitutes/{uuid4()}", json=named)


async def named(admin, **fields):
    answer = await put(admin, **fields)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_stand_in_reaches_what_the_one_who_is_away_reaches_and_acts_as_oneself(town):
    case_id = await town.cim.case()
    problem(await town.bo.get(f"cases/{case_id}"), 403)
    kept = await named(town.adam, account_id=town.alice, substitute_id=town.bo)
    assert (kept["reached"], kept["circles"]) == (str(town.bo.account_id), False)
    assert (await town.bo.get("me")).json()["roles"] == {
        "unit_manager": ["bjorken", "solrosen"]
    }
    await town.bo.done(case_id, "confirm-classification", category="omsorg")
    query = "SELECT by FROM event WHERE type = 'case.classification_confirmed'"
    assert [row.by for row in await rows(query)] == [str(town.bo.account_id)]
    [reading] = await rows("SELECT DISTINCT account_id FROM access_log")
    assert reading.account_id == town.bo.account_id
    assert (await town.alice.get(f"cases/{case_id}")).status_code == 200

    path = f"admin/substitutes/{kept['id']}"
    assert (await town.adam.ask("DELETE", path)).status_code == 204
    problem(await town.bo.get(f"cases/{case_id}"), 403)
    problem(await town.adam.ask("DELETE", path), 404, "not_found")


async def test_the_last_of_a_chain_has_the_roles_of_all_and_only_while_it_leads_there(town):
    dag = await town.somebody(Role.STAFF, "granen")
    await named(town.adam, account_id=town.alice, substitute_id=town.bo)
    second = await named(town.adam, account_id=town.bo, substitute_id=dag)
    assert (await dag.get("me")).json()["roles"] == {
        "staff": ["granen"],
        "unit_manager": ["bjorken", "solrosen"],
    }
    assert (await town.bo.get("me")).json()["roles"] == {"unit_manager": ["bjorken"]}
    await town.adam.ask("DELETE", f"admin/substitutes/{second['id']}")
    assert (await dag.get("me")).json()["roles"] == {"staff": ["granen"]}


@pytest.mark.parametrize(("starts", "ends"), [(1, 3), (-3, -1)])
async def test_before_and_after_the_period_nothing_is_reached(town, starts, ends):
    await named(
        town.adam,
        account_id=town.alice,
        substitute_id=town.bo,
        starts_on=days(starts),
        ends_on=days(ends),
    )
    assert (await town.bo.get("me")).json()["roles"] == {"unit_manager": ["bjorken"]}


async def test_who_fills_a_vacancy_has_the_role_there_and_nowhere_else(town):
    case_id = await town.cim.case()
    vacancy = {"unit": "solrosen", "role": "unit_manager"}
    await named(town.adam, **vacancy, substitute_id=town.nils)
    assert (await town.nils.get("me")).json()["roles"] == {"unit_manager": ["solrosen"]}
    assert (await town.nils.get(f"cases/{case_id}")).status_code == 200
    other = await town.cim.case(unit="bjorken")
    problem(await town.nils.get(f"cases/{other}"), 403)


async def test_what_an_owner_answers_for_goes_with_the_work_wherever_it_is(town):
    case_id = await town.cim.case()
    await town.alice.done(case_id, "assign", owner=str(town.bo.account_id))
    dag = await town.somebody(Role.UNIT_MANAGER, "granen")
    problem(await dag.get(f"cases/{case_id}"), 403)
    await named(town.adam, account_id=town.bo, substitute_id=dag)
    assert (await dag.get(f"cases/{case_id}")).status_code == 200
    mine = await dag.get("queue", owner=str(town.bo.account_id))
    assert [it["case_id"] for it in mine.json()["items"]] == [str(case_id)]
    problem(await town.cim.get("queue", owner=str(town.bo.account_id)), 403)


async def test_a_measure_is_completed_by_the_stand_in(town):
    case_id = await town.cim.case()
    await assessed(town.alice, case_id, 2, 2)
    _, measure = await promised(town.alice, case_id, town.cim.account_id)
    problem(await town.nils.give(case_id, "complete-measure", measure_id=measure), 403)
    await named(town.adam, account_id=town.cim, substitute_id=town.nils)
    done = await town.nils.give(case_id, "complete-measure", measure_id=measure)
    assert done.status_code == 204, done.text


async def test_who_stepped_aside_does_not_come_back_as_a_stand_in(town):
    case_id = await town.cim.case()
    other = await town.somebody(Role.UNIT_MANAGER, "bjorken")
    await town.alice.give(case_id, "hand-over", owner=other.account_id, reason="Jäv.")
    await named(town.adam, account_id=other, substitute_id=town.alice)
    problem(await town.alice.get(f"cases/{case_id}"), 403)


async def test_what_a_reporter_reads_of_the_own_report_is_nobody_elses(town):
    case_id = await town.cim.case()
    await named(town.adam, account_id=town.cim, substitute_id=town.nils)
    problem(await town.nils.get(f"reports/{case_id}"), 403)
    assert (await town.nils.get("reports")).json() == []


# Who may name whom


async def test_an_administrator_finds_no_way_into_a_case_by_standing_in(town):
    eva = await town.somebody(Role.ADMIN)
    own = {"account_id": town.sas, "substitute_id": town.adam}
    problem(await put(town.adam, **own), 409, "oneself")
    problem(await put(eva, **own), 409, "administers")
    vacancy = {"unit": "solrosen", "role": "unit_manager"}
    problem(await put(town.adam, **vacancy, substitute_id=town.adam), 409, "oneself")
    problem(await put(eva, **vacancy, substitute_id=town.adam), 409, "administers")


async def test_to_administer_is_lent_to_nobody(town):
    await named(town.adam, account_id=town.adam, substitute_id=town.nils)
    assert (await town.nils.get("me")).json()["roles"] == {}
    problem(await put(town.adam, unit="solrosen", role="admin", substitute_id=town.nils), 409)


async def test_who_becomes_an_administrator_stands_in_no_longer(town):
    await named(town.adam, account_id=town.alice, substitute_id=town.nils)
    path = f"admin/accounts/{town.nils.account_id}/roles"
    assert (await town.adam.ask("PUT", path, json={"role": "admin"})).status_code == 204
    assert (await town.nils.get("me")).json()["roles"] == {"admin": None}


async def test_no_token_is_issued_for_somebody_who_stands_in(town):
    path = f"admin/accounts/{town.nils.account_id}/tokens"
    assert (await town.adam.ask("POST", path, json={"name": "x"})).status_code == 201
    await named(
        town.adam,
        account_id=town.alice,
        substitute_id=town.nils,
        starts_on=days(2),
        ends_on=days(3),
    )
    problem(await town.adam.ask("POST", path, json={"name": "x"}), 409, "reads_cases")


async def test_what_is_odd_is_refused_in_words(town):
    alice, bo = town.alice, town.bo
    vacancy = {"unit": "solrosen", "role": "unit_manager"}
    odd = (
        ({"account_id": alice, "substitute_id": str(uuid4())}, "unknown_account"),
        ({"account_id": str(uuid4()), "substitute_id": bo}, "unknown_account"),
        ({"account_id": alice, "substitute_id": alice}, "self"),
        ({"account_id": alice, "ends_on": days(-1)}, "bad_period"),
        ({"account_id": alice, **vacancy}, "one_of_two"),
        ({"account_id": alice, "role": "sas"}, "one_of_two"),
        ({"unit": "solrosen"}, "one_of_two"),
        ({}, "one_of_two"),
        (vacancy | {"unit": "finns-inte"}, "unknown_unit"),
        (vacancy | {"role": "kung"}, "invalid"),
        ({"account_id": alice, "starts_on": "i dag"}, "invalid"),
        ({"account_id": alice, "surprise": 1}, "invalid"),
    )
    for form, code in odd:
        problem(await put(town.adam, **form), 422, code)
    assert (await town.adam.get("admin/substitutes")).json() == []


async def test_somebody_who_has_left_is_not_named(town):
    async with transaction() as session:
        await people.change_account(session, town.bo.account_id, active=False)
    problem(
        await put(town.adam, account_id=town.alice, substitute_id=town.bo),
        422,
        "unknown_account",
    )


async def test_a_chain_that_goes_round_is_kept_and_told_of(town):
    first = await named(town.adam, account_id=town.alice, substitute_id=town.bo)
    second = await named(town.adam, account_id=town.bo, substitute_id=town.alice)
    assert not first["circles"]
    assert (second["circles"], second["reached"]) == (True, None)
    listed = (await town.adam.get("admin/substitutes")).json()
    assert [it["circles"] for it in listed] == [True, True]


async def test_a_chain_that_goes_round_later_is_told_of_now(town):
    await named(
        town.adam,
        account_id=town.alice,
        substitute_id=town.bo,
        starts_on=days(5),
        ends_on=days(9),
    )
    kept = await named(town.adam, account_id=town.bo, substitute_id=town.alice, ends_on=days(7))
    assert (kept["circles"], kept["reached"]) == (True, str(town.alice.account_id))


async def test_naming_again_under_the_same_id_changes_what_was_named(town):
    path = f"admin/substitutes/{uuid4()}"
    form = {"account_id": str(town.alice.account_id), "starts_on": days(0), "ends_on": days(1)}
    for stand_in in (town.bo, town.olga):
        form["substitute_id"] = str(stand_in.account_id)
        assert (await town.adam.ask("PUT", path, json=form)).status_code == 200
    [only] = (await town.adam.get("admin/substitutes")).json()
    assert only["substitute_id"] == str(town.olga.account_id)


async def me(person, stand_in, **more):
    named = None if stand_in is None else str(stand_in.account_id)
    form = {"substitute_id": named, "starts_on": days(0), "ends_on": days(1)} | more
    return await person.ask("PUT", "me/substitute", json=form)


async def test_one_names_a_colleague_and_says_when_one_is_back(town):
    case_id = await town.cim.case()
    assert (await me(town.alice, town.olga)).status_code == 200
    assert (await me(town.alice, town.bo)).status_code == 200  # instead of her
    assert (await town.bo.get(f"cases/{case_id}")).status_code == 200
    for person in (town.alice, town.bo):
        [mine] = (await person.get("me/substitute")).json()
        assert mine["reached"] == str(town.bo.account_id)
    assert (await town.olga.get("me/substitute")).json() == []
    assert (await town.alice.ask("DELETE", "me/substitute")).status_code == 204
    problem(await town.bo.get(f"cases/{case_id}"), 403)
    problem(await town.alice.ask("DELETE", "me/substitute"), 404)


async def test_one_can_be_away_without_a_stand_in(town):
    answer = await me(town.alice, None)
    assert (answer.status_code, answer.json()["reached"]) == (200, None)


async def test_one_names_nobody_who_lacks_ones_roles(town):
    for stand_in in (town.cim, town.mas, town.nils):
        problem(await me(town.alice, stand_in), 409, "not_a_colleague")
    problem(await me(town.alice, town.adam), 409, "administers")
    problem(await me(town.alice, town.alice), 422, "self")
    problem(await me(town.alice, town.bo, ends_on=days(-1)), 422, "bad_period")
    assert (await me(town.alice, town.sas)).status_code == 200
    assert (await me(town.cim, town.bo)).status_code == 409
    # A manager who also works as staff does not lend the unit to any of the staff.
    async with transaction() as session:
        await people.grant(session, town.bo.account_id, Role.STAFF, "bjorken")
    problem(await me(town.bo, town.cim), 409, "not_a_colleague")


async def test_a_refused_naming_leaves_the_last_one(town):
    await me(town.alice, town.bo)
    problem(await me(town.alice, town.cim), 409)
    [mine] = (await town.alice.get("me/substitute")).json()
    assert mine["substitute_id"] == str(town.bo.account_id)


async def test_what_is_remembered_of_somebody_is_forgotten_with_the_rest(town):
    await actor_now(town.bo)
    async with transaction() as session:
        row = away(town.alice.account_id, town.bo.account_id, clock.today(), clock.today())
        await substitutes.keep(session, row)
    assert (await actor_now(town.bo)).stands_in_for == set()
    caches.forget()
    assert (await actor_now(town.bo)).stands_in_for == {town.alice.account_id}


async def actor_now(person):
    async with transaction() as session:
        return await actor_of_token(session, person.token)
