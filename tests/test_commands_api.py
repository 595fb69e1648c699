"""Every command over HTTP: accepted once, refused in words, and nobody's work is lost."""

import asyncio
from uuid import UUID, uuid4

from events import OwnerType, Role
from infra.clock import now
from infra.db import transaction
from infra.people.units import UnitData, keep_unit
from services.execute import Given, execute
from services.intake import units
from services.trace import new_trace
from tests.people import assessed, count, days, problem, promised, rows
from tests.samples import complain, draft
from workflows.access import COMMANDS
from workflows.terms.points import TO_INVESTIGATE


async def test_every_command_is_accepted_once(town):
    given = set()

    async def done(who, case_id, command, **fields):
        given.add(command)
        return await who.done(case_id, command, **fields)

    alice, cim = town.alice, town.cim
    case_id, other = await cim.case(), await cim.case(text="En annan händelse.")
    await done(alice, case_id, "assign", owner=alice.account_id)
    await done(alice, case_id, "confirm-classification", category="utebliven_insats")
    seen = await done(
        alice,
        case_id,
        "assess-severity",
        consequence=4,
        likelihood=2,
        reason="Kunde ha slutat illa.",
        tracks=["sol", "hsl"],
    )
    assert (seen["phase"], seen["value"]) == ("triaged", 8)
    assert "sas_position_required" in seen["flags"]
    await done(town.sas, case_id, "take-sas-position", lex_sarah=False, reason="Nej.")
    await done(alice, case_id, "raise-lex-sarah", reason="Det var mer än så.")
    later = {"code": "investigate", "until": days(5), "reason": "Semester."}
    await done(alice, case_id, "pause-deadline", **later)
    route = uuid4()
    told = {"route": "work_environment", "route_id": route, "receiver": "HR", "reason": "Hot."}
    await done(alice, case_id, "pass-on", **told)
    await done(alice, case_id, "confirm-receipt", route_id=route, words="De ringde.")
    await done(town.sas, case_id, "recuse", person=town.bo.account_id, reason="Var med.")
    await done(alice, case_id, "start-investigation")
    note, cause, spare, measure, undone = (uuid4() for _ in range(5))
    await done(
        alice,
        case_id,
        "add-note",
        note_id=note,
        nature="fact",
        words="Nattpatrullen ringde.",
        source="Samtal",
    )
    for it in (cause, spare):
        await done(
            alice, case_id, "add-cause", cause_id=it, area="procedurer_rutiner", words="Ny."
        )
    await done(alice, case_id, "withdraw-cause", cause_id=spare, reason="Fel.")
    for it in (measure, undone):
        await done(
            alice,
            case_id,
            "add-measure",
            measure_id=it,
            causes=[cause],
            kind="rutin",
            words="En rutin.",
            expected_effect="Inga missade besök.",
            owner=cim.account_id,
            due_on=days(1),
            follow_up_on=days(2),
        )
    await done(alice, case_id, "withdraw-measure", measure_id=undone, reason="Behövs inte.")
    seen = await done(alice, case_id, "conclude-investigation", summary="Rutten ändrades.")
    assert seen["phase"] == "acting"
    seen = await done(alice, case_id, "complete-measure", measure_id=measure)
    assert seen["phase"] == "following_up"
    await done(
        town.olga, case_id, "follow-up-measure", measure_id=measure, effect=True, words="Ja."
    )
    await done(alice, case_id, "answer-reporter", words="Tack. En ny rutin finns.")
    await done(alice, case_id, "correct-report", harm="minor", reason="Blev blöt.")
    seen = await done(alice, case_id, "link", other=other, kind="pattern")
    assert str(other) in seen["links"]
    assert seen["gates"] == []
    assert (await done(alice, case_id, "close"))["phase"] == "closed"
    assert (await done(alice, case_id, "reopen", reason="Hände igen."))["phase"] != "closed"

    angry = await cim.case(complainant="En dotter")
    await done(alice, angry, "answer-complainant", words="Vi ringde.", way="phone")
    await done(
        alice, angry, "waive-answer", whose="reporter", ground="declined", reason="Vill inte."
    )
    await done(
        alice,
        angry,
        "reroute",
        route="work_environment",
        receiver="Skyddsombudet",
        reason="Arbetsmiljö.",
    )
    seen = await done(alice, other, "merge", into=case_id, reason="Samma händelse.")
    assert seen["phase"] == "merged"

    answer = await alice.give(
        case_id, "hand-over", owner=town.olga.account_id, reason="Jag var med."
    )
    assert answer.status_code == 204
    given.add("hand-over")
    assert given | MISCONDUCT | COMPLAINTS == set(COMMANDS)


