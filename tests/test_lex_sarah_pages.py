"""Misconduct in a browser without scripts, from the report to IVO's decision, by each role."""

import re
from datetime import timedelta

import pytest

from events import OwnerType, Role
from infra import clock
from infra.db import transaction
from infra.people.units import UnitData, keep_unit
from services.documents.complete import NEEDS
from services.web.pages.lex_sarah.checklist import PLACES
from services.web.pages.lex_sarah.road import MISCONDUCT, NOTIFICATION
from services.web.pages.lex_sarah.way_on import _PROBES
from tests.misconduct import employed
from tests.paper_browser import Browser
from tests.people import count, days, rows
from workflows.access import COMMANDS
from workflows.rules.calendar import ZONE
from workflows.terms.points import TO_INVESTIGATE

MARK = "MARKÖRORD"
DETAILS = {
    "sender-name": "Socialnämnden",
    "sender-municipality": "Norrvik",
    "sender-org_number": "212000-0000",
    "sender-address": "Storgatan 1",
    "sender-postal_code": "999 99",
    "sender-town": "Norrvik",
    "sender-contact-name": "Ingrid Malm",
    "sender-contact-title": "SAS",
    "sender-contact-phone": "070-174 06 10",
    "operation-address": "Solvägen 2",
    "operation-municipality": "Norrvik",
    "operation-kind": "Hemtjänst",
    "began": "2026-11-20T07:30",
    "signer_name": "Per Åkesson",
    "signer_title": "Socialchef",
}


def now():
    """This moment as a form has it."""
    at = clock.now().astimezone(ZONE) - timedelta(minutes=1)
    return at.strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
async def cast(town):
    return await employed(town)


async def reported(town, **more):
    return await town.cim.case(lex_sarah=True, harm="serious", text=f"{MARK}: larmet.", **more)


async def investigated(sas, registrar, case_id):
    """From the report to the eight points, one form at a time."""
    await sas.step(case_id, "receive-lex-sarah", protection="Larmet återlämnades.")
    await registrar.step(
        case_id, "register", registry_number="SN 2026/12", registered_on=days(0)
    )
    await sas.step(case_id, "start-investigation")
    for point in TO_INVESTIGATE:
        await sas.step(
            case_id,
            f"add-note?point={point}",
            nature="fact",
            words=f"Om {point}.",
            source="Samtal",
        )
    for question in ("individual_informed", "noted_in_file", "police_report"):
        await sas.step(
            case_id, f"answer-question?question={question}", yes="ja", reason="Samma dag."
        )


