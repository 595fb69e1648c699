"""A suggestion from the report to the page, the list and the numbers: it only ever suggests."""

import orjson

from events import Alternative, ComplaintKind, Route
from infra.db import transaction
from services.execute import Given, execute
from services.suggestions import earned, kinds_earned
from services.trace import new_trace
from services.web.pages.desk.guess import guess_of
from tests import samples
from tests.command_line import avvik
from tests.outsiders import told
from tests.page_forms import desk, said
from tests.people import followed, rows, settled
from tests.samples import lived, submit


def guess(**given):
    return guess_of(lived(submit(), samples.suggest(**given))[-1])


def test_a_suggestion_says_how_often_such_ones_are_right_and_never_always():
    it = guess(
        category="omsorg",
        confidence=0.99,
        alternatives=(
            Alternative(label="omsorg", confidence=0.99),
            Alternative(label="larm_telefoni", confidence=0.06),
            Alternative(label="bemotande", confidence=0.01),
        ),
    )
    assert it.title == "Förslag: Omsorg"
    assert it.sure == "Av hundra sådana förslag brukar 99 vara rätt."
    assert it.else_ == "Annars kanske larm/telefoni (6 %)."


def test_without_a_suggestion_it_says_what_was_nearest():
    it = guess(confidence=0.4, alternatives=(Alternative(label="omsorg", confidence=0.4),))
    assert (it.title, it.sure) == ("Inget förslag", "")
    assert it.else_ == "Närmast ligger omsorg (40 %)."
    assert guess_of(None).title == "Inget förslag"


def test_what_is_no_deviation_is_said_with_where_it_belongs():
    it = guess(suggested_route=Route.WORK_ENVIRONMENT, confidence=0.9, route_confidence=0.8)
    assert it.title == "Förslag: Ingen avvikelse, arbetsmiljö"
    assert it.route is Route.WORK_ENVIRONMENT
    assert (
        guess(suggested_route=Route.NOT_A_DEVIATION, route_confidence=0.4).title
        == "Förslag: Ingen avvikelse"
    )


def test_an_older_suggestion_has_no_share_to_tell_and_its_route_is_no_label():
    old = guess(suggested_route=Route.HEALTH_CARE, confidence=0.2)
    assert (old.title, old.sure, old.route) == ("Inget förslag", "", None)
    assert guess(category="omsorg", confidence=0.41).sure == ""


def test_possible_misconduct_is_said_with_how_likely_it_is():
    assert guess(possible_lex_sarah=True, lex_sarah_confidence=0.34).lex_sarah == (
        "Kan vara lex Sarah. Av hundra sådana rapporter brukar 34 vara det."
    )
    assert guess(possible_lex_sarah=True).lex_sarah == "Kan vara lex Sarah."
    assert guess().lex_sarah == ""


def test_the_kind_of_what_somebody_outside_said_is_a_choice_of_staff():
    assert guess(kind="praise").kind is ComplaintKind.PRAISE
    grave = guess(kind="misconduct")
    assert (grave.kind, grave.kind_says) == (
        ComplaintKind.COMPLAINT,
        "Möjligt missförhållande",
    )


async def filed(town, text, **more):
    return await town.cim.case(text=text, **more)


async def shown(town, case_id):
    return (await desk(town.alice).page(f"/arende/{case_id}")).answer.text


async def test_from_the_report_to_the_page_the_list_and_the_numbers(town, stream):
    alarm = await filed(town, "Larmknappen var ur funktion hela natten.")
    bitten = await filed(town, "Kollegan blev biten av brukaren, skyddsombudet är kontaktat.")
    vague = await filed(town, "Något hände.")
    wrong = await filed(town, "Larmet svarade inte i natt.")
    async with followed(stream):
        await settled()
        page = said(await shown(town, alarm))
        assert "Förslag: Larm/telefoni" in page
        assert "Av hundra sådana förslag brukar" in page
        assert "→ Larm/telefoni" in page
        page = await shown(town, bitten)
        assert "Förslag: Ingen avvikelse, arbetsmiljö" in said(page)
        assert f"/arende/{bitten}/reroute?route=work_environment" in page
        assert "Inget förslag" in said(await shown(town, vague))
        items = (await town.alice.get("queue", unit="solrosen")).json()["items"]
        of = {it["case_id"]: it for it in items}
        assert of[str(vague)]["flags"].count("unclassified") == 1
        assert "unclassified" not in of[str(bitten)]["flags"]
        assert of[str(bitten)]["suggested_route"] == "work_environment"
        listed = said((await desk(town.alice).page("/att-gora?vy=oklassade")).answer.text)
        assert "Oklassade" in listed

        await town.alice.done(alarm, "confirm-classification", category="larm_telefoni")
        case = await town.alice.done(wrong, "confirm-classification", category="omsorg")
        assert case["timeline"][-1]["fact"]["agreed"] is False
        await town.alice.done(
            bitten, "assess-severity", consequence=1, likelihood=1, reason="Lindrigt."
        )
        await town.alice.done(
            bitten,
            "reroute",
            route="work_environment",
            receiver="Skyddsombud",
            reason="Det drabbade personal.",
        )
        await settled()

    async with transaction() as session:
        by = {it.label: it for it in await earned(session)}
    assert (by["larm_telefoni"].confirmed, by["larm_telefoni"].changed) == (1, 1)
    assert by["larm_telefoni"].share == 0.5
    assert (by["not_a_deviation"].confirmed, by["not_a_deviation"].changed) == (1, 0)
    assert (by["none"].confirmed, by["none"].waiting) == (0, 1)
    assert by["omsorg"].share is None
    numbers = (await town.adam.get("/metrics")).text
    assert 'avvik_suggestions{outcome="confirmed",suggested="larm_telefoni"} 1.0' in numbers
    assert 'avvik_suggestions{outcome="waiting",suggested="none"} 1.0' in numbers
    report = avvik("report").stdout
    assert "Förslag som en människa har bekräftat" in report
    assert any("Larm/telefoni" in it and "1 av 2" in it for it in report.splitlines()), report


