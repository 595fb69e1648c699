"""The administrator's pages: units, people, absences and health, and never a case."""

import re
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import text

from events import Role
from infra.db import transaction
from infra.people import accounts as people
from infra.stream import quarantine
from services.handlers import HANDLERS
from services.intake.subscriber import NAME as INTAKE
from services.web.app import create_app
from services.web.pages.admin.change_words import WHAT
from services.web.pages.admin.held_words import CONSUMERS
from services.web.pages.visitor import COOKIE
from tests.pages import follow, see, send, value_of
from tests.people import count, places, rows

STORY = "Ytterst hemlig berättelse om kvällsbesöket."
UNIT = {
    "code": "granbacken",
    "name": "Granbacken",
    "kind": "home_care",
    "owner_type": "in_house",
    "provider": "",
    "on_call_phone": "070-174 06 07",
}


def _flat(routes):
    for route in routes:
        yield from (
            route.original_router.routes if hasattr(route, "original_router") else [route]
        )


ROUTES = sorted(
    (method, route.path)
    for route in _flat(create_app().routes)
    if isinstance(route, APIRoute) and route.path.startswith("/admin")
    for method in route.methods
)


def filled(path, town, case_id):
    known = {
        "{code}": "solrosen",
        "{account_id}": str(town.cim.account_id),
        "{substitution_id}": str(uuid4()),
        "{token_id}": str(uuid4()),
        "{row_id}": "1",
        "{family}": "klagomal",
        "{case_id}": str(case_id),
    }
    for name, value in known.items():
        path = path.replace(name, value)
    assert "{" not in path, path
    return path


async def test_every_page_is_the_administrators_alone(town):
    case_id = await town.cim.case()
    assert len(ROUTES) > 30
    for role in Role:
        if role is Role.ADMIN:
            continue
        somebody = await town.somebody(role, *places(role, "solrosen"))
        for method, path in ROUTES:
            address = filled(path, town, case_id)
            if method == "GET":
                page = await see(somebody, address, 403)
            else:
                page = await send(somebody, address, 403)
            assert "Du har inte behörighet" in page, (role, path)
    for method, path in ROUTES:
        address = filled(path, town, case_id)
        if method == "GET":
            answer = await town.client.get(address)
            assert answer.headers["location"].startswith("/logga-in?till="), path
        else:
            await send(town.nobody, address, 401)
    assert await count("admin_change") == 0


async def test_no_page_holds_anything_of_a_case(town):
    case_id = await town.cim.case(text=STORY, about="Kund Kundsson")
    await town.alice.get(f"cases/{case_id}")
    await _undeliverable(case_id, town.alice.account_id)
    async with transaction() as session:
        await quarantine.put(
            session,
            consumer="classify",
            event_id=uuid4(),
            case_id=case_id,
            reason="TimeoutError",
            tries=3,
        )
    read_before = await count("access_log")
    [number] = (await rows("SELECT number FROM report_receipt"))[0]
    seen = ""
    for method, path in ROUTES:
        if method == "GET":
            page = await see(town.adam, filled(path, town, case_id))
            assert "berättelse om" not in page, path
            assert "Kundsson" not in page, path
            seen += page
    assert f"{number}</td>" in seen  # its number, so that somebody can be asked
    assert str(case_id) not in seen  # and no way to it
    assert await count("access_log") == read_before


async def _undeliverable(case_id, account_id):
    async with transaction() as session:
        await session.execute(
            text(
                "INSERT INTO notice (event_id, case_id, code, role, account_id, words, trace,"
                " state, tries, reason) VALUES (:event, :case, 'received', 'unit_manager',"
                " :account, 'x', 'x', 'undeliverable', 8, 'mailbox_unknown')"
            ),
            {"event": uuid4(), "case": case_id, "account": account_id},
        )


