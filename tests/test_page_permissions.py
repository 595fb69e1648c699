"""Addresses guessed by every role, in the own unit, in another, and by nobody: every page."""

from itertools import product
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute

from events import Role
from infra.people.accounts import EVERYWHERE
from services.web.app import create_app
from services.web.pages import menu
from services.web.pages.visitor import COOKIE
from tests.people import count, places
from tests.test_permissions import _flat, _reaches
from workflows.access import COMMANDS, GENERAL, RESPONSIBLE

OPEN = {
    *(("GET", "/"), ("GET", "/logga-in"), ("POST", "/logga-in"), ("POST", "/logga-ut")),
    *(("POST", "/sprak"), ("GET", "/rapportera"), ("GET", "/static/{asked}/{name:path}")),
    # The form opens before the login, and an anonymous report needs none.
    *(("GET", "/r/{unit}"), ("POST", "/r/{unit}"), ("GET", "/r/{unit}/jag")),
    *(("GET", "/r/{unit}/manifest.webmanifest"), ("GET", "/sw.js")),
    ("POST", "/kuvert/anonym/{report_id}"),
    # Says who wrote it in the envelope, not in the session.
    ("POST", "/kuvert/{report_id}"),
    *(("GET", "/synpunkt"), ("POST", "/synpunkt"), ("GET", "/synpunkt/blankett")),
    *(("GET", "/synpunkt/klar"), ("POST", "/synpunkt/klar"), ("POST", "/synpunkt/kvitto")),
    *(("GET", "/svar"), ("POST", "/svar")),
    *(("GET", "/tillganglighet"), ("GET", "/tillganglighet/fel")),
    ("POST", "/tillganglighet/fel"),
}
OF_EVERYBODY = {
    *(("GET", "/jag"), ("POST", "/jag/franvaro"), ("POST", "/jag/franvaro/slut")),
    *(("POST", "/jag/kortkommandon"), ("POST", "/jag/losenord")),
    *(("GET", "/mina-rapporter"), ("GET", "/mina-atgarder")),
    ("GET", "/arende/{case_id}/filer"),  # leads back to the case, which asks for itself
}
MACHINES = {"/healthz", "/readyz", "/metrics"}
UNIT_OF = {"own": "solrosen", "other": "bjorken"}
PRINTS = {Role.UNIT_MANAGER, Role.OPERATIONS_MANAGER, Role.SAS, Role.ADMIN}
BOARD = {Role.SAS, Role.DECISION_MAKER, Role.OPERATIONS_MANAGER, Role.REGISTRAR}
OURS = {"Sec-Fetch-Site": "same-origin"}


def routes():
    return sorted(
        (method, route.path)
        for route in _flat(create_app().routes)
        if isinstance(route, APIRoute)
        and not route.path.startswith("/api/")
        and route.path not in MACHINES
        for method in route.methods
    )


ROUTES = routes()
CLOSED = [it for it in ROUTES if it not in OPEN]


def address(path, case_id, unit="solrosen", action="add-note"):
    known = {
        "{case_id}": case_id,
        "{action}": action,
        "{code}": unit,
        "{unit}": unit,
        "{version}": 1,
        "{nth}": 1,
        "{row_id}": 1,
        "{family}": "rapport",
        "{asked}/{name:path}": "x/app.css",
    }
    for name, value in known.items():
        path = path.replace(name, str(value))
    while "{" in path:
        start, _, rest = path.partition("{")
        path = start + str(uuid4()) + rest.partition("}")[2]
    return path


async def ask(town, token, method, path):
    headers = dict(OURS)
    if token:
        headers["Cookie"] = f"{COOKIE}={token}"
    town.client.cookies.clear()
    # Only the beginning is needed: one of the addresses is a stream that does not end.
    request = town.client.build_request(method, path, headers=headers, data={})
    if path == "/att-gora/nytt":
        return None
    return await town.client.send(request)


def refused(answer):
    to_login = answer.headers.get("location", "").startswith("/logga-in")
    return answer.status_code in (401, 403) or (answer.status_code == 303 and to_login)