COMPLAINTS = {"acknowledge", "set-complaint-kind", "send-message", "record-message"}
MISCONDUCT = {
    "register",
    "receive-lex-sarah",
    "take-position",
    "decide-lex-sarah",
    "answer-question",
    "verify-measures",
    "inform-board",
    "require-ivo-notification",
    "approve-pack",
    "submit-notification",
    "withdraw-notification",
    "register-ivo-number",
    "supply-investigation",
    "request-supplement",
    "answer-supplement",
    "register-ivo-decision",
}
"""What only some kinds of case are asked: in the tests below."""


async def test_every_command_of_a_complaint_is_accepted_once(town):
    given = set()
    case_id = await complained(town)

    async def done(command, **fields):
        given.add(command)
        return await town.alice.done(case_id, command, **fields)

    await done("acknowledge", words="Tack, vi har det.", way="phone")
    await done("set-complaint-kind", kind="complaint")
    await done("send-message", words="När var det?", way="phone")
    seen = await done("record-message", words="I måndags.", way="phone")
    assert seen["phase"] == "acknowledged"
    assert given == COMPLAINTS


async def complained(town):
    """Open a complaint as its own door does, and return its case."""
    case_id = uuid4()
    async with transaction() as session:
        command = complain(
            at=now(),
            by=str(town.cim.account_id),
            report_id=case_id,
            received_at=now(),
            reporter=town.cim.account_id,
        )
        await execute(session, Given(case_id, command, new_trace()))
    return case_id


async def test_every_command_of_misconduct_and_its_notification_is_accepted_once(town):
    given = set()
    async with transaction() as session:
        theirs = UnitData("aspen", "Aspen", "home_care", OwnerType.PRIVATE)
        await keep_unit(session, theirs)
    sas, decider = town.sas, await town.somebody(Role.DECISION_MAKER)
    case_id = await town.cim.case(unit="aspen", lex_sarah=True)

    async def done(who, where, command, **fields):
        given.add(command)
        return await who.done(where, command, **fields)

    async def told(where, news):
        said = {"news": news, "informed_at": now(), "words": "Per brev."}
        return await done(sas, where, "inform-board", **said)

    async def opened():
        seen = await done(sas, case_id, "require-ivo-notification", reason="Livsfara.")
        return next(it for it in reversed(seen["links"]) if it not in known)

    known = []
    await done(sas, case_id, "register", registry_number="SN 2026/1", registered_on=days(0))
    await done(sas, case_id, "receive-lex-sarah", protection="Tillsyn varje timme.")
    await told(case_id, "report")
    known.append(await opened())
    await done(decider, known[0], "withdraw-notification", reason="Fel ärende.")
    notification = await opened()
    await sas.done(case_id, "start-investigation")
    for point in TO_INVESTIGATE:
        said = {"nature": "fact", "words": "x", "source": "x", "point": point}
        await sas.done(case_id, "add-note", **said)
    outcome = {"outcome": "serious_misconduct", "reason": "Livsfara."}
    await done(sas, case_id, "take-position", **outcome)
    await done(decider, case_id, "decide-lex-sarah", **outcome, delegation="4.2")
    why = {"yes": False, "reason": "Inte än."}
    await done(sas, case_id, "answer-question", question="police_report", **why)
    await done(sas, case_id, "verify-measures", words="Inga planerades.")

    async with transaction() as session:
        made = draft(at=now())
        await execute(session, Given(UUID(notification), made, new_trace()))
    for who in (sas, decider):
        await done(who, notification, "approve-pack", version_number=1)
    sent = {"submitted_at": now(), "how": "e_service", "receipt": "Kvittens 4711"}
    await done(sas, notification, "submit-notification", **sent)
    await told(notification, "notification")
    await done(sas, notification, "register-ivo-number", ivo_number="8.2-1/2026")
    await done(sas, notification, "supply-investigation", supplied_at=now(), how="post")
    request = {"request_id": uuid4()}
    asked = request | {"answer_by": days(9), "words": "Mer, tack."}
    await done(sas, notification, "request-supplement", **asked)
    answered = request | {"answered_at": now(), "how": "post", "words": "Här."}
    await done(sas, notification, "answer-supplement", **answered)
    decision = {"decided_on": days(0), "decision": "closed", "words": "Avslutas."}
    seen = await done(sas, notification, "register-ivo-decision", **decision)

    assert seen["phase"] == "decided"
    assert given == MISCONDUCT