async def test_a_unit_filled_in_wrong_comes_back_whole(town):
    wrong = UNIT | {"code": "Gran Backen", "name": "", "owner_type": "private"}

    page = await send(town.adam, "/admin/ny-enhet", 422, **wrong)

    assert "<title>Fel: " in page
    assert [it in page for it in ('href="#name"', 'href="#code"', 'href="#provider"')] == [
        True
    ] * 3
    assert value_of(page, "code") == "Gran Backen"
    assert value_of(page, "on_call_phone") == "070-174 06 07"
    assert '<option value="home_care" selected>' in page
    assert 'value="private" checked' in page
    taken = await send(town.adam, "/admin/ny-enhet", 422, **(UNIT | {"code": "solrosen"}))
    assert "Koden är upptagen." in taken
    assert await count("unit", "code NOT IN ('solrosen', 'bjorken', 'granen')") == 0


async def test_a_unit_without_anybody_who_receives_is_told_loudly(town):
    alarm = "Ingen tar emot rapporter från Granbacken."

    page = await follow(town.adam, await send(town.adam, "/admin/ny-enhet", **UNIT))

    assert "Enheten är tillagd." in page
    assert alarm in page
    assert alarm in await see(town.adam, "/admin/enheter")
    assert "Granbacken har ingen enhetschef" in await see(town.adam, "/admin")
    grant = f"/admin/personer/{town.bo.account_id}/roller"
    await send(town.adam, grant, role="unit_manager", unit="granbacken")
    for path in ("/admin/enheter", "/admin/enheter/granbacken"):
        assert alarm not in await see(town.adam, path)
    where = await send(town.adam, f"{grant}/bort", role="unit_manager", unit="granbacken")
    assert alarm in await follow(town.adam, where)


async def test_a_unit_is_changed_closed_and_opened_but_keeps_its_code(town):
    path = "/admin/enheter/solrosen"
    assert 'href="/qr/solrosen"' in await see(town.adam, path)

    await send(town.adam, path, **(UNIT | {"name": "Nya Solrosen", "code": "annan"}))
    page = await follow(town.adam, await send(town.adam, f"{path}/stang"))

    assert "Enheten är stängd." in page
    [row] = await rows("SELECT name, active, on_call_phone FROM unit WHERE code = 'solrosen'")
    assert tuple(row) == ("Nya Solrosen", False, "070-174 06 07")
    assert (await town.cim.file()).status_code == 422
    await send(town.adam, f"{path}/oppna")
    assert (await town.cim.file()).status_code == 201
    await see(town.adam, "/admin/enheter/finns-inte", 404)


async def test_a_person_gets_a_first_password_that_is_shown_once(town):
    form = {"login": "Dag", "name": "Dag Ek", "title": "Vårdbiträde", "password": "new"}

    page = await send(town.adam, "/admin/ny-person", 200, **form)

    password = re.search(r'id="password">([^<]+)<', page)[1]
    login = {"login": "dag", "password": password}
    assert (await town.nobody.ask("POST", "login", json=login)).status_code == 200
    listed = await send(town.adam, "/admin/personer", 200, sok="vårdbiträde dag")
    assert "Dag Ek" in listed
    assert "Olga" not in listed
    assert "Saknar roll" in listed
    person = re.search(r'href="(/admin/personer/[^"]+)">Dag Ek', listed)[1]
    assert password not in await see(town.adam, person)
    again = await send(town.adam, f"{person}/losenord", 200)
    assert password not in again
    assert (await town.nobody.ask("POST", "login", json=login)).status_code == 401
    without = form | {"login": "maskin", "password": "none"}
    assert "konto utan lösenord" in await send(town.adam, "/admin/ny-person", 200, **without)


