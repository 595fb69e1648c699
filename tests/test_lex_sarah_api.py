"""Misconduct through the API: reported in one's own name, judged by others, shown to few."""

from uuid import UUID, uuid4

from events import Role
from tests.people import STORY, days, problem, rows
from workflows.terms.points import TO_INVESTIGATE


async def documented(person, case_id):
    for point in TO_INVESTIGATE:
        await person.done(
            case_id,
            "add-note",
            nature="fact",
            words="Så var det.",
            source="Samtal",
            point=point,
        )


async def reported(town, **more):
    return await town.cim.case(lex_sarah=True, harm="serious", **more)


async def test_a_lex_sarah_report_is_numbered_and_followed_on_its_own(town):
    case_id = await reported(town)

    case = (await town.sas.get(f"cases/{case_id}")).json()

    assert case["kind"] == "lex_sarah"
    assert case["number"].startswith("LS-")
    assert case["phase"] == "reported"
    running = {it["code"]: it for it in case["deadlines"]}
    assert running["protect"]["legal_word"] == "genast"
    assert "27 kap. 5 §" in running["protect"]["explains"]


async def test_a_report_without_a_name_is_refused_in_words(town):
    answer = await town.cim.file(lex_sarah=True, anonymous=True)

    assert "behöver ditt namn" in problem(answer, 422)["detail"]


async def test_nobody_but_the_receiver_sees_who_reported(town):
    case_id = await reported(town)

    seen = (await town.sas.get(f"cases/{case_id}")).json()
    manager = await town.alice.get(f"cases/{case_id}")

    assert seen["reporter_name"]
    assert manager.status_code == 200
    assert str(town.cim.account_id) not in manager.text
    assert "Cim" not in manager.text
    await town.sas.done(case_id, "receive-lex-sarah", protection="Extra tillsyn i natt.")
    await town.sas.done(case_id, "start-investigation")
    investigated = await town.sas.get(f"cases/{case_id}")
    assert "Cim" not in investigated.text
    assert str(town.cim.account_id) not in investigated.text


async def test_the_units_manager_is_told_and_judges_nothing(town):
    case_id = await reported(town)

    for command, said in {
        "receive-lex-sarah": {"protection": "Klart."},
        "start-investigation": {},
        "take-position": {"outcome": "none", "reason": "Inget."},
        "decide-lex-sarah": {"outcome": "none", "reason": "Inget.", "delegation": "1"},
        "close": {},
    }.items():
        problem(await town.alice.give(case_id, command, **said), 403)
    gone = {"route": "not_a_deviation", "receiver": "Ingen", "reason": "Nej."}
    assert (await town.alice.give(case_id, "reroute", **gone)).status_code == 403


async def test_from_the_report_to_the_decision_and_the_way_to_ivo(town):
    case_id = await reported(town)
    decider = await town.somebody(Role.DECISION_MAKER)
    registrar = await town.somebody(Role.REGISTRAR)
    await registrar.done(
        case_id, "register", registry_number="SN 2026/12", registered_on=days(0)
    )
    await town.sas.done(case_id, "receive-lex-sarah", protection="Extra tillsyn i natt.")
    await town.sas.done(case_id, "start-investigation")
    await documented(town.sas, case_id)
    case = await town.sas.done(
        case_id, "take-position", outcome="serious_misconduct", reason="Livsfara."
    )
    assert case["notes"][0]["author_name"]
    assert case["lex_sarah"]["points"]["decision"]
    own = {"outcome": "serious_misconduct", "reason": "Ja.", "delegation": "4.2"}
    assert (
        "själv besluta"
        in problem(await town.sas.give(case_id, "decide-lex-sarah", **own), 409)["detail"]
    )

    case = await decider.done(case_id, "decide-lex-sarah", **own)

    assert case["lex_sarah"]["finding"] == "misconduct"
    assert case["lex_sarah"]["serious"]
    [ivo] = case["links"]
    child = (await town.sas.get(f"cases/{ivo}")).json()
    assert child["kind"] == "ivo_notification"
    assert child["number"].startswith("IVO-")
    assert child["came_from"] == str(case_id)
    assert {it["code"] for it in child["deadlines"]} >= {"notify_ivo", "register"}