async def test_the_case_says_no_in_words_and_with_a_code(town):
    case_id = await town.cim.case()

    async def refused(code, command, *, field=None, **fields):
        told = problem(await town.alice.give(case_id, command, **fields), 409, code)
        assert field is None or told["field"] == field, (command, told)

    async def unknown(field, command, **fields):
        await refused("unknown", command, field=field, **fields)

    why, say = {"reason": "x"}, {"words": "x"}
    await refused("not_allowed", "start-investigation")
    await refused("not_allowed", "close")
    await refused("not_allowed", "add-cause", area="procedurer_rutiner", **say)
    await refused("not_allowed", "reopen", **why)
    await unknown("category", "confirm-classification", category="annat")
    await unknown("subtype", "confirm-classification", category="omsorg", subtype="ej_utford")
    await unknown("tracks", "assess-severity", consequence=1, likelihood=1, tracks=[], **why)
    await unknown("owner", "assign", owner=uuid4())
    await unknown("owner", "assign", owner=town.nils.account_id)
    await unknown("owner", "hand-over", owner=town.alice.account_id, **why)
    await unknown("corrects", "add-note", nature="fact", source="x", corrects=uuid4(), **say)
    await unknown(None, "answer-complainant", way="phone", **say)
    await unknown("whose", "waive-answer", whose="hennes", ground="declined", **why)
    await unknown("whose", "waive-answer", whose="complainant", ground="declined", **why)
    await unknown("ground", "waive-answer", whose="reporter", ground="lat", **why)
    await unknown("ground", "waive-answer", whose="reporter", ground="anonymous", **why)
    await unknown("unit", "correct-report", unit="finns-inte", **why)
    await unknown("unit", "correct-report", unit="granen", **why)
    await unknown("occurred_at", "correct-report", occurred_at="2199-01-01T00:00:00Z", **why)
    await unknown(None, "correct-report", **why)
    await unknown("into", "merge", into=uuid4(), **why)
    await unknown("into", "merge", into=case_id, **why)
    await unknown("other", "link", other=case_id, kind="pattern")
    anonymous = await town.cim.case(anonymous=True)  # read under its code
    await town.alice.done(anonymous, "answer-reporter", words="Tack.")
    told = problem(await town.alice.give(uuid4(), "close"), 404, "not_found")
    assert told["detail"] == "Ärendet finns inte."


async def test_work_says_no_in_words_and_with_a_code(town):
    case_id = await town.cim.case()
    why, say = {"reason": "x"}, {"words": "x"}

    async def refused(code, command, **fields):
        return problem(await town.alice.give(case_id, command, **fields), 409, code)

    async def unknown(field, command, **fields):
        assert (await refused("unknown", command, **fields))["field"] == field

    await assessed(town.alice, case_id, 2, 2)
    await refused("incomplete", "close")
    _, measure = await promised(town.alice, case_id, town.alice.account_id)
    [cause] = await rows(
        "SELECT body ->> 'cause_id' FROM event WHERE type = 'case.cause_added'"
    )
    promise = {
        "causes": [cause[0]],
        "kind": "rutin",
        "words": "x",
        "expected_effect": "x",
        "owner": town.alice.account_id,
        "due_on": days(3),
        "follow_up_on": days(5),
    }
    await unknown("causes", "add-measure", **promise | {"causes": []})
    await unknown("causes", "add-measure", **promise | {"causes": [uuid4()]})
    await unknown("kind", "add-measure", **promise | {"kind": "hoppas"})
    await unknown("owner", "add-measure", **promise | {"owner": uuid4()})
    await unknown("due_on", "add-measure", **promise | {"due_on": days(-1)})
    await unknown("follow_up_on", "add-measure", **promise | {"follow_up_on": days(2)})
    await unknown("area", "add-cause", area="slump", **say)
    await unknown("cause_id", "withdraw-cause", cause_id=uuid4(), **why)
    await unknown("measure_id", "complete-measure", measure_id=uuid4())
    await unknown("measure_id", "withdraw-measure", measure_id=uuid4(), **why)
    await unknown("measure_id", "follow-up-measure", measure_id=uuid4(), effect=True, **say)
    await refused("incomplete", "follow-up-measure", measure_id=measure, effect=True, words="x")