async def test_a_person_filled_in_wrong_comes_back_whole(town):
    wrong = {"login": "", "name": "Dag Ek", "email": "ingen adress", "title": "Vårdbiträde"}

    page = await send(town.adam, "/admin/ny-person", 422, **wrong)

    for says in ("Skriv ett användarnamn.", "Skriv en e-postadress", "Välj om personen"):
        assert says in page
    assert value_of(page, "name") == "Dag Ek"
    assert value_of(page, "email") == "ingen adress"
    taken = {"login": "cim", "name": "Cim två", "password": "none"}
    assert "är upptaget." in await send(town.adam, "/admin/ny-person", 422, **taken)
    path = f"/admin/personer/{town.cim.account_id}"
    page = await send(town.adam, path, 422, name="", title="Ny titel", email="x")
    assert "Skriv personens namn." in page
    assert value_of(page, "title") == "Ny titel"


async def test_a_persons_particulars_can_be_changed_and_taken_away(town):
    path = f"/admin/personer/{town.cim.account_id}"
    await send(town.adam, path, name="Cim Ny", title="Undersköterska", email="")
    await send(town.adam, path, name="Cim Ny", title="", email="")
    async with transaction() as session:
        cim = await people.person(session, town.cim.account_id)
    assert (cim.name, cim.title, cim.email) == ("Cim Ny", "", None)


async def test_a_role_that_is_held_somewhere_asks_for_its_unit(town):
    path = f"/admin/personer/{town.nils.account_id}"

    page = await send(town.adam, f"{path}/roller", 422, role="staff", unit="")

    assert "Rollen Medarbetare gäller alltid en enhet." in page
    assert '<option value="staff" selected>' in page
    assert "Välj en roll." in await send(town.adam, f"{path}/roller", 422, role="", unit="")
    await send(town.adam, f"{path}/roller", role="staff", unit="bjorken")
    assert "Björken" in await see(town.adam, path)
    await send(town.adam, f"{path}/roller", role="sas", unit="")
    assert "Alla enheter</td>" in await see(town.adam, path)


async def test_nobody_gives_oneself_a_role_or_closes_the_own_account(town):
    path = f"/admin/personer/{town.adam.account_id}"
    page = await see(town.adam, path)
    assert "Be en annan administratör ändra dina egna roller." in page
    await send(town.adam, f"{path}/roller", 409, role="sas", unit="")
    await send(town.adam, f"{path}/stang", 409)
    assert "Administration" in await see(town.adam, "/admin")


async def test_a_token_is_shown_once_and_only_to_who_reads_no_case(town):
    path = f"/admin/personer/{town.cim.account_id}"
    assert "Skriv vilket system" in await send(town.adam, f"{path}/token", 422, token="")

    page = await send(town.adam, f"{path}/token", 200, token="Larmsystemet")

    token = re.search(r"avk_[\w-]+", page)[0]
    town.nobody.token = token
    assert (await town.nobody.get("me")).json()["login"] == "cim"
    page = await see(town.adam, path)
    assert token not in page
    [revoke] = re.findall(rf'action="({path}/token/[^"]+)"', page)[:1]
    await send(town.adam, revoke)
    assert (await town.nobody.get("me")).status_code in (200, 401)
    sas = f"/admin/personer/{town.sas.account_id}/token"
    assert "Kontot kan läsa ärenden." in await send(town.adam, sas, 422, token="x")


async def test_who_is_away_and_whom_the_chain_reaches_is_listed(town):
    first = {"starts_on": "2026-01-01", "ends_on": "2190-01-01"}
    away = {"account_id": str(town.alice.account_id), **first}

    page = await send(town.adam, "/admin/ny-franvaro", 422, account_id="", starts_on="")
    assert "Välj vem som är borta." in page
    turned = away | {"starts_on": "2190-01-02"}
    page = await send(town.adam, "/admin/ny-franvaro", 422, **turned)
    assert "Sista dagen är före den första." in page
    assert value_of(page, "starts_on") == "2190-01-02"

    await send(
        town.adam,
        "/admin/ny-franvaro",
        **away,
        substitute_id=str(town.bo.account_id),
    )
    page = await see(town.adam, "/admin/franvaro")
    assert re.search(r"Alice.*Bo", page, re.DOTALL)
    back = {"account_id": str(town.bo.account_id), "substitute_id": str(town.alice.account_id)}
    await send(town.adam, "/admin/ny-franvaro", **back, **first)
    page = await see(town.adam, "/admin/franvaro")
    assert page.count("Ingen: kedjan går runt") == 2
    assert "Är borta, ingen ersätter" in await see(town.adam, "/admin/enheter")
    vacant = {"unit": "bjorken", "role": "unit_manager", **first}
    await send(town.adam, "/admin/ny-vakans", **vacant, substitute_id=str(town.cim.account_id))
    ends = re.findall(r'action="(/admin/franvaro/[^"]+/slut)"', page)
    await send(town.adam, ends[0])
    assert "kedjan går runt" not in await see(town.adam, "/admin/franvaro")
    await send(town.adam, f"/admin/franvaro/{uuid4()}/slut", 404)