async def test_a_whole_life_through_pages_from_the_report_to_ivos_decision(town, cast):
    sas, decider = Browser(town.sas), Browser(cast.decider)
    registrar, alice = Browser(cast.registrar), Browser(town.alice)
    case_id = await reported(town)
    told = await alice.open(f"/arende/{case_id}")
    assert "Du får veta att rapporten finns" in told.says
    assert not told.leads_to("/take-position")
    assert not told.leads_to("/receive-lex-sarah")

    await investigated(sas, registrar, case_id)
    before = len(sas.pages)  # until then whoever receives the report sees who reported
    page = await sas.open(f"/arende/{case_id}")
    assert "8 av 9 punkter" in page.says
    assert "Det saknas 1 punkt" in page.says
    assert "Larmet återlämnades." in page.says
    await sas.step(case_id, "confirm-classification", category="larm_telefoni")
    await sas.step(case_id, "assess-severity", cell="4x2", reason="Kunde ha dött.")
    await sas.step(case_id, "add-cause", area="procedurer_rutiner", words="Ingen rutin.")
    asked = await sas.open(f"/arende/{case_id}/add-measure")
    [cause] = [it for it in asked.form("/add-measure").choices["causes"] if it]
    await sas.send(
        asked,
        "/add-measure",
        causes=[cause],
        kind="rutin",
        words="En rutin skrivs.",
        expected_effect="Inget larm tas tillbaka.",
        owner=town.alice.account_id,
        due_on=days(3),
        follow_up_on=days(10),
    )
    page = await sas.step(
        case_id, "take-position", outcome="serious_misconduct", reason="Livsfara."
    )
    assert "9 av 9 punkter" in page.says
    assert "Den som har utrett kan inte själv besluta." in page.says
    assert (await sas.raw(f"/lex-sarah/{case_id}/beslut.pdf")).status_code == 404
    page = await decider.step(
        case_id,
        "decide-lex-sarah",
        outcome="serious_misconduct",
        reason="Livsfara.",
        delegation="4.2",
    )
    assert "Klass Missförhållande Allvarligt Ja Anmält till IVO Nej" in page.says
    assert "Rätt att besluta enligt: 4.2" in page.says
    for name in ("utredning", "beslut"):
        pdf = await sas.raw(f"/lex-sarah/{case_id}/{name}.pdf")
        assert pdf.content.startswith(b"%PDF-")
        assert "attachment" in pdf.headers["content-disposition"]

    [ivo] = {it[8:] for it in page.links if re.fullmatch("/arende/[0-9a-f-]{36}", it)}
    await _notified(sas, decider, registrar, ivo)

    measure = (await alice.open(f"/arende/{case_id}/complete-measure")).form(
        "/complete-measure"
    )
    [promise] = [it for it in measure.choices["measure_id"] if it]
    await alice.step(case_id, "complete-measure", measure_id=promise)
    row = (await sas.open("/lex-sarah?vy=atgarder")).says
    assert "✓ Gjord" in row
    assert "Följ upp" in row
    await sas.step(
        case_id, "follow-up-measure", measure_id=promise, effect="ja", words="Inga fler."
    )
    await sas.step(case_id, "verify-measures", words="Rutinen finns och följs.")
    page = await sas.open(f"/arende/{case_id}")
    assert "Svara rapportören, eller skriv varför det inte går." in page.says
    await sas.step(case_id, "answer-reporter", words="Tack. Larmet är tillbaka.")
    page = await sas.step(case_id, "close")
    assert "Avslutat" in page.says or "avslutat" in page.says

    seen = [it for who in (decider, registrar, alice) for it in who.pages] + sas.pages[before:]
    named = {it.path for it in seen if "Cim" in it.html or str(town.cim.account_id) in it.html}
    # There a name is one of all who work in the unit and can be given a measure.
    assert named <= {f"/arende/{case_id}/add-measure"}
    board = await sas.open(f"/lex-sarah?vy=tavla&ar={days(0)[:4]}")
    assert "Avslutade 1" in board.says
    assert "IVO har beslutat" in board.says


async def _notified(sas, decider, registrar, ivo):
    await registrar.step(ivo, "register", registry_number="SN 2026/13", registered_on=days(0))
    page = await sas.open(f"/arende/{ivo}")
    assert "Avvik skickar inget till IVO" in page.says
    assert "Vem som anmäler saknas." in page.says
    form = await sas.open(f"/lex-sarah/{ivo}/underlag")
    page = await sas.send(form, "/underlag", **DETAILS | {"signer_title": ""})
    assert "Kontroll, version 1: 1 uppgift saknas" in page.says
    assert "Underlaget är inte komplett." in page.says
    form = await sas.open(f"/lex-sarah/{ivo}/underlag")
    assert form.form("/underlag").holds["sender-contact-phone"] == ["070-174 06 10"]
    page = await sas.send(form, "/underlag", signer_title="Socialchef")
    assert "Kontroll, version 2: inget saknas" in page.says
    assert "Organisationsnummer 212000-0000" in page.says
    assert "Inte bekräftat" in page.says
    assert page.leads_to(f"/lex-sarah/{ivo}/underlag/2.zip")
    assert (await sas.raw(page.images[0])).content.startswith(b"\x89PNG")
    page = await sas.step(ivo, "approve-pack")
    assert "En annan person ska också godkänna samma version." in page.says
    assert "✓ Sas" in page.says
    page = await decider.step(ivo, "approve-pack")
    assert "Godkänd av Sas och" in page.says
    page = await registrar.step(
        ivo,
        "submit-notification",
        submitted_at=now(),
        how="e_service",
        ivo_number="3.1.2-01234/2026",
        receipt="Kvittens 4711",
    )
    assert "3.1.2-01234/2026" in page.says
    page = await registrar.step(
        ivo, "request-supplement", answer_by=days(20), words="Skicka rutinen."
    )
    assert "Begäran 1 väntar på svar." in page.says
    await registrar.step(
        ivo,
        "answer-supplement",
        request_id=_request(page),
        answered_at=now(),
        how="post",
        words="Rutinen.",
    )
    await registrar.step(
        ivo, "register-ivo-decision", decided_on=days(0), decision="closed", words="Räcker."
    )
    page = await sas.step(ivo, "close")
    assert "Avslutas" not in page.says


