"""Attempts on misconduct, its notification and those who stand in: each once went through."""

import asyncio
from uuid import UUID, uuid4

import pytest

from events import OwnerType, Role
from infra import clock
from infra.db import transaction
from infra.people.units import UnitData, keep_unit
from services import caches
from tests.misconduct import DETAILS, decided, drafted, employed, investigated, serious
from tests.people import days, problem, rows


@pytest.fixture
async def cast(town):
    return await employed(town)


async def reported(town, **more):
    return await town.cim.case(lex_sarah=True, harm="serious", **more)


async def child_of(case_id, kind):
    [(child,)] = await rows(
        "SELECT DISTINCT case_id FROM event WHERE case_type = :kind AND sequence = 1 "
        "AND body->>'came_from' = :parent",
        kind=kind,
        parent=str(case_id),
    )
    return UUID(str(child))


async def stand_in(town, away, who):
    answer = await town.adam.ask(
        "PUT",
        f"admin/substitutes/{uuid4()}",
        json={
            "account_id": str(away.account_id),
            "substitute_id": str(who.account_id),
            "starts_on": days(0),
            "ends_on": days(3),
        },
    )
    assert answer.status_code == 200, answer.text
    caches.forget()


# Who is shut out


async def test_who_is_shut_out_of_a_case_is_shut_out_of_the_notification_it_opens(town, cast):
    case_id = await reported(town)
    other = await town.somebody(Role.DECISION_MAKER)
    await town.sas.done(case_id, "recuse", person=other.account_id, reason="Är anhörig.")
    await investigated(town, cast, case_id)
    case = await decided(town, cast, case_id, "serious_misconduct")
    [ivo] = case["links"]
    await drafted(town, ivo, **DETAILS)

    problem(await other.get(f"cases/{ivo}"), 403)
    problem(await other.give(ivo, "approve-pack", version_number=1), 403)


async def test_who_is_shut_out_later_is_shut_out_of_the_open_notification_too(town, cast):
    case_id, ivo = await serious(town, cast)
    other = await town.somebody(Role.DECISION_MAKER)
    await drafted(town, ivo, **DETAILS)

    await town.sas.done(case_id, "recuse", person=other.account_id, reason="Är anhörig.")

    problem(await other.give(ivo, "approve-pack", version_number=1), 403)


async def test_who_is_shut_out_of_a_deviation_is_shut_out_of_what_is_reported_from_it(town):
    case_id = await town.cim.case()
    await town.sas.done(case_id, "recuse", person=town.olga.account_id, reason="Var där.")

    await town.sas.done(case_id, "take-sas-position", lex_sarah=True, reason="Allvar.")

    child = await child_of(case_id, "lex_sarah")
    problem(await town.olga.get(f"cases/{child}"), 403)


async def test_who_stands_in_for_somebody_shut_out_gets_no_further(town):
    case_id = await reported(town)
    bo = town.bo
    await town.sas.done(case_id, "recuse", person=town.alice.account_id, reason="Var där.")
    other = await reported(town)

    await stand_in(town, town.alice, bo)

    problem(await bo.get(f"cases/{case_id}"), 403)
    assert (await bo.get(f"cases/{other}")).status_code == 200


async def test_a_measure_of_somebody_shut_out_is_not_kept_by_a_stand_in(town, cast):
    case_id = await reported(town)
    await investigated(town, cast, case_id)
    cause, measure = uuid4(), uuid4()
    await town.sas.done(
        case_id, "add-cause", cause_id=cause, area="procedurer_rutiner", words="Ingen rutin."
    )
    await town.sas.done(
        case_id,
        "add-measure",
        measure_id=measure,
        causes=[cause],
        kind="rutin",
        words="En rutin skrivs.",
        expected_effect="Inget larm tas tillbaka.",
        owner=town.alice.account_id,
        due_on=days(3),
        follow_up_on=days(10),
    )
    await town.sas.done(case_id, "recuse", person=town.alice.account_id, reason="Var där.")

    await stand_in(town, town.alice, town.bo)

    problem(await town.bo.give(case_id, "complete-measure", measure_id=measure), 403)


async def test_who_is_shut_out_has_approved_nothing(town, cast):
    _, ivo = await serious(town, cast)
    other = await town.somebody(Role.DECISION_MAKER)
    await drafted(town, ivo, **DETAILS)
    await cast.decider.done(ivo, "approve-pack", version_number=1)

    await other.done(ivo, "recuse", person=cast.decider.account_id, reason="Är anhörig.")
    case = await other.done(ivo, "approve-pack", version_number=1)
    assert case["phase"] == "drafted"
    await town.sas.done(ivo, "approve-pack", version_number=1)
    await town.sas.done(ivo, "recuse", person=other.account_id, reason="Är också anhörig.")

    sent = {"submitted_at": clock.now().isoformat(), "how": "post", "receipt": "Kvitto."}
    problem(await town.sas.give(ivo, "submit-notification", **sent), 409, "not_allowed")
    third = await town.somebody(Role.SAS)
    await third.done(ivo, "approve-pack", version_number=1)
    await town.sas.done(ivo, "submit-notification", **sent)


async def test_an_ended_case_shuts_out_too(town, cast):
    case_id = await reported(town)
    other = await reported(town)
    for it in (case_id, other):
        await town.sas.done(it, "receive-lex-sarah", protection="Extra tillsyn.")
    await town.sas.done(case_id, "merge", into=other, reason="Samma.")

    await town.sas.done(case_id, "recuse", person=town.alice.account_id, reason="Var där.")

    problem(await town.alice.get(f"cases/{case_id}"), 403)