async def test_what_waits_in_quarantine_is_told_in_words_and_tried_again(town):
    case_id = await town.cim.case()
    [event] = (await rows("SELECT event_id FROM event LIMIT 1"))[0]
    async with transaction() as session:
        await quarantine.put(
            session,
            consumer="classify",
            event_id=event,
            case_id=case_id,
            reason="TimeoutError",
            tries=9,
        )
    assert "1 meddelande i karantän." in await see(town.adam, "/admin")
    page = await see(town.adam, "/admin/karantan")
    assert "Förslaget på kategori" in page
    assert "(TimeoutError)" in page
    retry = re.search(r'action="(/admin/karantan/\d+/forsok)"', page)[1]
    page = await follow(town.adam, await send(town.adam, retry))
    assert "försöks igen" in page
    assert "Karantänen är tom." in page
    again = await follow(town.adam, await send(town.adam, retry))
    assert "inget kvar att försöka" in again


async def test_undelivered_notices_say_which_to_whom_and_why(town):
    case_id = await town.cim.case()
    assert "Inget mejl har kommit tillbaka." in await see(town.adam, "/admin/aviseringar")
    await _undeliverable(case_id, town.alice.account_id)
    page = await see(town.adam, "/admin/aviseringar")
    for says in ("Ny avvikelse", "Alice", "Enhetschef", "mailbox_unknown", "Solrosen"):
        assert says in page


async def test_the_log_of_readings_is_filtered_and_names_who_read(town):
    one, other = await town.cim.case(), await town.cim.case(unit="bjorken")
    await town.olga.get(f"cases/{one}")
    await town.sas.get(f"cases/{other}")
    await town.cim.get(f"reports/{one}")
    numbers = {row.case_id: row.number for row in await rows("SELECT * FROM read.case_index")}

    def who(page):
        return re.findall(r'data-label="Vem">([^<]+)<', page)

    assert who(await see(town.adam, "/admin/laslogg")) == ["Cim", "Sas", "Olga"]
    asked = f"/admin/laslogg?arende={numbers[other]}"
    assert who(await see(town.adam, asked)) == ["Sas"]
    asked = f"/admin/laslogg?enhet=solrosen&person={town.olga.account_id}&sedan=2026-01-01"
    assert who(await see(town.adam, asked)) == ["Olga"]
    page = await see(town.adam, "/admin/laslogg?arende=A-1999-1&sedan=snart&person=x")
    assert who(page) == []
    assert page.count('class="error"') == 3
    assert value_of(page, "arende") == "A-1999-1"


async def test_a_manager_reviews_the_own_units_and_not_who_reported(town):
    case_id = await town.cim.case()
    await town.olga.get(f"cases/{case_id}")
    await town.cim.get(f"reports/{case_id}")

    page = await see(town.alice, "/laslogg")

    assert "Olga" in page
    assert "Cim" not in page
    await see(town.alice, "/laslogg?enhet=bjorken", 403)
    for who in (town.cim, town.olga, town.sas):
        await see(who, "/laslogg?enhet=solrosen", 403)