async def test_a_form_that_is_wrong_names_its_fields(town):
    case_id = await town.cim.case()
    wrong = (
        ("confirm-classification", {}, "category"),
        ("confirm-classification", {"category": "Inte en kod"}, "category"),
        ("assess-severity", {"consequence": 5, "likelihood": 1, "reason": "x"}, "consequence"),
        ("assess-severity", {"consequence": 1, "likelihood": 0, "reason": "x"}, "likelihood"),
        ("assess-severity", {"consequence": 1, "likelihood": "x", "reason": "x"}, "likelihood"),
        ("assess-severity", {"consequence": 1, "likelihood": 1}, "reason"),
        ("assess-severity", {"consequence": 1, "likelihood": 1, "reason": " "}, "reason"),
        ("take-sas-position", {"lex_sarah": "kanske", "reason": "x"}, "lex_sarah"),
        ("assign", {"owner": "hemlig"}, "owner"),
        ("assign", {"owner": str(uuid4()), "vem": "hemlig"}, "vem"),
        ("assign", {"owner": str(uuid4()), "by": str(uuid4())}, "by"),
        ("assign", {"owner": str(uuid4()), "role": "sas"}, "role"),
        ("start-investigation", {"at": "2020-01-01T00:00:00Z"}, "at"),
        ("conclude-investigation", {"summary": "hemlig" * 4000}, "summary"),
        ("conclude-investigation", {"summary": "hemlig\x00"}, "summary"),
        ("conclude-investigation", {"summary": 17}, "summary"),
        ("add-note", {"nature": "rykte", "words": "x", "source": "x"}, "nature"),
        ("add-measure", {"causes": "hemlig"}, "causes"),
        ("add-measure", {"due_on": "hemlig"}, "due_on"),
        ("add-measure", {"due_on": "2026-02-30"}, "due_on"),
        ("complete-measure", {"measure_id": None}, "measure_id"),
        ("follow-up-measure", {"together_with": "kung"}, "together_with"),
        (
            "correct-report",
            {"occurred_at": "2026-01-01T00:00:00", "reason": "x"},
            "occurred_at",
        ),
        ("correct-report", {"unit": "H\x00", "reason": "x"}, "unit"),
        ("reroute", {"route": "hemlig", "receiver": "x", "reason": "x"}, "route"),
        ("link", {"other": str(uuid4()), "kind": "hemlig"}, "kind"),
    )
    for command, fields, field in wrong:
        answer = await town.alice.give(case_id, command, **fields)
        told = problem(answer, 422, "invalid")
        assert field is None or field in [it["field"] for it in told["errors"]], (command, told)
        assert "hemlig" not in answer.text, command
        assert "fel värde" not in answer.text, (command, told)
    assert (
        await town.alice.ask("POST", f"cases/{case_id}/finns-inte", json={})
    ).status_code == 404
    for match in ('"sju"', "²", "9" * 5000, "-1", "1.5", "*"):
        told = await town.alice.give(case_id, "assign", if_match=match.encode("latin-1"))
        problem(told, 422)
    assert await count("event", "type = 'case.assigned'") == 0


async def test_texts_are_kept_letter_by_letter_and_are_in_no_event(town):
    case_id = await town.cim.case()
    said = "Åsa 👵🏽 sa: 'ingen kom'; DROP TABLE event;--"
    seen = await town.alice.done(
        case_id, "add-note", nature="fact", words=said, source="Åsa själv"
    )
    [note] = [it for it in seen["timeline"] if it["type"] == "case.note_added"]
    assert note["words"] == {"words": said, "source": "Åsa själv"}
    assert (note["by"], note["fact"]["author_role"]) == (
        str(town.alice.account_id),
        "unit_manager",
    )
    assert await count("event", "body::text LIKE '%sa%ingen kom%'") == 0


async def test_two_editors_who_read_the_same_lose_nothing(town):
    case_id = await town.cim.case()
    read = (await town.alice.get(f"cases/{case_id}")).json()["sequence"]
    note = {"nature": "fact", "source": "x"}
    answers = await asyncio.gather(
        *(
            who.give(case_id, "add-note", if_match=read, words=f"Av {who.login}.", **note)
            for who in (town.alice, town.olga, town.sas)
        )
    )
    assert sorted(it.status_code for it in answers) == [200, 409, 409]
    for it in answers:
        if it.status_code == 409:
            problem(it, 409, "stale")
    assert await count("event", "type = 'case.note_added'") == 1
    assert await count("vault_item") == 3  # the story, the note and its source
    now = (await town.olga.get(f"cases/{case_id}")).json()["sequence"]
    for match in (f'"{now}"', f'W/"{now + 1}"'):
        answer = await town.olga.give(
            case_id, "add-note", if_match=match, words="Ett till.", **note
        )
        assert answer.status_code == 200, answer.text


