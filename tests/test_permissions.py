"""Every route for every role, in the own unit, in another and for nobody: as the table says."""

from itertools import product
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute

from events import Role
from infra.people.accounts import EVERYWHERE
from services.web.app import create_app
from tests.people import count, places, problem, promised, rows
from workflows.access import COMMANDS, GENERAL, KINDS, MAY

OPEN = {
    ("POST", "/api/v1/login"),
    # On purpose: whoever tells us something says who they are, or not, as they like.
    ("PUT", "/api/v1/complaints/{report_id}"),
    ("POST", "/api/v1/answers"),
    ("POST", "/api/v1/answers/messages"),
}
OF_EVERYBODY = {
    ("POST", "/api/v1/logout"),
    ("GET", "/api/v1/law"),
    ("GET", "/api/v1/me"),
    ("GET", "/api/v1/me/measures"),
    ("GET", "/api/v1/notices"),
    ("GET", "/api/v1/reports"),
    ("GET", "/api/v1/me/substitute"),
    ("PUT", "/api/v1/me/substitute"),
    ("DELETE", "/api/v1/me/substitute"),
}
UNIT_OF = {"own": "solrosen", "other": "bjorken"}


def _flat(routes):
    """FastAPI keeps an included router as one route with its own inside."""
    for route in routes:
        yield from (
            route.original_router.routes if hasattr(route, "original_router") else [route]
        )


def _routes():
    return sorted(
        (method, route.path)
        for route in _flat(create_app().routes)
        if isinstance(route, APIRoute) and route.path.startswith("/api/v1")
        for method in route.methods
    )


ROUTES = _routes()


def _address(path, case_id):
    known = {
        "{case_id}": case_id,
        "{report_id}": uuid4(),
        "{attachment_id}": uuid4(),
        "{account_id}": uuid4(),
        "{token_id}": uuid4(),
        "{substitution_id}": uuid4(),
        "{row_id}": 1,
        "{code}": "x",
        "{version}": 1,
    }
    for name, value in known.items():
        path = path.replace(name, str(value))
    assert "{" not in path, path
    return path


def _action(method, path):
    """Name the row of the table that a route stands under."""
    name = path.rpartition("/")[2]
    if name in COMMANDS:
        return name
    if "/admin/" in path or "/quarantine" in path:
        return "administer"
    if path.endswith("/pack"):
        return "draft-pack"
    if "/pack/" in path or path.endswith(".pdf"):
        return "read-case"
    if "/attachments" in path:
        return "add-note" if method == "PUT" else "read-case"
    return {
        "/api/v1/queue": "read-queue",
        "/api/v1/queue/silent-units": "read-queue",
        "/api/v1/cases/{case_id}": "read-case",
        "/api/v1/access-log": "read-access-log",
        "/api/v1/reports/{report_id}": "file-report",
        "/api/v1/reports/{case_id}": "read-own",
    }[path]


def _reaches(action, role, where, kind):
    table = GENERAL if action in GENERAL else MAY[kind]
    if action == "read-own" or role not in table.get(action, ()):
        return False
    if action in ("administer", "file-report"):
        return True
    if action == "read-queue":  # asked without a unit: one's own
        return True
    if action not in GENERAL and role is Role.MAS:
        return False  # the case of this test is not on the health-care track
    if action not in GENERAL and kind not in KINDS.get(role, MAY):
        return False
    return where == "own" or role in EVERYWHERE


async def test_every_route_demands_a_token_except_those_open_on_purpose(town):
    case_id = await town.cim.case()
    for method, path in ROUTES:
        answer = await town.nobody.ask(method, _address(path, case_id), json={})
        if (method, path) in OPEN:
            assert answer.status_code == 422, path
        else:
            problem(answer, 401, "unauthenticated")