async def test_texts_are_shown_beside_each_other_and_what_waits_is_marked(town):
    page = await see(town.adam, "/admin/texter")
    assert "ändras i en ny version, inte här" in page
    assert "English är inte granskad." in page
    page = await see(town.adam, "/admin/texter/klagomal")
    assert "Väntar på kommunens jurist" in page
    assert '<span lang="en" dir="ltr">' in page
    await see(town.adam, "/admin/texter/finns-inte", 404)


async def test_the_overview_says_what_to_do_and_is_glad_when_all_is_well(town):
    page = await see(town.adam, "/admin")
    assert "1 person saknar roll" in page
    assert 'href="/admin/personer?urval=utan-roll"' in page
    assert "E-post är inte inställd" in page
    assert "AVVIK_SMTP_URL" not in page
    without = await see(town.adam, "/admin/personer?urval=utan-roll")
    assert "Nils" in without
    assert "Olga" not in without
    await send(town.adam, f"/admin/personer/{town.nils.account_id}/stang")
    assert "saknar roll" not in await see(town.adam, "/admin")
    assert "Nils" in await see(town.adam, "/admin/personer?urval=stangda")


async def test_every_change_is_written_down_by_whom_and_without_names(town):
    unit = await follow(town.adam, await send(town.adam, "/admin/ny-enhet", **UNIT))
    assert "Granbacken" in unit
    new = {"login": "dag.ek", "name": "Dag Ek", "email": "dag@ek.example", "password": "new"}
    page = await send(town.adam, "/admin/ny-person", 200, **new)
    person = re.search(r'href="(/admin/personer/[0-9a-f-]{36})"', page)[1]
    await send(town.adam, person, name="Dag Alm", title="", email="alm@ek.example")
    await send(town.adam, f"{person}/roller", role="staff", unit="granbacken")
    await send(town.adam, f"{person}/token", 200, token="Larm")
    await send(town.adam, f"{person}/stang")
    again = {key: it for key, it in UNIT.items() if key != "code"}
    await town.adam.ask("PUT", "admin/units/granbacken", json=UNIT | {"provider": None})
    await send(town.adam, "/admin/enheter/granbacken", **again)

    written = await rows("SELECT what, by, about, before, after FROM admin_change ORDER BY id")

    assert [it.what for it in written] == [
        "unit.added",
        "account.added",
        "account.changed",
        "role.granted",
        "token.issued",
        "account.changed",
    ]  # what changed nothing is no change
    assert {it.by for it in written} == {town.adam.account_id}
    assert written[2].before == {"name": "set", "email": "set"}
    assert written[2].after == {"name": "changed", "email": "changed"}
    assert written[5].after == {"active": False}
    told = str([tuple(it) for it in written])
    for secret in ("Dag", "Ek", "Alm", "example", "dag.ek", "avk_", "070-174"):
        assert secret not in told
    page = await see(town.adam, "/admin/andringar")
    assert "Dag Alm" in page  # looked up, as the person is called today
    assert "E-post: ändrat" in page
    assert "Roll: Medarbetare" in page
    assert "Öppet: ja → nej" in page
    about = await see(town.adam, "/admin/andringar?om=granbacken")
    assert about.count("<tr>") == 2
    older = await see(town.adam, f"/admin/andringar?fran={await count('admin_change')}")
    assert "Stäng" not in older


def test_everything_that_waits_or_changes_has_words():
    assert CONSUMERS.keys() == {it.name for it in HANDLERS} | {INTAKE}
    assert all(says for says in WHAT.values())


@pytest.mark.parametrize("cursor", ["x", "0", "99999999999999999999"])
async def test_an_odd_place_in_a_list_is_never_a_fault(town, cursor):
    for path in ("/admin/andringar", "/admin/laslogg"):
        answer = await town.client.get(
            f"{path}?fran={cursor}", headers={"Cookie": f"{COOKIE}={town.adam.token}"}
        )
        assert answer.status_code in (200, 422), path