def _request(page):
    [request] = {it.partition("request_id=")[2] for it in page.links if "request_id=" in it}
    return request


async def test_the_board_is_for_those_who_follow_misconduct_in_their_own_units(town, cast):
    here, there = await reported(town), await town.bo.case(unit="bjorken", lex_sarah=True)
    numbers = {}
    for case_id in (here, there):
        numbers[case_id] = (await town.sas.get(f"cases/{case_id}")).json()["number"]
    far = await town.somebody(Role.OPERATIONS_MANAGER, "bjorken")

    for person in (town.sas, cast.decider, cast.registrar, town.olga):
        board = await Browser(person).open("/lex-sarah")
        assert board.status == 200
        assert all(it in board.says for it in numbers.values())
    board = await Browser(far).open("/lex-sarah?vy=tavla")
    assert numbers[there] in board.says
    assert numbers[here] not in board.says
    for person in (town.alice, town.cim, town.mas, town.adam, town.nils):
        assert (await Browser(person).open("/lex-sarah")).status == 403
    answer = await Browser(town.nobody).raw("/lex-sarah")
    assert answer.headers["location"].startswith("/logga-in")


async def test_the_board_counts_and_tells_no_content_so_nothing_is_read(town, cast):
    sas = Browser(town.sas)
    case_id = await reported(town)
    number = (await town.sas.get(f"cases/{case_id}")).json()["number"]
    before = await count("access_log")

    for view in ("lista", "tavla", "atgarder", "ivo", "vantar"):
        page = await sas.open(f"/lex-sarah?vy={view}")
        assert page.status == 200
        assert MARK not in page.html
        assert "Cim" not in page.html
        if view in ("lista", "tavla"):
            assert f"{number}" in page.says
            assert "dag 0 av 30" in page.says
            assert "0 av 9 punkter" in page.says
            assert "Skydd saknas" in page.says
            assert page.leads_to(f"/arende/{case_id}/require-ivo-notification")
    assert await count("access_log") == before

    await town.sas.done(case_id, "require-ivo-notification", reason="Livsfara.")
    page = await sas.open("/lex-sarah?vy=tavla")
    assert "Ska anmälas till IVO" in page.says
    assert not page.leads_to("/require-ivo-notification")
    notices = await sas.open("/lex-sarah?vy=ivo")
    assert number in notices.says
    assert "Inte framtaget" in notices.says


async def test_the_board_narrows_to_ones_own_to_a_unit_and_to_a_year(town, cast):
    sas = Browser(town.sas)
    mine, others = await reported(town), await town.bo.case(unit="bjorken", lex_sarah=True)
    await town.sas.done(mine, "assign", owner=town.sas.account_id)

    own = await sas.open("/lex-sarah?ansvarig=jag")
    assert own.leads_to(f"/arende/{mine}")
    assert not own.leads_to(f"/arende/{others}")
    assert own.leads_to("/lex-sarah?vy=tavla&ansvarig=jag")
    unit = await sas.open("/lex-sarah?enhet=bjorken")
    assert unit.leads_to(f"/arende/{others}")
    assert not unit.leads_to(f"/arende/{mine}")
    this = int(days(0)[:4])
    assert (await sas.open(f"/lex-sarah?ar={this}")).leads_to(f"/arende/{mine}")
    assert "Inga lex Sarah-ärenden här." in (await sas.open(f"/lex-sarah?ar={this - 1}")).says
    odd = await sas.open("/lex-sarah?vy=x&ar=åååå&enhet=finnsinte&ansvarig=x")
    assert odd.status == 200