@pytest.mark.parametrize("kind", ["deviation", "lex_sarah"])
@pytest.mark.parametrize("where", ["own", "other"])
async def test_who_may_do_what_is_what_the_table_says(town, where, kind):
    case_id = await town.olga.case(unit="solrosen", lex_sarah=kind == "lex_sarah")
    wrong = []
    for role in Role:
        somebody = await town.somebody(role, *places(role, UNIT_OF[where]))
        for method, path in ROUTES:
            if (method, path) in OPEN | {("POST", "/api/v1/logout")}:
                continue
            free = (method, path) in OF_EVERYBODY
            allowed = free or _reaches(_action(method, path), role, where, kind)
            query = {"unit": "solrosen"} if "access-log" in path else {"name": "a.png"}
            answer = await somebody.ask(
                method,
                _address(path, case_id),
                params=query,
                **({} if method == "GET" else {"json": _filled(path)}),
            )
            if (answer.status_code != 403) is not allowed:
                wrong.append((role, where, method, path, answer.status_code))
            if answer.status_code == 403:
                problem(answer, 403, "forbidden")
            assert answer.status_code < 500, (path, answer.text)
    assert not wrong


def _filled(path):
    """Fill a form with what is right in form; who may is asked before what the case says."""
    name = path.rpartition("/")[2]
    return {
        "confirm-classification": {"category": "finns_inte"},
        "assess-severity": {"consequence": 1, "likelihood": 1, "reason": "x", "tracks": []},
        "take-sas-position": {"lex_sarah": False, "reason": "x"},
        "assign": {"owner": str(uuid4())},
        "hand-over": {"owner": str(uuid4()), "reason": "x"},
        "conclude-investigation": {"summary": "x"},
        "add-note": {"nature": "fact", "words": "x", "source": "x"},
        "add-cause": {"area": "finns_inte", "words": "x"},
        "withdraw-cause": {"cause_id": str(uuid4()), "reason": "x"},
        "add-measure": {
            "causes": [],
            "kind": "rutin",
            "words": "x",
            "expected_effect": "x",
            "owner": str(uuid4()),
            "due_on": "2026-01-01",
            "follow_up_on": "2026-01-01",
        },
        "complete-measure": {"measure_id": str(uuid4())},
        "withdraw-measure": {"measure_id": str(uuid4()), "reason": "x"},
        "follow-up-measure": {"measure_id": str(uuid4()), "effect": True, "words": "x"},
        "answer-reporter": {"words": "x"},
        "answer-complainant": {"words": "x", "way": "phone"},
        "waive-answer": {"whose": "ingen", "ground": "x", "reason": "x"},
        "correct-report": {"unit": "finns-inte", "reason": "x"},
        "reroute": {"route": "other_authority", "receiver": "x", "reason": "x"},
        "merge": {"into": str(uuid4()), "reason": "x"},
        "link": {"other": str(uuid4()), "kind": "pattern"},
        "reopen": {"reason": "x"},
        "raise-lex-sarah": {"reason": "x"},
        "recuse": {"person": str(uuid4()), "reason": "x"},
        "acknowledge": {"words": "x", "way": "code"},
        "set-complaint-kind": {"kind": "praise"},
        "send-message": {"words": "x", "way": "none"},
        "record-message": {"words": "x", "way": "phone"},
        "register": {"registry_number": "SN 2026/1", "registered_on": "2190-01-01"},
        "pass-on": {"route": "client_declined", "receiver": "x", "reason": "x"},
        "confirm-receipt": {"route_id": str(uuid4()), "words": "x"},
        "pause-deadline": {"code": "x", "until": "2026-01-01", "reason": "x"},
        "receive-lex-sarah": {"protection": "x"},
        "take-position": {"outcome": "none", "reason": "x"},
        "decide-lex-sarah": {"outcome": "none", "reason": "x", "delegation": "x"},
        "answer-question": {"question": "police_report", "yes": False, "reason": "x"},
        "verify-measures": {"words": "x"},
        "inform-board": {
            "news": "report",
            "informed_at": "2026-01-01T00:00:00Z",
            "words": "x",
        },
        "require-ivo-notification": {"reason": "x"},
        "approve-pack": {"version_number": 1},
        "submit-notification": {
            "submitted_at": "2026-01-01T00:00:00Z",
            "how": "post",
            "receipt": "x",
        },
        "withdraw-notification": {"reason": "x"},
        "register-ivo-number": {"ivo_number": "8.2-1/2026"},
        "supply-investigation": {"supplied_at": "2026-01-01T00:00:00Z", "how": "post"},
        "request-supplement": {"answer_by": "2026-01-01", "words": "x"},
        "answer-supplement": {
            "request_id": str(uuid4()),
            "answered_at": "2026-01-01T00:00:00Z",
            "how": "post",
            "words": "x",
        },
        "register-ivo-decision": {
            "decided_on": "2026-01-01",
            "decision": "closed",
            "words": "x",
        },
        "{report_id}": {"unit": "solrosen", "text": "x"},
    }.get(name, {})