def may_see(method, path, role, where, kind):
    """Say what the table of access says of an address."""
    if (method, path) in OF_EVERYBODY:
        return True
    if path.startswith("/admin"):
        return role is Role.ADMIN
    if path == "/laslogg":
        return role in GENERAL["read-access-log"]
    if path.startswith("/att-gora"):
        return role in GENERAL["read-queue"]
    if path == "/skriv-in":
        return role in menu.TYPES_IN
    if path == "/qr":
        return role in PRINTS
    if path == "/qr/{code}":
        return role in PRINTS and (where == "own" or role in EVERYWHERE)
    if path == "/lex-sarah":
        return role in BOARD
    if path == "/mina-rapporter/{case_id}":
        return False  # somebody else reported it
    if path.startswith("/mina-atgarder/"):
        return _reaches("complete-measure", role, where, kind)
    if path.startswith("/lex-sarah/"):
        action = "draft-pack" if path.endswith("/underlag") else "read-case"
        return _reaches(action, role, where, kind)
    return _reaches("read-case", role, where, kind)


def test_every_address_is_one_that_somebody_thought_of():
    assert set(ROUTES) >= OPEN | OF_EVERYBODY
    assert {role for role in Role if role in RESPONSIBLE} <= set(Role)


async def test_nobody_comes_in_but_where_the_door_is_open_on_purpose(town):
    case_id = await town.cim.case()
    before = await count("event")

    for method, path in CLOSED:
        if path == "/att-gora/nytt":
            continue
        answer = await ask(town, None, method, address(path, case_id))
        assert refused(answer), (method, path, answer.status_code)
    for method, path in sorted(OPEN):
        answer = await ask(town, None, method, address(path, case_id))
        assert answer.status_code < 500, (method, path)
        assert (method, path) == ("POST", "/logga-in") or not (
            method == "GET" and refused(answer)
        ), (method, path)

    assert await count("event") == before


@pytest.mark.parametrize("kind", ["deviation", "lex_sarah"])
@pytest.mark.parametrize("where", ["own", "other"])
async def test_who_sees_which_page_is_what_the_table_says(town, where, kind):
    case_id = await town.cim.case(lex_sarah=kind == "lex_sarah")
    before = await count("event")
    wrong = []

    first = (where, kind) == ("own", "deviation")
    for role in Role:
        person = await town.somebody(role, *places(role, UNIT_OF[where]))
        for method, path in CLOSED:
            if path in ("/att-gora/nytt", "/arende/{case_id}/{action}"):
                continue
            if not first and "{case_id}" not in path and path != "/qr/{code}":
                continue  # neither the unit nor the kind of case makes a difference
            answer = await ask(town, person.token, method, address(path, case_id))
            assert answer.status_code != 500, (role, method, path)
            if path.startswith("/lex-sarah/") and answer.status_code == 404:
                continue  # there is no such document yet, or in no such case: nothing is shown
            if refused(answer) is may_see(method, path, role, where, kind):
                wrong.append((str(role), method, path, answer.status_code))

    assert not wrong
    assert await count("event") == before


@pytest.mark.parametrize("kind", ["deviation", "lex_sarah"])
@pytest.mark.parametrize("where", ["own", "other"])
async def test_a_step_that_is_not_ones_own_to_take_is_not_taken(town, where, kind):
    case_id = await town.cim.case(lex_sarah=kind == "lex_sarah")
    before = await count("event")

    people = {role: await town.somebody(role, *places(role, UNIT_OF[where])) for role in Role}
    for role, action in product(Role, COMMANDS):
        person = people[role]
        if _reaches(action, role, where, kind):
            continue
        reads = _reaches("read-case", role, where, kind)
        path = address("/arende/{case_id}/{action}", case_id, action=action)
        # Who may not read the case is refused whatever the step: one of them will do.
        if reads or action == "add-note":
            answer = await ask(town, person.token, "POST", path)
            taken = not refused(answer) and (not reads or answer.status_code not in (409, 422))
            assert not taken, (str(role), action, answer.status_code)

    assert await count("event") == before


async def test_the_live_bar_opens_for_those_who_have_a_list_only(town):
    for role in Role:
        person = await town.somebody(role, *places(role, "solrosen"))
        if role in GENERAL["read-queue"]:
            continue  # a stream without end: the browser tests listen to it
        headers = {"Cookie": f"{COOKIE}={person.token}"}
        town.client.cookies.clear()
        answer = await town.client.get("/att-gora/nytt", headers=headers)
        assert answer.status_code == 403, role