async def test_an_investigator_without_the_role_finds_what_is_theirs_and_no_more(town, cast):
    far = await town.somebody(Role.QUALITY_COORDINATOR)
    case_id = await reported(town)
    assert (await Browser(far).open("/lex-sarah?ansvarig=jag")).status == 403
    await town.sas.done(case_id, "receive-lex-sarah", protection="Extra tillsyn.")
    await town.sas.done(case_id, "assign", owner=far.account_id)

    assert (await Browser(far).open("/lex-sarah?ansvarig=jag")).leads_to(f"/arende/{case_id}")
    assert (await Browser(far).open("/lex-sarah")).status == 403


async def test_who_is_partial_does_not_see_the_case_on_the_board(town, cast):
    case_id = await reported(town)
    other = await town.somebody(Role.SAS)
    assert (await Browser(other).open("/lex-sarah")).leads_to(f"/arende/{case_id}")

    await town.sas.done(case_id, "recuse", person=other.account_id, reason="Var med.")

    for view in ("lista", "tavla", "atgarder", "ivo"):
        assert not (await Browser(other).open(f"/lex-sarah?vy={view}")).leads_to(f"{case_id}")


async def test_what_waits_for_sas_is_listed_for_sas_alone(town, cast):
    case_id = await town.cim.case(harm="serious")
    await town.alice.done(case_id, "confirm-classification", category="omsorg")
    await town.alice.done(
        case_id, "assess-severity", consequence=4, likelihood=3, reason="Livsfara."
    )

    page = await Browser(town.sas).open("/lex-sarah?vy=vantar")
    assert page.leads_to(f"/arende/{case_id}/take-sas-position")
    assert "Väntar på SAS 1" in page.says
    assert not (await Browser(cast.decider).open("/lex-sarah?vy=vantar")).leads_to(f"{case_id}")
    await Browser(town.sas).step(case_id, "take-sas-position", lex_sarah="nej", reason="Nej.")
    assert "Inget väntar" in (await Browser(town.sas).open("/lex-sarah?vy=vantar")).says


async def test_a_correction_and_what_it_corrects_point_at_each_other(town, cast):
    sas = Browser(town.sas)
    case_id = await reported(town)
    await town.sas.done(case_id, "receive-lex-sarah", protection="Extra tillsyn.")
    await town.sas.done(case_id, "start-investigation")
    told = {"nature": "fact", "source": "Samtal"}
    page = await sas.step(case_id, "add-note?point=causes", words="Fel dag.", **told)
    [link] = [it for it in page.links if "corrects=" in it]

    page = await sas.step(case_id, link.rpartition("/")[2], words="Rätt dag.", **told)

    assert "Rättad. Läs anteckningen från" in page.says
    assert "Rättar anteckningen från" in page.says
    ids = [it for it in page.links if it.startswith("#note-")]
    assert len(ids) == 2
    assert all(f'id="{it[1:]}"' in page.html for it in ids)


async def required(town):
    """A notification that is required, before anybody has made a pack."""
    case_id = await reported(town)
    case = await town.sas.done(case_id, "require-ivo-notification", reason="Livsfara.")
    return case_id, case["links"][0]


async def test_a_pack_form_that_is_wrong_comes_back_whole(town, cast):
    sas = Browser(town.sas)
    _, ivo = await required(town)
    form = await sas.open(f"/lex-sarah/{ivo}/underlag")
    assert form.form("/underlag").holds["sender-municipality"] == ["Norrvik"]

    page = await sas.send(
        form, "/underlag", **DETAILS | {"began": "i går", "sender-name": "x" * 201}
    )

    assert page.status == 422
    assert "<title>Fel: Underlag till IVO" in page.html
    assert "#began" in page.links
    assert "”Nämnd eller företag” är för långt." in page.says
    holds = page.form("/underlag").holds
    assert holds["sender-town"] == ["Norrvik"]
    assert holds["began"] == ["i går"]
    page = await sas.send(page, "/underlag", **{"began": "", "sender-name": "Socialnämnden"})
    assert "Underlaget, version 1" in page.says
    assert "Socialnämnden i Norrvik" in page.says


