"""The page about oneself: roles, absence, notices, shortcuts, and the password."""

import re

import pytest

from events import Role
from infra.db import transaction
from infra.people import accounts as people
from infra.people.preferences import SINGLE_KEYS, preferences
from services.web.pages.visitor import COOKIE
from tests.pages import follow, see, send, value_of
from tests.people import followed, rows, settled

DAYS = {"starts_on": "2026-01-01", "ends_on": "2190-01-01"}
PASSWORD = "en lång mening som ingen gissar"
NEWER = "en annan mening som ingen gissar"


async def test_everybody_who_is_logged_in_sees_themselves(town):
    for who, says in (
        (town.alice, "Enhetschef: Solrosen"),
        (town.cim, "Medarbetare: Solrosen"),
        (town.adam, "Systemadministratör: alla enheter"),
        (town.nils, "Du har ingen roll än."),
    ):
        page = await see(who, "/jag")
        assert f"<h1>{who.login.title()}</h1>" in page
        assert says in page
    assert (await town.client.get("/jag")).headers["location"] == "/logga-in?till=/jag"


async def test_one_chooses_a_colleague_to_stand_in_and_comes_back(town):
    other = await town.somebody(Role.UNIT_MANAGER, "solrosen")
    page = await see(town.alice, "/jag")
    choices = re.search(r'id="substitute_id".*?</select>', page, re.DOTALL)[0]
    assert str(other.account_id) in choices
    assert "Olga" in choices  # leads her
    for who in (town.alice, town.bo, town.adam, town.cim):
        assert str(who.account_id) not in choices

    chosen = {"substitute_id": str(other.account_id), **DAYS}
    page = await follow(town.alice, await send(town.alice, "/jag/franvaro", **chosen))

    assert "Frånvaron är sparad." in page
    assert "får dina meddelanden" in page
    assert value_of(page, "ends_on") == "2190-01-01"
    assert "Du ersätter Alice just nu." in await see(other, "/jag")
    page = await follow(town.alice, await send(town.alice, "/jag/franvaro/slut"))
    assert "får dina meddelanden" not in page
    [kept, ended] = await rows("SELECT what, by FROM admin_change ORDER BY id")
    assert (kept.what, ended.what) == ("substitution.kept", "substitution.ended")
    assert kept.by == town.alice.account_id


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        (DAYS | {"ends_on": "2025-12-31"}, "ends_on", "Sista dagen är före den första."),
        (DAYS | {"starts_on": ""}, "starts_on", "Ange första dagen."),
        (DAYS | {"ends_on": "snart"}, "ends_on", "Ange sista dagen."),
        (DAYS | {"substitute_id": "x"}, "substitute_id", "Välj en person på listan."),
    ],
)
async def test_an_absence_filled_in_wrong_comes_back_whole(town, fields, field, says):
    page = await send(town.alice, "/jag/franvaro", 422, **fields)

    assert f'<a href="#{field}">{says}</a>' in page
    for name in ("starts_on", "ends_on"):
        assert value_of(page, name) == fields[name]


async def test_nobody_lends_cases_to_somebody_who_is_no_colleague(town):
    form = {"substitute_id": str(town.cim.account_id), **DAYS}
    page = await send(town.alice, "/jag/franvaro", 422, **form)
    assert "Be en administratör lägga in ersättaren." in page


async def test_own_notices_lead_to_the_case_and_nobody_elses_are_there(town, stream):
    async with followed(stream):
        case_id = await town.cim.case()
        await settled()

    page = await see(town.alice, "/jag")

    assert f'href="/arende/{case_id}">Ny avvikelse på Solrosen.' in page
    assert "Du har inga meddelanden." in await see(town.bo, "/jag")


async def test_single_keys_are_switched_off_and_on(town):
    async def on():
        async with transaction() as session:
            return (await preferences(session, town.alice.account_id)).get(SINGLE_KEYS)

    assert "De är på." in await see(town.alice, "/jag")
    page = await follow(
        town.alice, await send(town.alice, "/jag/kortkommandon", shortcuts="nej")
    )
    assert "De är av." in page
    assert await on() is False
    await send(town.alice, "/jag/kortkommandon", shortcuts="ja")
    assert await on() is True
    assert "Kortkommandon" not in await see(town.cim, "/jag")


async def test_a_new_password_needs_the_one_of_today_and_logs_others_out(town):
    async with transaction() as session:
        await people.change_account(session, town.alice.account_id, password=PASSWORD)
    here, there = [
        (
            await town.nobody.ask(
                "POST", "login", json={"login": "alice", "password": PASSWORD}
            )
        ).json()["token"]
        for _ in range(2)
    ]
    town.alice.token = here
    wrong = await send(town.alice, "/jag/losenord", 422, current="fel", chosen=NEWER)
    assert "Det lösenord du har i dag stämmer inte." in wrong
    assert NEWER not in wrong
    short = await send(town.alice, "/jag/losenord", 422, current=PASSWORD, chosen="kort")
    assert "mellan 12 och 200 tecken" in short

    answer = await town.client.post(
        "/jag/losenord",
        data={"current": PASSWORD, "chosen": NEWER},
        headers={"Cookie": f"{COOKIE}={here}", "Sec-Fetch-Site": "same-origin"},
    )

    town.alice.token = re.search(rf"{COOKIE}=([^;]+)", answer.headers["set-cookie"])[1]
    assert "Lösenordet är bytt." in await follow(town.alice, answer.headers["location"])
    for token in (here, there):
        town.nobody.token = token
        assert (await town.nobody.get("me")).status_code == 401


async def test_guessing_the_password_of_today_is_closed_after_five(town):
    async with transaction() as session:
        await people.change_account(session, town.cim.account_id, password=PASSWORD)
    town.cim.token = (
        await town.nobody.ask("POST", "login", json={"login": "cim", "password": PASSWORD})
    ).json()["token"]
    for _ in range(5):
        await send(town.cim, "/jag/losenord", 422, current="fel", chosen=NEWER)
    page = await send(town.cim, "/jag/losenord", 422, current=PASSWORD, chosen=NEWER)
    assert "För många försök." in page