async def test_what_is_passed_on_beside_says_nothing_of_the_suggestion(town, stream):
    case_id = await filed(town, "Larmknappen var ur funktion hela natten.")
    async with followed(stream):
        await settled()
        await town.alice.done(
            case_id, "assess-severity", consequence=1, likelihood=1, reason="Lindrigt."
        )
        await town.alice.done(
            case_id,
            "reroute",
            route="child_at_risk",
            receiver="Mottagningen",
            reason="Ett barn bor där.",
        )
        await settled()

    [[agreed]] = await rows(
        "SELECT agreed FROM read.case_count WHERE case_id = :id", id=case_id
    )
    assert agreed is None


async def test_what_somebody_outside_said_gets_a_kind_that_staff_confirm(town, stream):
    await told(
        town.nobody,
        text="Tack för all fin hjälp med pappa, ni är fantastiska!",
        answer_way="none",
    )
    async with followed(stream):
        await settled()
        [case] = (await town.alice.get("queue", unit="solrosen")).json()["items"]
        seen = (await town.alice.get(f"cases/{case['case_id']}")).json()
        assert seen["suggestion"]["kind"] == "praise"
        page = await shown(town, case["case_id"])
        assert "Förslag: beröm" in said(page)
        assert "set-complaint-kind?kind=praise" in page
        await town.alice.done(case["case_id"], "set-complaint-kind", kind="praise")
        await settled()

    async with transaction() as session:
        by = {it.label: it for it in await kinds_earned(session)}
    assert (by["praise"].confirmed, by["praise"].changed) == (1, 0)


async def test_grave_words_are_seen_on_a_complaint_that_has_no_category(town, stream):
    receipt = await told(town.nobody, text="Jag vill inte leva längre.", answer_way="none")
    async with followed(stream):
        await settled()
    case = (await town.alice.get(f"cases/{receipt['case_id']}")).json()
    assert case["suggestion"]["category"] is None
    page = said(await shown(town, receipt["case_id"]))
    assert "Orden kan betyda fara just nu." in page


async def test_a_new_model_never_changes_what_a_person_has_said(town):
    case_id = await filed(town, "Larmknappen var ur funktion.")
    await town.alice.done(case_id, "confirm-classification", category="omsorg")
    later = samples.suggest(model="sv-3", category="larm_telefoni", confidence=0.9)
    async with transaction() as session:
        await execute(session, Given(case_id, later, new_trace()))

    case = (await town.alice.get(f"cases/{case_id}")).json()
    assert (case["category"], case["suggestion"]) == ("omsorg", None)


async def test_a_file_of_texts_is_classified_and_judged(tmp_path):
    file = tmp_path / "texts.jsonl"
    file.write_text(
        '{"id": 7, "text": "Larmknappen var ur funktion.", "category": "larm_telefoni"}\n'
        '{"text": "Larmknappen var ur funktion.", "category": "omsorg",'
        ' "category2": "sekretess"}\n'
        '{"text": "Något.", "category": "sekretess", "possible_lex_sarah": false}\n'
    )
    first, *_ = avvik("classify", file).stdout.splitlines()
    answer = avvik("evaluate", file)

    assert answer.returncode == 0, answer.stderr
    line, judged = orjson.loads(first), orjson.loads(answer.stdout)
    assert (line["id"], line["suggested"], line["label"]) == (7, True, "larm_telefoni")
    assert {it["label"] for it in line["evidence"]} >= {"larm_telefoni"}
    assert line["model"] == judged["model"]
    assert (judged["texts"], judged["right"]) == (3, 1)
    assert judged["confusions"][0]["is"] == "omsorg"
    assert judged["wrong"][0]["is"] == ["omsorg", "sekretess"]
    assert judged["categories"]["larm_telefoni"]["recall"] == 1.0
    assert judged["possible_lex_sarah"]["texts"] == 1


async def test_odd_fields_beside_the_text_are_no_matter(tmp_path):
    file = tmp_path / "texts.jsonl"
    file.write_text('\ufeff{"text": "Larm.", "harm": ["a"], "hint": 3}\n')
    assert avvik("classify", file).returncode == 0


async def test_a_line_that_is_no_text_is_refused_with_its_number(tmp_path):
    file = tmp_path / "texts.jsonl"
    file.write_text('{"text": "Larm."}\n{"story": "fel"}\n')
    for word in ("classify", "evaluate"):
        answer = avvik(word, file)
        assert answer.returncode == 1
        assert "Rad 2" in answer.stderr