async def test_two_who_fill_in_a_pack_lose_nothing(town, cast):
    _, ivo = await required(town)
    other = Browser(await town.somebody(Role.SAS))
    sas = Browser(town.sas)
    mine = await sas.open(f"/lex-sarah/{ivo}/underlag")
    theirs = await other.open(f"/lex-sarah/{ivo}/underlag")
    await other.send(theirs, "/underlag", **{"sender-town": "Norrvik"})

    page = await sas.send(mine, "/underlag", **DETAILS)

    assert page.status == 409
    assert "Version 1 togs fram medan du skrev" in page.says
    assert page.form("/underlag").holds["sender-address"] == ["Storgatan 1"]
    page = await sas.send(page, "/underlag")
    assert "Underlaget, version 2" in page.says
    assert "Storgatan 1" in page.says


async def test_what_has_changed_since_a_version_was_made_is_told(town, cast):
    sas = Browser(town.sas)
    case_id, ivo = await required(town)
    form = await sas.open(f"/lex-sarah/{ivo}/underlag")
    page = await sas.send(form, "/underlag", **DETAILS)
    assert "Ärendet har ändrats" not in page.says

    await town.sas.done(case_id, "receive-lex-sarah", protection="Extra tillsyn i natt.")

    page = await sas.open(f"/arende/{ivo}")
    assert "Ärendet har ändrats sedan version 1 togs fram." in page.says
    assert "vidtagna åtgärder" in page.says
    assert "Extra tillsyn i natt." not in page.says  # it is not in the version that stands


async def test_a_packs_pages_are_for_readers_of_the_case_and_each_reading_is_kept(town, cast):
    sas = Browser(town.sas)
    _, ivo = await required(town)
    form = await sas.open(f"/lex-sarah/{ivo}/underlag")
    page = await sas.send(form, "/underlag", **DETAILS)
    first = page.images[0]
    assert first == f"/lex-sarah/{ivo}/underlag/1/sida/1.png"

    drawn = [await sas.raw(it) for it in page.images]

    assert all(it.headers["content-type"] == "image/png" for it in drawn)
    assert all(it.headers["cache-control"] == "no-store" for it in drawn)
    assert len({it.content for it in drawn}) == len(drawn)
    after = first.replace("/1.png", f"/{len(drawn) + 1}.png")
    for path in (after, first.replace("underlag/1/", "underlag/2/")):
        assert (await sas.open(path)).status == 404
    read = await rows("SELECT what FROM access_log WHERE what = 'ivo_pack.read'")
    assert len(read) == len(drawn) + 2
    for path in (first, f"/lex-sarah/{ivo}/underlag/1.zip", f"/lex-sarah/{ivo}/underlag"):
        assert (await Browser(town.alice).open(path)).status == 403
        assert (await Browser(town.nobody).raw(path)).status_code == 303
    assert (await Browser(cast.registrar).open(f"/lex-sarah/{ivo}/underlag")).status == 403
    assert (await Browser(cast.registrar).raw(first)).status_code == 200


async def test_a_private_provider_is_asked_whether_the_board_was_told(town, cast):
    async with transaction() as session:
        await keep_unit(
            session, UnitData("vide", "Vide", "home_care", OwnerType.PRIVATE, "Vide AB")
        )
    case_id = await town.sas.case(unit="vide", lex_sarah=True)
    sas = Browser(town.sas)

    page = await sas.open(f"/arende/{case_id}")
    assert "Nämnden informerad om rapporten Nej" in page.says
    page = await sas.step(
        case_id, "inform-board?news=report", informed_at=now(), words="Ringde."
    )

    assert "Nämnden informerad om rapporten Ja," in page.says


def test_every_lack_of_a_pack_has_a_place_where_it_is_mended():
    assert {it.code for it in NEEDS} | {"attachment_unsendable"} == set(PLACES)


def test_every_step_of_the_road_can_be_foretold():
    steps = {it.action for it in (*MISCONDUCT, *NOTIFICATION)}
    assert steps - {"draft-pack"} == set(_PROBES)
    assert set(_PROBES) <= set(COMMANDS)