async def test_the_same_command_with_the_same_id_is_done_once(town):
    case_id = await town.cim.case()
    await assessed(town.alice, case_id, 2, 2)
    note = {"note_id": uuid4(), "nature": "fact", "words": "En gång.", "source": "x"}
    for _ in range(3):
        await town.alice.done(case_id, "add-note", **note)
    again = await asyncio.gather(
        *(town.alice.give(case_id, "add-note", **note) for _ in range(8))
    )
    assert {it.status_code for it in again} == {200}
    assert await count("event", "type = 'case.note_added'") == 1
    assert await count("vault_item", "kind LIKE 'add-note%'") == 2
    new = {"note_id": uuid4(), "nature": "fact", "words": "Samtidigt.", "source": "x"}
    await asyncio.gather(*(town.alice.give(case_id, "add-note", **new) for _ in range(8)))
    assert await count("event", "type = 'case.note_added'") == 2
    assert await count("vault_item", "kind LIKE 'add-note%'") == 4


async def test_other_words_under_the_same_id_are_refused_and_not_dropped(town):
    case_id, other = await town.cim.case(), await town.cim.case()
    note = {"note_id": uuid4(), "nature": "fact", "source": "x"}
    await town.alice.done(case_id, "add-note", words="Först.", **note)

    answer = await town.alice.give(case_id, "add-note", words="Sedan.", **note)

    assert (answer.status_code, answer.json()["code"]) == (409, "id_taken")
    seen = await town.alice.done(other, "add-note", words="I ett annat ärende.", **note)
    assert seen["timeline"][-1]["words"]["words"] == "I ett annat ärende."


async def test_a_note_and_a_cause_under_one_id_keep_their_own_words(town):
    case_id, one = await town.cim.case(), uuid4()
    await assessed(town.alice, case_id, 2, 2)
    await town.alice.done(case_id, "start-investigation")
    area = "procedurer_rutiner"
    await town.alice.done(case_id, "add-cause", cause_id=one, area=area, words="Orsak.")
    note = {"note_id": one, "nature": "fact", "words": "Anteckning.", "source": "x"}

    seen = await town.alice.done(case_id, "add-note", **note)

    assert [it["words"].get("words") for it in seen["timeline"][-2:]] == [
        "Orsak.",
        "Anteckning.",
    ]


async def test_a_merged_report_shows_in_the_case_it_goes_on_in(town):
    case_id, into = await town.cim.case(), await town.cim.case()

    await town.alice.done(case_id, "merge", into=into, reason="Samma händelse.")

    seen = (await town.alice.get(f"cases/{into}")).json()
    assert seen["links"] == [str(case_id)]


async def test_commands_at_the_same_time_all_land(town):
    case_id = await town.cim.case()
    answers = await asyncio.gather(
        town.alice.give(case_id, "confirm-classification", category="omsorg"),
        town.olga.give(case_id, "assess-severity", consequence=2, likelihood=2, reason="x"),
        town.sas.give(case_id, "assign", owner=town.alice.account_id),
        *(
            town.alice.give(case_id, "add-note", nature="fact", words=f"{n}", source="x")
            for n in range(10)
        ),
        *(town.olga.give(case_id, "correct-report", harm="minor", reason="x") for _ in "ab"),
    )
    assert sorted(it.status_code for it in answers) == [200] * 14 + [409]
    seen = (await town.alice.get(f"cases/{case_id}")).json()
    assert seen["phase"] == "triaged"
    assert [it["sequence"] for it in seen["timeline"]] == list(range(1, seen["sequence"] + 1))
    words = {it["words"].get("words") for it in seen["timeline"]}
    assert words >= {str(n) for n in range(10)}


async def test_two_cases_do_not_go_into_each_other(town):
    one, two = await town.cim.case(), await town.cim.case()
    answers = await asyncio.gather(
        town.alice.give(one, "merge", into=two, reason="Samma."),
        town.olga.give(two, "merge", into=one, reason="Samma."),
    )
    assert sorted(it.status_code for it in answers) == [200, 409]
    assert len((await town.alice.get("queue")).json()["items"]) == 1
    three = await town.cim.case()
    gone = one if answers[0].status_code == 200 else two
    told = await town.alice.give(three, "merge", into=gone, reason="Samma.")
    assert problem(told, 409, "unknown")["field"] == "into"


async def test_many_commands_at_once_do_not_starve_each_other(town):
    cases = [await town.cim.case() for _ in range(4)]
    units.forget()
    answers = await asyncio.gather(
        *(
            town.olga.give(cases[n % 4], "correct-report", unit="bjorken", reason="Fel enhet.")
            for n in range(24)
        )
    )
    assert {it.status_code for it in answers} <= {200, 409}
    assert [it.status_code for it in answers].count(200) == 4