async def test_a_role_without_a_unit_of_its_own_reads_no_case(town):
    case_id = await town.cim.case()
    for role in (Role.BOARD, Role.REGISTRAR, Role.ADMIN, Role.DECISION_MAKER):
        somebody = await town.somebody(role)
        problem(await somebody.get(f"cases/{case_id}"), 403)


async def test_the_administrator_never_gets_case_content(town):
    case_id = await town.cim.case(text="Ytterst hemlig berättelse.")
    for method, path in ROUTES:
        if method == "GET":
            answer = await town.adam.ask(method, _address(path, case_id))
            assert "hemlig" not in answer.text, path
    problem(await town.adam.get(f"reports/{case_id}"), 403)
    problem(await town.adam.give(case_id, "close"), 403)
    problem(await town.adam.get("queue"), 403)


async def test_a_reporter_reads_only_own_reports(town):
    mine, other = await town.cim.case(), await town.olga.case(text="Någon annans.")
    read = (await town.cim.get(f"reports/{mine}")).json()
    assert (read["step"], read["answer"]) == ("Mottagen", None)
    problem(await town.cim.get(f"reports/{other}"), 403)
    problem(await town.cim.get(f"cases/{mine}"), 403)
    assert [it["case_id"] for it in (await town.cim.get("reports")).json()] == [str(mine)]


async def test_a_manager_who_hands_over_is_locked_out(town):
    case_id = await town.cim.case()
    other = await town.somebody(Role.UNIT_MANAGER, "bjorken")
    answer = await town.alice.give(
        case_id, "hand-over", owner=other.account_id, reason="Min syster arbetade då."
    )
    assert (answer.status_code, answer.content) == (204, b"")
    problem(await town.alice.get(f"cases/{case_id}"), 403)
    problem(await town.alice.get(f"cases/{case_id}/attachments"), 403)
    problem(await town.alice.give(case_id, "start-investigation"), 403)
    problem(await town.olga.give(case_id, "assign", owner=town.alice.account_id), 409)
    seen = (await other.get(f"cases/{case_id}")).json()
    assert seen["owner"] == str(other.account_id)


async def test_who_answers_for_a_measure_may_complete_it_and_nothing_else(town):
    case_id = await town.cim.case()
    _, measure = await promised(town.alice, await _triaged(town, case_id), town.cim.account_id)
    problem(await town.cim.get(f"cases/{case_id}"), 403)
    answer = await town.cim.give(case_id, "complete-measure", measure_id=measure)
    assert (answer.status_code, answer.content) == (204, b"")
    assert await count("event", "type = 'case.measure_completed'") == 1
    problem(
        await town.cim.give(
            case_id, "follow-up-measure", measure_id=measure, effect=True, words="Ja."
        ),
        403,
    )


async def _triaged(town, case_id):
    await town.alice.done(case_id, "confirm-classification", category="omsorg")
    await town.alice.done(
        case_id, "assess-severity", consequence=2, likelihood=2, reason="Kunde blivit värre."
    )
    return case_id


async def test_moving_a_case_to_another_unit_is_done_though_it_leaves_your_reach(town):
    case_id = await town.cim.case()
    answer = await town.alice.give(
        case_id, "correct-report", unit="bjorken", reason="Hände på Björken."
    )
    assert answer.status_code == 204, answer.text
    problem(await town.alice.get(f"cases/{case_id}"), 403)
    assert (await town.bo.get(f"cases/{case_id}")).json()["unit"] == "bjorken"


async def test_mas_reaches_the_health_care_track_only(town):
    sol, hsl = await town.cim.case(), await town.cim.case(text="Fick fel medicin.")
    await town.alice.done(hsl, "confirm-classification", category="omsorg")
    await town.alice.done(
        hsl,
        "assess-severity",
        consequence=2,
        likelihood=2,
        reason="Fel dos.",
        tracks=["sol", "hsl"],
    )
    problem(await town.mas.get(f"cases/{sol}"), 403)
    assert (await town.mas.get(f"cases/{hsl}")).status_code == 200
    await town.mas.done(hsl, "add-note", nature="fact", words="Läst.", source="Journal")
    problem(await town.mas.give(hsl, "close"), 403)