async def test_what_sas_calls_lex_sarah_opens_a_case_with_the_story_in_it(town):
    case_id = await town.cim.case()
    await town.sas.done(case_id, "take-sas-position", lex_sarah=True, reason="Det är allvar.")

    [(child,)] = await rows("SELECT case_id FROM event WHERE case_type = 'lex_sarah' LIMIT 1")
    case = (await town.sas.get(f"cases/{child}")).json()

    assert case["came_from"] == str(case_id)
    assert STORY in case["text"]
    assert "Det är allvar." in case["text"]
    assert case["reporter"] == str(town.cim.account_id)
    mine = (await town.cim.get("reports")).json()
    assert str(child) in {it["case_id"] for it in mine}


async def test_a_manager_reports_misconduct_from_a_case_once_in_one_command(town):
    case_id = await town.cim.case()

    await town.alice.done(case_id, "raise-lex-sarah", reason="Jag såg det själv.")
    await town.alice.done(case_id, "raise-lex-sarah", reason="Jag såg det själv.")

    found = await rows("SELECT DISTINCT case_id FROM event WHERE case_type = 'lex_sarah'")
    assert len(found) == 1
    case = await town.sas.get(f"cases/{UUID(str(found[0][0]))}")
    assert case.json()["reporter"] == str(town.alice.account_id)


async def test_the_investigator_does_not_belong_to_the_unit(town):
    case_id = await reported(town)
    near = await town.somebody(Role.OPERATIONS_MANAGER, "solrosen")
    far = await town.somebody(Role.QUALITY_COORDINATOR)
    await town.sas.done(case_id, "receive-lex-sarah", protection="Extra tillsyn.")

    refused = problem(await town.sas.give(case_id, "assign", owner=near.account_id), 409)

    assert "inte höra till enheten" in refused["detail"]
    await town.sas.done(case_id, "assign", owner=far.account_id)
    await far.done(case_id, "start-investigation")


async def test_who_is_in_the_event_is_shut_out(town):
    case_id = await reported(town)

    await town.sas.done(case_id, "recuse", person=town.alice.account_id, reason="Var på plats.")

    problem(await town.alice.get(f"cases/{case_id}"), 403)


async def test_who_is_shut_out_of_a_case_is_shut_out_of_those_that_follow_from_it(town):
    other = await town.somebody(Role.SAS)
    deviation = await town.cim.case()
    await town.sas.done(deviation, "recuse", person=other.account_id, reason="Var med.")
    seen = await town.sas.done(deviation, "raise-lex-sarah", reason="Livsfara.")
    [misconduct] = seen["links"]
    seen = await town.sas.done(misconduct, "require-ivo-notification", reason="Livsfara.")
    [notification] = [it for it in seen["links"] if it != str(deviation)]

    for case_id in (deviation, misconduct, notification):
        assert (await other.get(f"cases/{case_id}")).status_code == 403, case_id


async def test_a_report_of_misconduct_goes_on_only_in_another_of_its_kind(town):
    first, other = await reported(town), await reported(town)
    deviation = await town.cim.case()
    for case_id in (first, other):
        await town.sas.done(case_id, "receive-lex-sarah", protection="Extra tillsyn.")

    said = problem(await town.sas.give(first, "merge", into=deviation, reason="Samma."), 409)[
        "detail"
    ]
    assert "annat slag" in said
    case = await town.sas.done(first, "merge", into=other, reason="Samma händelse.")

    assert case["phase"] == "merged"
    assert [it["code"] for it in case["deadlines"]] == ["answer_reporter"]


async def test_a_child_at_risk_is_told_at_once_while_sas_is_awaited(town):
    case_id = await town.cim.case(harm="serious")
    route = uuid4()

    case = await town.alice.done(
        case_id,
        "pass-on",
        route="child_at_risk",
        route_id=route,
        receiver="Mottagningen för barn och unga",
        reason="Ett barn bor där.",
    )

    assert case["passed_on"] == [
        {
            "route_id": str(route),
            "route": "child_at_risk",
            "says": "Barn som riskerar att fara illa",
            "awaited": True,
        }
    ]
    assert "reach_receiver" in {it["code"] for it in case["deadlines"]}
    case = await town.alice.done(
        case_id, "confirm-receipt", route_id=route, words="Socialjouren har ärendet."
    )
    assert not case["passed_on"][0]["awaited"]


async def test_what_is_passed_on_stands_in_the_queue_of_the_one_who_got_it(town):
    case_id = await town.cim.case()
    assert (await town.mas.get("queue")).json()["items"] == []

    await town.alice.done(
        case_id,
        "pass-on",
        route="health_care",
        receiver="MAS",
        reason="Läkemedel.",
        secrecy="consent",
    )

    [item] = (await town.mas.get("queue")).json()["items"]
    assert item["case_id"] == str(case_id)
    assert (await town.mas.get(f"cases/{case_id}")).status_code == 200
