"""The list "Att göra" as pages: who sees what, filters in the address, one thing for many."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

from sqlalchemy import event, text

from events import Role
from infra import clock
from infra.db import engine, transaction
from infra.people.identity import forget_actors
from services.execute import Given, execute
from services.queue import EVERYTHING, ONLY
from services.trace import new_trace
from services.web.pages.queue import listing
from services.web.pages.queue.acts import ACTS
from services.web.pages.queue.bulk import MAY_BE_MANY
from services.web.pages.queue.views import DESKS, VIEWS
from services.web.pages.visitor import COOKIE
from tests.people import assessed, days, rows
from tests.test_queue_api import _overdue as overdue
from workflows.access import COMMANDS, GENERAL
from workflows.commands import ReportUndeliverable, SuggestClassification
from workflows.rules import urgency
from workflows.terms import labels

OURS = {"Sec-Fetch-Site": "same-origin"}
SECRET = "Sven Hemligsson föll i duschen"


class Desk:
    """Somebody at the pages, with a session in the cookie as a browser has it."""

    def __init__(self, person):
        self.person = person

    async def get(self, address="/att-gora"):
        return await self._ask("GET", address)

    async def post(self, address, **form):
        return await self._ask("POST", address, data=form)

    async def _ask(self, method, address, **more):
        cookie = {"Cookie": f"{COOKIE}={self.person.token}"} | OURS
        return await self.person.client.request(method, address, headers=cookie, **more)


def seen(page):
    """The cases of a page's list, in its order."""
    return re.findall(
        r'<th scope="row"><a(?: id="first")? href="/arende/([0-9a-f-]{36})"', page
    )


def chips(page):
    """The count on each chip, by its view."""
    return {
        view: int(count)
        for view, count in re.findall(
            r'href="/att-gora\?v=(\w+)[^"]*"[^>]*>[^<]+<b>(\d+)</b>', page
        )
    }