async def test_every_reading_of_case_content_is_written_down(town):
    case_id = await town.cim.case()
    path = f"cases/{case_id}/attachments"
    file = uuid4()
    gif = b"GIF89a" + b"\x01\x00\x01\x00\x00\x00\x00;"
    put = await town.cim.ask("PUT", f"{path}/{file}", params={"name": "a.gif"}, content=gif)
    assert put.status_code == 201, put.text
    assert await count("access_log") == 0
    readings = (
        (town.alice, "GET", f"cases/{case_id}", {}),
        (town.olga, "GET", path, {}),
        (town.sas, "GET", f"{path}/{file}", {}),
        (town.cim, "GET", f"reports/{case_id}", {}),
        (town.alice, "POST", f"cases/{case_id}/assign", {"owner": str(town.alice.account_id)}),
    )
    for n, (who, method, address, form) in enumerate(readings, start=1):
        given = {"json": form} if form else {}
        answer = await who.ask(method, address, **given)
        assert answer.status_code == 200, answer.text
        assert await count("access_log") == n, address
        query = "SELECT account_id, case_id, unit FROM access_log ORDER BY id DESC LIMIT 1"
        [last] = await rows(query)
        assert tuple(last) == (who.account_id, case_id, "solrosen")
    for who in (town.bo, town.adam, town.nobody):
        for _, _, address, _ in readings[:4]:
            await who.get(address)
    assert await count("access_log") == len(readings)


async def test_the_access_log_is_reviewed_for_the_own_unit(town):
    one, other = await town.cim.case(), await town.cim.case(unit="bjorken")
    await town.olga.get(f"cases/{one}")
    await town.olga.get(f"cases/{other}")
    page = (await town.alice.get("access-log", unit="solrosen")).json()
    assert [(it["case_id"], it["account_id"]) for it in page["entries"]] == [
        (str(one), str(town.olga.account_id))
    ]
    problem(await town.alice.get("access-log"), 403)
    problem(await town.alice.get("access-log", unit="bjorken"), 403)
    problem(await town.alice.get("access-log", case_id=str(other)), 403)
    sneaky = await town.alice.get("access-log", unit="solrosen", case_id=str(other))
    assert sneaky.json()["entries"] == []
    for who in (town.cim, town.olga, town.sas, town.mas):
        problem(await who.get("access-log", unit="solrosen"), 403)
    assert len((await town.adam.get("access-log")).json()["entries"]) == 2


ODD = (
    "access-log?unit=solrosen&since=2026-01-01T00:00:00",
    "access-log?unit=solrosen&since=0001-01-01T00:00:00%2B14:00",
    "access-log?unit=solrosen&since=9999-12-31T23:59:59-12:00",
    "access-log?unit=solrosen&cursor=99999999999999999999",
    "access-log?unit=%00",
    "access-log?cursor=%C2%B2",
    "access-log?limit=0",
    "access-log?limit=1001",
    "quarantine/99999999999999999999/retry",
    "queue?unit=%00",
    "queue?kind=%00",
    "queue?owner=%00",
    "queue?limit=0",
    "queue?limit=201",
    "queue?overdue=kanske",
)


async def test_odd_questions_are_refused_and_never_a_fault(town):
    for path in ODD:
        who = town.sas if path.startswith("queue") else town.adam
        answer = await who.ask("POST" if path.endswith("retry") else "GET", path)
        assert answer.status_code in (200, 403, 409, 422), (path, answer.text)
        if answer.status_code != 200:
            told = problem(answer, answer.status_code)
            assert "fel värde" not in told["detail"], (path, told)
    everything = await town.sas.get("queue?unit=&kind=&overdue=&owner=&cursor=")
    assert everything.status_code == 200


def test_every_combination_was_asked():
    assert len(ROUTES) == len(set(ROUTES)) > 40
    assert len(list(product(Role, UNIT_OF))) == 24
    assert {path.rpartition("/")[2] for _, path in ROUTES} >= set(COMMANDS)
