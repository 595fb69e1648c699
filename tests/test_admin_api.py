"""Units, people and tokens over HTTP: what is odd is refused in words, never a fault."""

from uuid import uuid4

from events import Role
from tests.people import problem


async def test_a_person_is_employed_and_leaves(town):
    new = {"login": "Dag", "name": "Dag Ek", "email": "dag@norrvik.example"}
    made = await town.adam.ask("POST", "admin/accounts", json=new)
    assert made.status_code == 201, made.text
    path = f"admin/accounts/{made.json()['account_id']}"
    role = {"role": "staff", "unit": "bjorken"}
    assert (await town.adam.ask("PUT", f"{path}/roles", json=role)).status_code == 204
    issued = await town.adam.ask("POST", f"{path}/tokens", json={"name": "telefon"})
    town.nobody.token = issued.json()["token"]
    me = (await town.nobody.get("me")).json()
    assert (me["login"], me["roles"]) == ("dag", {"staff": ["bjorken"]})
    [token] = (await town.adam.get(f"{path}/tokens")).json()
    assert (token["name"], token["revoked_at"]) == ("telefon", None)
    assert issued.json()["token"] not in str(token)
    revoke = f"admin/tokens/{token['token_id']}"
    assert (await town.adam.ask("DELETE", revoke)).status_code == 204
    problem(await town.nobody.get("me"), 401)
    left = await town.adam.ask("PATCH", path, json={"active": False, "email": None})
    assert left.status_code == 204
    seen = (await town.adam.get("admin/accounts")).json()
    [dag] = [it for it in seen if it["login"] == "dag"]
    assert (dag["active"], dag["email"], dag["name"]) == (False, None, "Dag Ek")


async def test_an_administrator_finds_no_way_into_a_case(town):
    sas = f"admin/accounts/{town.sas.account_id}/tokens"
    problem(await town.adam.ask("POST", sas, json={"name": "x"}), 409, "reads_cases")
    own = f"admin/accounts/{town.adam.account_id}/roles"
    problem(await town.adam.ask("PUT", own, json={"role": "sas"}), 409, "oneself")
    problem(await town.adam.ask("DELETE", own, json={"role": "admin"}), 409, "oneself")


async def test_what_is_odd_is_refused_in_words(town):
    cim = f"admin/accounts/{town.cim.account_id}"
    nowhere = f"admin/accounts/{uuid4()}"
    unit = {"code": "ny", "name": "Ny", "kind": "home_care", "owner_type": "in_house"}
    odd = (
        ("PUT", "admin/units/ny", unit | {"name": "N\x00y"}, 422),
        ("PUT", "admin/units/ny", unit | {"name": ""}, 422),
        ("PUT", "admin/units/ny", unit | {"kind": "Något annat"}, 422),
        ("PUT", "admin/units/ny", unit | {"owner_type": "ingen"}, 422),
        ("PUT", "admin/units/annan", unit, 422),
        ("PUT", "admin/units/N%00y", unit | {"code": "N\x00y"}, 422),
        ("PUT", "admin/units/%C3%85", unit | {"code": "Å"}, 422),
        ("POST", "admin/accounts", {"login": "cim", "name": "Cim två"}, 409),
        ("POST", "admin/accounts", {"login": "ny", "name": "Ny", "title": "\x00"}, 422),
        ("POST", "admin/accounts", {"login": "ny", "name": "Ny", "password": "kort"}, 409),
        ("POST", "admin/accounts", {"login": "   ", "name": "Ny"}, 409),
        ("PATCH", cim, {"name": None}, 422),
        ("PATCH", cim, {"name": ""}, 422),
        ("PATCH", cim, {"title": None}, 422),
        ("PATCH", cim, {"active": None}, 422),
        ("PATCH", cim, {"email": "ingen adress"}, 422),
        ("PATCH", nowhere, {"title": "x"}, 404),
        ("PUT", f"{cim}/roles", {"role": "staff"}, 409),
        ("PUT", f"{cim}/roles", {"role": "staff", "unit": "finns-inte"}, 409),
        ("PUT", f"{cim}/roles", {"role": "staff", "unit": "\x00"}, 422),
        ("PUT", f"{cim}/roles", {"role": "kung", "unit": "solrosen"}, 422),
        ("PUT", f"{nowhere}/roles", {"role": "staff", "unit": "solrosen"}, 404),
        ("POST", f"{nowhere}/tokens", {"name": "x"}, 404),
        ("POST", f"{cim}/tokens", {"name": "\x00"}, 422),
        ("GET", f"{nowhere}/tokens", {}, 404),
    )
    for method, path, form, status in odd:
        answer = await town.adam.ask(method, path, json=form)
        try:
            problem(answer, status)
        except AssertionError as fault:
            raise AssertionError((method, path, form, status)) from fault
    assert (await town.cim.get("me")).json()["roles"] == {"staff": ["solrosen"]}


async def test_a_new_unit_takes_reports_at_once_and_a_closed_one_none(town):
    unit = {"code": "ny", "name": "Ny", "kind": "home_care", "owner_type": "in_house"}
    problem(await town.cim.file(unit="ny"), 422, "unknown_unit")
    assert (await town.adam.ask("PUT", "admin/units/ny", json=unit)).status_code == 204
    assert (await town.cim.file(unit="ny")).status_code == 201
    closed = unit | {"active": False}
    assert (await town.adam.ask("PUT", "admin/units/ny", json=closed)).status_code == 204
    problem(await town.cim.file(unit="ny"), 422, "unknown_unit")


async def test_a_role_that_is_withdrawn_reaches_no_longer(town):
    case_id = await town.cim.case()
    role = {"role": Role.UNIT_MANAGER, "unit": "solrosen"}
    path = f"admin/accounts/{town.alice.account_id}/roles"
    assert (await town.alice.get(f"cases/{case_id}")).status_code == 200
    assert (await town.adam.ask("DELETE", path, json=role)).status_code == 204
    problem(await town.alice.get(f"cases/{case_id}"), 403)


async def test_a_login_that_is_odd_is_refused_in_words(town):
    odd = (
        ({"login": "a\x00", "password": "b\x00"}, 401),
        ({"login": "", "password": ""}, 401),
        ({"login": "x" * 201, "password": "x"}, 422),
        ({"login": "cim", "password": "x" * 1001}, 422),
        ({"login": "cim"}, 422),
        ({"login": "cim", "password": "x" * 2_000_000}, 413),
    )
    for form, status in odd:
        problem(await town.nobody.ask("POST", "login", json=form), status)
    raw = (
        (b'{"login": "a\\ud800", "password": "x"}', 422),
        (b'{"login": "\xff"}', 400),
        (b'{"login": ', 422),
        (b"[" * 100_000, 400),
        (b'{"login": ' + b"9" * 5000 + b"}", 400),
    )
    kind = {"Content-Type": "application/json"}
    for content, status in raw:
        answer = await town.nobody.ask("POST", "login", content=content, headers=kind)
        problem(answer, status)
        assert "kontrollera" in answer.text.lower() or "läsa" in answer.text, answer.text
    broken = problem(
        await town.nobody.ask("POST", "login", content=b'{"login": ', headers=kind), 422
    )
    assert broken["errors"] == [
        {"field": "", "says": "Det som skickades går inte att läsa som JSON."}
    ]
    problem(await town.nobody.ask("GET", "login"), 405)
    problem(await town.nobody.ask("GET", "finns-inte"), 404)