def words(page):
    """What the page says, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def suggestion():
    return SuggestClassification(
        at=clock.now(),
        by="system:classify",
        category="utebliven_insats",
        confidence=0.9,
        model="test",
    )


async def given(case_id, command):
    async with transaction() as session:
        await execute(session, Given(case_id, command, new_trace()))


# The tables


def test_every_role_that_reads_a_queue_has_a_desk_of_known_views():
    assert DESKS.keys() == GENERAL["read-queue"]
    for desk in DESKS.values():
        assert desk.views
        assert set(desk.views) <= VIEWS.keys()
        assert desk.expects.endswith(".")


def test_every_view_narrows_by_something_there_is_and_nothing_is_without_a_view():
    assert {it.only for it in VIEWS.values()} == {EVERYTHING, *ONLY}


def test_every_flag_has_words():
    assert urgency.FLAGS.keys() == labels.FLAGS.keys()


def test_nothing_that_ends_judges_or_answers_may_be_done_to_many():
    assert {it.action for it in ACTS.values()} == set(MAY_BE_MANY)
    for action in COMMANDS:
        if action.startswith(
            ("close", "assess", "answer", "confirm", "decide", "take", "merge")
        ):
            assert action not in MAY_BE_MANY


# Who sees what


async def test_the_list_is_for_those_who_read_a_queue(town):
    for person in (town.cim, town.adam, town.nils):
        for address in ("/att-gora", "/att-gora/nytt"):
            assert (await Desk(person).get(address)).status_code == 403
        assert (await Desk(person).post("/att-gora/valda", gor="mig")).status_code == 403
    away = await town.client.get("/att-gora?v=nya")
    assert away.headers["location"] == "/logga-in?till=/att-gora%3Fv%3Dnya"
    assert (await town.client.get("/att-gora/nytt")).status_code == 204


async def test_a_line_says_what_and_where_and_never_who_or_what_was_told(town):
    ours = await town.cim.case(text=SECRET, about="Sven i rum 4", harm="serious")
    hinted = await town.cim.case(text=SECRET, category="larm")
    elsewhere = await town.sas.case(unit="bjorken")
    await town.olga.done(ours, "assign", owner=town.alice.account_id)

    page = (await Desk(town.alice).get()).text

    assert set(seen(page)) == {str(ours), str(hinted)}
    assert str(elsewhere) not in page
    said = words(page)
    for part in ("Avvikelse , Solrosen", "Larm eller telefon , Solrosen", "Mottaget", "Du"):
        assert part in said
    assert "Allvarligt enligt rapportören" in said
    for secret in (SECRET, "Sven", "rum 4", "Hemligsson", "Cim"):
        assert secret not in said
    assert "<title>Att göra – Avvik</title>" in page
    others = words((await Desk(town.olga).get("/att-gora?v=alla")).text)
    assert "Alice" in others  # who answers for it is told to colleagues


async def test_what_is_only_suggested_says_so_until_it_is_confirmed(town):
    case_id = await town.cim.case()
    await given(case_id, suggestion())
    before = words((await Desk(town.alice).get()).text)
    assert "Utebliven insats , Solrosen Förslag Ny" in before

    await town.alice.done(case_id, "confirm-classification", category="utebliven_insats")

    after = words((await Desk(town.alice).get()).text)
    assert "Utebliven insats , Solrosen Ny" in after


async def test_each_role_begins_with_what_it_must_do_and_is_told_what_that_is(town):
    people = {
        Role.UNIT_MANAGER: town.alice,
        Role.OPERATIONS_MANAGER: town.olga,
        Role.SAS: town.sas,
        Role.MAS: town.mas,
        Role.DECISION_MAKER: await town.somebody(Role.DECISION_MAKER),
        Role.REGISTRAR: await town.somebody(Role.REGISTRAR),
    }
    for role, person in people.items():
        answer = await Desk(person).get()
        assert answer.status_code == 200, role
        desk = DESKS[role]
        assert desk.expects in unescape(answer.text)
        assert list(chips(answer.text)) == list(desk.views)
        current = re.search(r'href="/att-gora\?v=(\w+)[^"]*" aria-current', answer.text)
        assert current
        assert current[1] == desk.views[0]
        for view in VIEWS:  # any view may be asked for, and shared
            assert (await Desk(person).get(f"/att-gora?v={view}")).status_code == 200


async def test_grave_and_late_ones_need_the_operations_manager(town):
    plain, late, grave = [await town.cim.case() for _ in range(3)]
    await overdue(late)
    await assessed(town.alice, grave, 4, 3)

    assert seen((await Desk(town.olga).get()).text) == [str(late), str(grave)]
    assert str(plain) in (await Desk(town.olga).get("/att-gora?v=alla")).text


async def test_misconduct_waits_for_registrar_and_sas(town):
    registrar = await town.somebody(Role.REGISTRAR)
    decides = await town.somebody(Role.DECISION_MAKER)
    await town.cim.case()
    case_id = await town.cim.case(lex_sarah=True, harm="serious")

    assert seen((await Desk(registrar).get()).text) == [str(case_id)]
    assert str(case_id) in seen((await Desk(town.sas).get()).text)
    assert seen((await Desk(decides).get()).text) == []

    await town.sas.done(
        case_id, "register", registry_number="SN 2026/12", registered_on=days(0)
    )

    assert seen((await Desk(registrar).get()).text) == []


# Filters in the address


async def test_chips_count_what_they_show(town):
    new, late, mine, urgent = [
        await town.cim.case(harm=harm)
        for harm in ("near_miss", "near_miss", "near_miss", "serious")
    ]
    await overdue(late)
    await town.alice.done(mine, "assign", owner=town.alice.account_id)
    desk = Desk(town.alice)

    counted = chips((await desk.get()).text)

    shown = {view: seen((await desk.get(f"/att-gora?v={view}")).text) for view in counted}
    assert {view: len(found) for view, found in shown.items()} == counted
    assert shown["alla"][0] == str(late)
    assert shown["sena"] == [str(late)]
    assert shown["mina"] == [str(mine)]
    assert shown["allvarliga"] == [str(urgent)]
    assert set(shown["nya"]) == {str(new), str(late), str(urgent)}


async def test_mine_are_also_those_of_whom_i_stand_in_for_and_in_other_units(town):
    case_id = await town.sas.case(unit="bjorken")
    await town.bo.done(case_id, "assign", owner=town.bo.account_id)
    answer = await town.bo.ask(
        "PUT",
        "me/substitute",
        json={
            "substitute_id": str(town.alice.account_id),
            "starts_on": days(0),
            "ends_on": days(3),
        },
    )
    assert answer.status_code in (200, 201, 204), answer.text
    forget_actors()

    assert seen((await Desk(town.alice).get("/att-gora?v=mina")).text) == [str(case_id)]


async def test_a_list_narrows_by_unit_and_kind_but_never_beyond_reach(town):
    ours = await town.cim.case()
    theirs = await town.sas.case(unit="bjorken")
    desk = Desk(town.olga)

    only = await desk.get("/att-gora?v=alla&enhet=bjorken&slag=deviation")
    assert seen(only.text) == [str(theirs)]
    assert chips(only.text)["alla"] == 1
    assert seen((await desk.get("/att-gora?v=alla&slag=complaint")).text) == []
    assert seen((await Desk(town.alice).get("/att-gora?v=alla&enhet=bjorken")).text) == []
    assert seen((await Desk(town.alice).get("/att-gora?v=bluff&slag=bluff")).text) == [
        str(ours)
    ]


async def test_a_long_list_goes_on_where_it_ended(town, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 2)
    cases = [str(await town.cim.case()) for _ in range(5)]
    desk = Desk(town.alice)
    address, met = "/att-gora?v=nya", []
    while address:
        page = (await desk.get(address)).text
        met += seen(page)
        more = re.search(r'href="([^"]+)">Visa fler', page)
        address = unescape(more[1]) if more else ""

    assert sorted(met) == sorted(cases)
    strange = await desk.get("/att-gora?efter=bluff")
    assert strange.status_code == 200
    assert "Här är den från början" in strange.text


async def test_ended_cases_can_be_found_again(town):
    open_one, ended = await town.cim.case(), await town.cim.case()
    await town.alice.done(
        ended,
        "reroute",
        route="work_environment",
        receiver="Skyddsombudet",
        reason="Gäller arbetsmiljön.",
    )
    page = (await Desk(town.alice).get("/att-gora?v=avslutade")).text

    assert seen(page) == [str(ended)]
    assert "Lämnat vidare" in words(page)
    assert 'name="case"' not in page
    assert seen((await Desk(town.bo).get("/att-gora?v=avslutade")).text) == []
    assert seen((await Desk(town.sas).get("/att-gora?v=avslutade")).text) == [str(ended)]
    assert str(open_one) not in page


async def test_a_number_leads_to_its_case_and_nothing_else_can_be_sought(town):
    case_id = await town.cim.case()
    [row] = await rows("SELECT number FROM read.case_index")
    short = re.sub(r"-0+", "-", row.number)
    desk = Desk(town.alice)
    for typed in (row.number, row.number.lower(), f" {row.number} ", short):
        found = await desk.post("/att-gora/sok", q=typed)
        assert found.headers["location"] == f"/arende/{case_id}", typed
    linked = await desk.get(f"/att-gora?q={row.number}")
    assert linked.headers["location"] == f"/arende/{case_id}"

    for typed, says in (("Sven Svensson", "Namn och text"), ("A-2026-99999", "inget ärende")):
        missed = await desk.post("/att-gora/sok", q=typed, fran="v=nya")
        assert missed.status_code == 422
        assert says in missed.text
        assert f'value="{typed}"' in missed.text
        assert "<title>Fel: " in missed.text
        assert seen(missed.text) == [str(case_id)]


# Kept for oneself


async def test_a_filter_is_saved_under_a_name_shown_and_removed(town):
    desk = Desk(town.olga)
    kept = await desk.post(
        "/att-gora/filter", namn=" Björken  sent ", fran="v=sena&enhet=bjorken&efter=x&q=Sven"
    )
    assert kept.headers["location"] == "/att-gora?v=sena&enhet=bjorken&gjort=sparat"
    page = (await desk.get(kept.headers["location"])).text
    assert "Filtret är sparat." in page
    leads = 'href="/att-gora?v=sena&amp;enhet=bjorken" aria-current="true"'
    assert f'<a class="chip" {leads}>Björken sent</a>' in page
    assert "Björken sent" not in (await Desk(town.sas).get()).text

    await desk.post("/att-gora/filter", namn="Björken sent", fran="v=nya")
    again = (await desk.get()).text
    assert '<a class="chip" href="/att-gora?v=nya">Björken sent</a>' in again
    assert again.count('class="chip"') == len(DESKS[Role.OPERATIONS_MANAGER].views) + 2

    await desk.post("/att-gora/filter/bort", namn="Björken sent", fran="v=nya")
    assert "Björken sent" not in (await desk.get()).text


async def test_a_filter_without_a_name_gives_the_list_back_and_says_so(town):
    case_id = await town.cim.case()
    desk = Desk(town.alice)
    for name in ("", "x" * 41, "rad\u0007"):
        answer = await desk.post("/att-gora/filter", namn=name, fran="v=nya")
        assert answer.status_code == 422
        assert 'href="#namn"' in answer.text
        assert seen(answer.text) == [str(case_id)]
    for n in range(12):
        await desk.post("/att-gora/filter", namn=f"Filter {n}", fran="v=nya")
    full = await desk.post("/att-gora/filter", namn="Ett till", fran="v=nya")
    assert "Ta bort ett först" in full.text


async def test_single_keys_are_switched_off_for_oneself(town):
    await town.cim.case()
    desk = Desk(town.alice)
    assert 'data-keys="on"' in (await desk.get()).text

    await desk.post("/att-gora/kortkommandon", pa="nej", fran="v=nya")

    off = (await desk.get()).text
    assert 'data-keys="off"' in off
    assert "Slå på kortkommandon" in off
    assert 'data-keys="on"' in (await Desk(town.olga).get("/att-gora?v=alla")).text


# One thing for many


async def owners():
    return {
        str(it.case_id): it.owner
        for it in await rows("SELECT case_id, owner FROM read.case_index")
    }


async def test_several_become_mine_and_each_says_how_it_went(town):
    first, second = await town.cim.case(), await town.cim.case()
    misconduct = await town.cim.case(lex_sarah=True, harm="serious")
    theirs = await town.sas.case(unit="bjorken")
    page = await Desk(town.alice).post(
        "/att-gora/valda",
        gor="mig",
        fran="v=nya",
        case=[str(it) for it in (first, second, misconduct, theirs, "bluff", uuid4())],
    )

    assert page.status_code == 200
    assert "2 av 3 är gjorda" in page.text
    assert page.text.count("Gjort. Du är ansvarig.") == 2
    assert "Inte gjort. Du har inte behörighet" in page.text
    assert 'href="/att-gora?v=nya"' in page.text
    after = await owners()
    assert after[str(first)] == after[str(second)] == town.alice.account_id
    assert after[str(theirs)] is None
    assert after[str(misconduct)] != town.alice.account_id
    assert str(theirs) not in page.text


async def test_somebody_is_chosen_for_several_on_a_page_that_names_them(town):
    cases = [str(await town.cim.case()) for _ in range(2)]
    desk = Desk(town.alice)

    asked = await desk.post("/att-gora/valda", gor="tilldela", case=cases)
    assert asked.status_code == 200
    assert all(f'name="case" value="{it}"' in asked.text for it in cases)
    assert "Bo" not in re.findall(r"<option[^>]*>(\w+)", asked.text)  # does not work there
    assert set((await owners()).values()) == {None}

    unsaid = await desk.post("/att-gora/valda", gor="tilldela", case=cases, klart="ja")
    assert unsaid.status_code == 422
    assert "Välj en person." in unsaid.text
    assert "<title>Fel: " in unsaid.text

    done = await desk.post(
        "/att-gora/valda",
        gor="tilldela",
        case=cases,
        klart="ja",
        owner=str(town.cim.account_id),
    )
    assert "2 av 2 är gjorda" in done.text
    assert set((await owners()).values()) == {town.cim.account_id}


async def test_several_are_tied_to_the_first(town):
    first, *others = [str(await town.cim.case()) for _ in range(3)]
    desk = Desk(town.alice)
    alone = await desk.post("/att-gora/valda", gor="koppla", case=[first])
    assert alone.status_code == 422
    assert "Välj minst två ärenden." in alone.text

    form = {"gor": "koppla", "case": [first, *others], "klart": "ja"}
    unsaid = await desk.post("/att-gora/valda", **form, other=str(uuid4()), kind="pattern")
    assert unsaid.status_code == 422
    done = await desk.post("/att-gora/valda", **form, other=first, kind="pattern")

    assert "2 av 2 är gjorda" in done.text
    linked = await rows("SELECT case_id, body FROM event WHERE type = 'case.linked'")
    assert {str(it.case_id) for it in linked} == set(others)
    assert {(it.body["other"], it.body["kind"]) for it in linked} == {(first, "pattern")}


async def test_the_next_target_that_may_wait_waits_in_each(town):
    case_id = await town.cim.case()
    late = await town.cim.case()
    await overdue(late)
    cases = [str(case_id), str(late)]
    desk = Desk(town.alice)

    asked = await desk.post("/att-gora/valda", gor="skjut-upp", case=cases)
    assert "Bedömningen" in asked.text
    form = {"gor": "skjut-upp", "case": cases, "klart": "ja"}
    wrong = await desk.post("/att-gora/valda", **form, until="", reason="Vi väntar.")
    assert wrong.status_code == 422
    assert "Ange en dag." in wrong.text
    assert ">Vi väntar.</textarea>" in wrong.text

    done = await desk.post("/att-gora/valda", **form, until=days(30), reason="Vi väntar.")

    assert "2 av 2 är gjorda" in done.text
    paused = await rows(
        "SELECT case_id, body->>'code' AS code FROM event WHERE type = 'case.deadline_paused'"
    )
    # What was missed can't wait any more: there the next one does.
    assert {(str(it.case_id), it.code) for it in paused} == {
        (str(case_id), "triage"),
        (str(late), "answer_reporter"),
    }
    again = await desk.post("/att-gora/valda", **form, until=days(1), reason="Vi väntar.")
    assert "Inte gjort. Tiden väntar redan till" in again.text


async def test_nothing_ticked_or_nothing_known_gives_the_list_back(town):
    case_id = str(await town.cim.case())
    desk = Desk(town.alice)
    for form, says in (
        ({"gor": "mig"}, "Välj minst ett ärende först."),
        ({"gor": "close", "case": case_id}, "Välj vad du vill göra."),
        ({"gor": "assess-severity", "case": case_id}, "Välj vad du vill göra."),
        ({"case": case_id}, "Välj vad du vill göra."),
    ):
        answer = await desk.post("/att-gora/valda", **form)
        assert answer.status_code == 422
        assert says in answer.text
        assert seen(answer.text) == [case_id]
    assert await rows("SELECT 1 FROM event WHERE sequence > 2 AND type = 'case.closed'") == []


async def test_who_may_do_nothing_to_many_has_nothing_to_tick(town):
    await town.cim.case(lex_sarah=True, harm="serious")
    registrar = await town.somebody(Role.REGISTRAR)
    page = (await Desk(registrar).get()).text
    assert seen(page)
    assert 'name="case"' not in page
    assert 'name="gor"' not in page


# Signals


async def test_silence_and_cases_that_nobody_knows_of_are_said_at_the_top(town):
    case_id = await town.cim.case()
    async with transaction() as session:
        await session.execute(
            text("UPDATE unit SET created_at = :at WHERE code = 'bjorken'"),
            {"at": clock.now() - timedelta(days=120)},
        )
    await given(
        case_id,
        ReportUndeliverable(
            at=clock.now(), by="system:notify", notice="received", to=Role.UNIT_MANAGER
        ),
    )
    registrar = await town.somebody(Role.REGISTRAR)

    said = words((await Desk(town.olga).get()).text)

    assert "Björken: 120 dagar utan rapport. Det är en signal, inte ett gott tecken." in said
    assert "1 ärende har ingen blivit nådd om." in said
    assert seen((await Desk(town.olga).get("/att-gora?v=onadda")).text) == [str(case_id)]
    assert "dagar utan rapport" not in (await Desk(town.alice).get()).text
    assert "dagar utan rapport" not in (await Desk(registrar).get()).text


async def test_a_long_list_takes_no_more_statements_than_a_short_one(town):
    asked = []

    def count(_, __, statement, *___):
        asked.append(statement)

    event.listen(engine().sync_engine, "before_cursor_execute", count)
    try:
        await town.cim.case()
        await Desk(town.alice).get()
        short, asked[:] = len(asked), []
        for _ in range(5):
            case_id = await town.cim.case()
            await town.alice.done(case_id, "assign", owner=town.cim.account_id)
        asked.clear()
        page = await Desk(town.alice).get()
    finally:
        event.remove(engine().sync_engine, "before_cursor_execute", count)
    assert len(seen(page.text)) == 6
    assert "Cim" in page.text
    assert len(asked) <= 7
    assert short