async def test_shutting_out_and_sending_at_once_stop_neither(town, cast):
    case_id, ivo = await serious(town, cast)
    await drafted(town, ivo, **DETAILS)
    for person in (town.sas, cast.decider):
        await person.done(ivo, "approve-pack", version_number=1)
    sent = {"submitted_at": clock.now().isoformat(), "how": "post", "receipt": "Kvitto."}

    answers = await asyncio.gather(
        cast.registrar.give(ivo, "submit-notification", **sent),
        town.sas.give(case_id, "recuse", person=town.olga.account_id, reason="Var där."),
    )

    assert [it.status_code for it in answers] == [200, 200], [it.text for it in answers]
    assert (await town.sas.get(f"cases/{case_id}")).json()["lex_sarah"]["ivo_notified"]
    problem(await town.olga.get(f"cases/{ivo}"), 403)


# Who reported


async def test_the_fact_of_a_case_that_sas_opened_does_not_name_who_saw_it(town, cast):
    case_id = await town.cim.case()
    await town.sas.done(case_id, "take-sas-position", lex_sarah=True, reason="Allvar.")
    child = await child_of(case_id, "lex_sarah")

    for person in (town.alice, cast.decider, cast.registrar):
        read = await person.get(f"cases/{child}")
        assert read.status_code == 200
        assert str(town.cim.account_id) not in read.text


async def test_a_manager_does_not_learn_from_the_access_log_who_reported(town):
    case_id = await reported(town)
    await town.cim.get(f"reports/{case_id}")

    log = await town.alice.get("access-log", unit="solrosen")

    assert str(town.cim.account_id) not in log.text


async def test_who_reported_does_not_read_what_sas_wrote_when_opening_the_case(town):
    case_id = await town.cim.case()
    await town.sas.done(case_id, "take-sas-position", lex_sarah=True, reason="Enbart för SAS.")
    child = await child_of(case_id, "lex_sarah")

    mine = await town.cim.get(f"reports/{child}")

    assert mine.status_code == 200
    assert "Enbart" not in mine.text


# What no calendar holds


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
async def test_a_moment_that_no_calendar_holds_is_refused_in_words(town, cast, moment):
    case_id, ivo = await serious(town, cast)
    for key in ("began", "ended"):
        answer = await town.sas.ask("POST", f"cases/{ivo}/pack", json={**DETAILS, key: moment})
        assert "Årtalet" in problem(answer, 422, "invalid")["detail"]
    for command, fields in (
        ("correct-report", {"occurred_at": moment, "reason": "Fel dag."}),
        ("register", {"registry_number": "SN 2026/14", "registered_on": moment[:10]}),
    ):
        problem(await town.sas.give(case_id, command, **fields), 422, "invalid")
    sent = {"submitted_at": moment, "how": "post", "receipt": "Kvitto."}
    problem(await cast.registrar.give(ivo, "submit-notification", **sent), 422, "invalid")


async def test_a_report_from_a_phone_without_a_clock_has_its_documents_all_the_same(town):
    case_id = await reported(town, occurred_at="0001-01-01T00:00:00+14:00")
    case = await town.sas.done(case_id, "require-ivo-notification", reason="Livsfara.")

    assert (await town.sas.get(f"cases/{case_id}/investigation.pdf")).status_code == 200
    assert (await drafted(town, case["links"][0]))["missing"]


# What is serious goes to IVO


async def test_what_is_decided_to_be_serious_is_not_withdrawn(town, cast):
    case_id, ivo = await serious(town, cast)

    said = problem(await cast.decider.give(ivo, "withdraw-notification", reason="Nej."), 409)

    assert "allvarligt" in said["detail"]
    assert (await town.sas.get(f"cases/{ivo}")).json()["phase"] == "required"
    assert (await town.sas.get(f"cases/{case_id}")).json()["lex_sarah"]["ivo_required"]


async def test_a_case_that_ivo_is_told_of_goes_on_in_no_other(town):
    first, other = await reported(town), await reported(town)
    for case_id in (first, other):
        await town.sas.done(case_id, "receive-lex-sarah", protection="Extra tillsyn.")
    await town.sas.done(first, "require-ivo-notification", reason="Livsfara.")

    said = problem(await town.sas.give(first, "merge", into=other, reason="Samma."), 409)

    assert "IVO" in said["detail"]
    await town.sas.done(other, "merge", into=first, reason="Samma.")


async def test_two_who_call_an_anonymous_report_lex_sarah_open_one_case(town):
    case_id = await town.cim.case(anonymous=True)
    for person in (town.sas, await town.somebody(Role.SAS)):
        await person.done(case_id, "take-sas-position", lex_sarah=True, reason="Allvar.")

    await child_of(case_id, "lex_sarah")


async def test_a_report_put_right_to_a_private_unit_owes_the_board_word(town):
    case_id = await reported(town)
    async with transaction() as session:
        await keep_unit(
            session, UnitData("vide", "Vide", "lss_home", OwnerType.PRIVATE, "Vide AB")
        )
    caches.forget()

    case = await town.sas.done(case_id, "correct-report", unit="vide", reason="Fel enhet.")

    assert (case["law"], case["owner_type"]) == ("lss", "private")
    assert "inform_board_report" in {it["code"] for it in case["deadlines"]}
    assert "board_report" in {it["code"] for it in case["gates"]}
