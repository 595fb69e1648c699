"""The page of a deviation or a complaint: what it shows, to whom, and that nothing is lost."""

import asyncio
from uuid import uuid4

import pytest

from events import Evidence
from infra.clock import now
from infra.db import transaction
from infra.vault.attachments import MAX_BYTES
from services.classifier.shipped import shipped
from services.execute import Given, execute
from services.trace import new_trace
from services.web.limits import MOST_BYTES, UPLOAD_BYTES
from services.web.pages.desk.marked import pieces, quotes
from services.web.pages.look import _environment
from services.web.pages.steps.choices import Option
from tests import samples
from tests.page_forms import Page, desk, said
from tests.people import assessed, count, promised, rows
from workflows.classify import suggest
from workflows.commands import SuggestClassification

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
PDF = b"%PDF-1.7 hej"
TOLD = "🚨 Åsa på rum 4 ringde 👩‍🦽. Hon föll, fick ett blåmärke och låg på golvet."
"""An emoji of one character, one of three, and Swedish letters before what is marked."""


def page_of(case_id):
    return f"/arende/{case_id}"


async def suggested(case_id, text, **more):
    """Put the suggestion beside a case that the handler would."""
    seen = suggest(shipped(), text)
    command = SuggestClassification(
        at=now(),
        by="system:classify",
        model="words-1",
        **{"category": seen.category, "evidence": seen.evidence} | more,
    )
    async with transaction() as session:
        await execute(session, Given(case_id, command, new_trace()))


async def happens(case_id, rule="at_once"):
    """Let a handler say something in a case."""
    command = samples.escalate(at=now(), rule=rule)
    async with transaction() as session:
        await execute(session, Given(case_id, command, new_trace()))


def marked(text, *spans):
    cut = pieces(text, [Evidence(start=s, end=e, label=label) for s, e, label in spans])
    assert "".join(it.text for it in cut) == text
    return [it.text for it in cut if it.marked]


def test_marks_stand_on_the_words_whatever_letters_come_before():
    seen = suggest(shipped(), TOLD)
    cut = pieces(TOLD, seen.evidence)

    assert "".join(it.text for it in cut) == TOLD
    marked = [it.text for it in cut if it.marked]
    assert {"föll", "blåmärke"} <= set(marked)
    assert "Åsa" not in "".join(marked)
    assert ("föll", "Omsorg") in quotes(TOLD, seen.evidence)


@pytest.mark.parametrize(
    ("spans", "found"),
    [
        ([(0, 3, "omsorg"), (2, 5, "danger")], ["abcde"]),
        ([(0, 3, "omsorg"), (3, 5, "danger")], ["abcde"]),
        ([(6, 8, "omsorg"), (0, 2, "omsorg"), (0, 1, "danger")], ["ab", "gh"]),
        ([(5, 5, "omsorg"), (7, 99, "omsorg"), (-1, 2, "omsorg")], []),
        ([], []),
    ],
)
def test_marks_that_meet_are_one_and_those_outside_the_text_are_none(spans, found):
    assert marked("abcdefgh", *spans) == found


async def test_the_page_marks_the_evidence_and_says_what_it_speaks_for(town):
    case_id = await town.cim.case(text=TOLD + "<b>&")
    await suggested(case_id, TOLD)

    page = (await desk(town.alice).page(page_of(case_id))).answer.text

    assert "Hon <mark>föll</mark>, fick" in page
    assert "<mark>blåmärke</mark> och" in page
    assert ".&lt;b&gt;&amp;" in page
    assert "”föll” → Omsorg" in said(page)
    assert "Förslag: " in page


async def test_a_suggestion_is_saved_only_by_a_press(town):
    case_id = await town.cim.case(text=TOLD)
    await suggested(case_id, TOLD)
    shown = await desk(town.alice).page(page_of(case_id))
    assert (await town.alice.get(f"cases/{case_id}")).json()["category"] is None

    answer = await desk(town.alice).send(shown.form("/confirm-classification"))

    assert answer.status_code == 303
    case = (await town.alice.get(f"cases/{case_id}")).json()
    assert case["category"] == suggest(shipped(), TOLD).category
    assert case["timeline"][-1]["fact"].get("agreed", True) is True


async def test_without_a_suggestion_the_page_says_so_and_guesses_nothing(town):
    case_id = await town.cim.case(text="Det hände något.")

    page = (await desk(town.alice).page(page_of(case_id))).answer.text

    assert "Inget förslag" in page
    assert "Ja, det stämmer" not in page
    assert "<mark>" not in page


async def test_one_press_makes_the_case_mine(town):
    case_id = await town.cim.case()
    shown = await desk(town.alice).page(page_of(case_id))

    answer = await desk(town.alice).send(shown.form("/assign"))

    assert answer.status_code == 303
    case = (await town.alice.get(f"cases/{case_id}")).json()
    assert case["owner"] == str(town.alice.account_id)
    again = await desk(town.alice).page(page_of(case_id))
    assert not [it for it in again.forms if it.action.endswith("/assign")]


async def test_how_a_report_came_in_is_told_in_words(town):
    told = {"source": "phone", "written_at": "2026-01-05T06:58:00+01:00"}
    case_id = await town.cim.case(**told)

    page = said((await desk(town.alice).page(page_of(case_id))).answer.text)

    assert "Från telefon, skrivet utan nät 5 jan 06.58" in page


async def test_two_who_write_at_once_lose_nothing_and_the_second_press_saves(town):
    case_id = await town.cim.case()
    alice, olga = desk(town.alice), desk(town.olga)
    first = (await alice.page(f"{page_of(case_id)}/assess-severity")).form("/assess-severity")
    second = (await olga.page(f"{page_of(case_id)}/assess-severity")).form("/assess-severity")
    second = second.filled(cell="4x4", reason="Olgas skäl.", tracks="lss")
    saved = await alice.send(first.filled(cell="2x3", reason="Alices skäl."))
    assert saved.status_code == 303

    answer = await olga.send(second)

    assert answer.status_code == 409
    words = said(answer.text)
    assert "Ärendet ändrades medan du skrev" in words
    assert "Alices skäl." in words
    assert "Alice" in words
    kept = Page(answer).form("/assess-severity")
    assert {**kept.data, "sequence": []} == {**second.data, "sequence": []}
    assert (await olga.send(kept)).status_code == 303
    case = (await town.olga.get(f"cases/{case_id}")).json()
    assert (case["value"], case["timeline"][-1]["by"]) == (16, str(town.olga.account_id))


async def test_what_the_system_does_meanwhile_stops_nobody(town):
    case_id = await town.cim.case()
    form = (await desk(town.alice).page(f"{page_of(case_id)}/add-note")).form("/add-note")
    await happens(case_id)

    assert (await desk(town.alice).send(form.filled())).status_code == 303


async def test_what_the_system_does_at_the_very_moment_stops_nobody(town):
    case_id = await town.cim.case()
    path = f"{page_of(case_id)}/add-note"
    forms = [(await desk(town.alice).page(path)).form("/add-note") for _ in range(3)]
    for n, form in enumerate(forms):
        read = form.filled(words=f"Nummer {n}", sequence=await _now(case_id))
        answer, *_ = await asyncio.gather(
            desk(town.alice).send(read),
            *(happens(case_id, f"rule_{n}_{k}") for k in range(4)),
        )
        assert answer.status_code == 303, said(answer.text)
    case = (await town.alice.get(f"cases/{case_id}")).json()
    assert [it["text"] for it in case["notes"]] == ["Nummer 0", "Nummer 1", "Nummer 2"]


async def _now(case_id):
    [row] = await rows("SELECT max(sequence) AS n FROM event WHERE case_id = :c", c=case_id)
    return str(row.n)


@pytest.mark.parametrize(
    ("step", "given", "kind"),
    [
        ("add-note", {}, "case.note_added"),
        ("assess-severity", {"cell": "1x1"}, "case.severity_assessed"),
        ("answer-reporter", {"words": "Tack."}, "case.reporter_answered"),
        ("pass-on", {"route": "work_environment"}, "case.passed_on"),
    ],
)
async def test_a_form_sent_twice_is_taken_once(town, step, given, kind):
    case_id = await town.cim.case()
    form = (await desk(town.alice).page(f"{page_of(case_id)}/{step}")).form(f"/{step}")
    form = form.filled(**given)

    answers = await asyncio.gather(*(desk(town.alice).send(form) for _ in range(3)))

    assert [it.status_code for it in answers] == [303] * 3
    assert await count("event", "type = :t AND case_id = :c", t=kind, c=case_id) == 1


async def test_the_case_is_closed_once_though_the_button_is_pressed_twice(town):
    case_id = await town.cim.case()
    await assessed(town.alice, case_id, 1, 1)
    await town.alice.done(case_id, "answer-reporter", words="Tack.")
    form = (await desk(town.alice).page(f"{page_of(case_id)}/close")).form("/close")

    first, second = [await desk(town.alice).send(form) for _ in range(2)]

    assert (first.status_code, second.status_code) == (303, 303)
    assert (
        "Ärendet är avslutat." in (await desk(town.alice).get(first.headers["location"])).text
    )


async def test_the_cases_no_comes_back_with_the_form_and_everything_in_it(town):
    case_id = await town.cim.case()
    _, measure = await promised_after_triage(town, case_id)
    path = f"{page_of(case_id)}/follow-up-measure"
    form = (await desk(town.alice).page(path)).form("/follow-up-measure")

    filled = form.filled(words="Det hjälpte <nog>.", effect="ja").data
    answer = await desk(town.alice).post(path, filled | {"measure_id": [measure]})

    assert answer.status_code == 409
    assert "Åtgärden är inte genomförd än." in answer.text
    assert "Det hjälpte &lt;nog&gt;." in answer.text


async def promised_after_triage(town, case_id):
    await assessed(town.alice, case_id, 2, 2)
    return await promised(town.alice, case_id, town.cim.account_id)


async def test_a_form_without_an_answer_says_which_and_keeps_the_rest(town):
    case_id = await town.cim.case()
    path = f"{page_of(case_id)}/assess-severity"

    answer = await desk(town.alice).post(path, {"cell": "2x3", "reason": ""})

    assert answer.status_code == 422
    page = Page(answer)
    assert page.titles[0].startswith("Fel: ")
    assert 'href="#tracks">Välj minst en lag.</a>' in answer.text
    assert 'href="#reason">Skriv varför du bedömer det så.</a>' in answer.text
    assert page.form("/assess-severity").fields["cell"].values == ["2x3"]


async def test_a_subtype_behind_another_category_is_not_sent_on(town):
    case_id = await town.cim.case()
    path = f"{page_of(case_id)}/confirm-classification"

    answer = await desk(town.alice).post(path, {"category": "omsorg", "subtype": "ej_utford"})

    assert answer.status_code == 303
    case = (await town.alice.get(f"cases/{case_id}")).json()
    assert (case["category"], case["subtype"]) == ("omsorg", None)


def test_a_question_is_not_drawn_where_the_choice_that_opens_it_is_switched_off():
    parts = _environment().get_template("parts.html").module
    given = {"options": [Option("omsorg", "Omsorg")], "opens": {"utebliven_insats"}}

    drawn = parts.choices("category", "Kategori", inside="<p>Hur?</p>", **given)

    assert "Omsorg" in drawn
    assert "Hur?" not in drawn


async def test_what_the_address_names_is_told_and_not_asked(town):
    case_id = await town.cim.case()
    _, measure = await promised_after_triage(town, case_id)

    path = f"{page_of(case_id)}/complete-measure?measure_id={measure}"
    shown = await desk(town.alice).page(path)

    assert "Åtgärd En rutin skrivs." in said(shown.answer.text)
    assert shown.form("/complete-measure").fields["measure_id"].kind == "hidden"
    sent = await desk(town.alice).send(shown.form("/complete-measure"))
    assert sent.status_code == 303


async def test_an_answer_can_begin_in_three_ways(town):
    case_id = await town.cim.case()
    shown = await desk(town.alice).page(page_of(case_id))
    starts = [it for it in shown.links if "?start=" in it]

    begun = [
        (await desk(town.alice).page(it)).form("/answer-reporter").fields["words"].values[0]
        for it in starts
    ]

    assert len(set(begun)) == 3
    assert all(it.startswith("Tack för din rapport. Vi ") for it in begun)


async def test_who_reported_without_a_name_is_answered_under_the_code(town):
    case_id = await town.cim.case(anonymous=True)

    shown = await desk(town.alice).page(page_of(case_id))

    assert "Rapporterat utan namn. Personen kan läsa svaret med sin kod." in said(
        shown.answer.text
    )
    assert f"{page_of(case_id)}/answer-reporter" in shown.links


async def test_who_cannot_be_reached_gets_no_answer_but_a_reason(town):
    case_id = uuid4()
    report = samples.anonymous(
        at=now(), unit="solrosen", report_id=case_id, number="A-2026-99999", received_at=now()
    )
    async with transaction() as session:
        await execute(session, Given(case_id, report, new_trace()))
    shown = await desk(town.alice).page(page_of(case_id))

    assert "Rapporterat utan namn." in said(shown.answer.text)
    assert not [it for it in shown.links if "answer-reporter" in it]
    [way] = {it for it in shown.links if "waive-answer" in it and "ground" in it}
    sent = await desk(town.alice).send(
        (await desk(town.alice).page(way.replace("&amp;", "&"))).form("/waive-answer").filled()
    )
    assert sent.status_code == 303


async def test_each_gate_leads_to_the_step_that_meets_it_until_the_case_can_be_closed(town):
    case_id = await town.cim.case()
    taken = []
    for _ in range(20):
        shown = said((await desk(town.alice).page(page_of(case_id))).answer.text)
        case = (await town.alice.get(f"cases/{case_id}")).json()
        if not case["gates"]:
            break
        for gate in case["gates"]:
            assert gate["says"] in shown
        step = await first_gate(town.alice, case_id)
        given = {"cell": "2x2", "effect": "ja", "tracks": "sol"}
        path, _, query = step.partition("?")
        fields = (await desk(town.alice).page(step)).form(path).fields
        await desk(town.alice).step(
            case_id,
            path.rpartition("/")[2],
            f"?{query}" if query else "",
            **{name: it for name, it in given.items() if name in fields},
        )
        taken.append(path.rpartition("/")[2])
    assert taken == [
        "confirm-classification",
        "assess-severity",
        "start-investigation",
        "add-cause",
        "conclude-investigation",
        "add-measure",
        "complete-measure",
        "follow-up-measure",
        "answer-reporter",
    ]
    last = await desk(town.alice).page(page_of(case_id))
    assert f"{page_of(case_id)}/close" in last.links


async def first_gate(person, case_id):
    text = (await desk(person).page(page_of(case_id))).answer.text
    gates = text.partition('<ul class="gates">')[2]
    return gates.partition('href="')[2].partition('"')[0].replace("&amp;", "&")


async def test_a_cause_without_a_measure_and_a_measure_without_a_cause_are_shown(town):
    case_id = await town.cim.case()
    cause, _ = await promised_after_triage(town, case_id)
    await town.alice.done(case_id, "withdraw-cause", cause_id=cause, reason="Fel.")
    await town.alice.done(case_id, "add-cause", area="procedurer_rutiner", words="Ny orsak.")

    page = said((await desk(town.alice).page(page_of(case_id))).answer.text)

    assert "Ny orsak." in page
    assert "Åtgärd saknas." in page
    assert "Åtgärder utan orsak" in page


async def test_similar_and_tied_cases_are_told_by_number_and_phase_only(town):
    secret = "Det ingen annan ska läsa här."
    other = await town.cim.case(text=secret)
    tied = await town.bo.case(unit="bjorken", text=secret)
    case_id = await town.cim.case(text="Något annat.")
    for it in (other, case_id):
        await town.alice.done(it, "confirm-classification", category="omsorg")
    await town.olga.done(case_id, "link", other=tied, kind="pattern")
    numbers = {
        it: (await town.olga.get(f"cases/{it}")).json()["number"] for it in (other, tied)
    }

    shown = await desk(town.alice).page(page_of(case_id))
    text = shown.answer.text

    assert f'<a href="{page_of(other)}">{numbers[other]}</a>' in text
    assert numbers[tied] in text
    assert page_of(tied) not in text  # in a unit that Alice doesn't reach
    assert "Samma mönster" in text
    assert secret not in text


async def test_files_are_put_from_the_page_and_each_that_is_not_taken_is_told(town):
    case_id = await town.cim.case()
    path = f"{page_of(case_id)}/filer"
    files = [
        ("file", ("bild.png", PNG, "image/png")),
        ("file", ("hemlig.exe", b"MZ", "image/png")),
        ("file", ("brev.pdf", PDF, "application/pdf")),
    ]

    answer = await desk(town.alice).post(path, files=files)

    assert answer.status_code == 422
    words = said(answer.text)
    assert "hemlig.exe: Filtypen går inte att ta emot." in words
    assert "2 av 3 filer är sparade." in words
    assert "bild.png" in words
    assert "brev.pdf" in words
    again = await desk(town.alice).post(path, files=[files[0], files[2]])
    assert again.status_code == 303
    assert await count("attachment", "case_id = :c", c=case_id) == 2
    assert (await desk(town.alice).post(path)).status_code == 422


async def test_a_file_is_shown_to_those_who_read_the_case_and_runs_nothing(town):
    case_id = await town.cim.case()
    path = f"{page_of(case_id)}/filer"
    for name, content in (("bild.png", PNG), ("brev.pdf", PDF)):
        await desk(town.alice).post(path, files=[("file", (name, content))])
    shown = await desk(town.alice).page(page_of(case_id))
    [image, paper] = [it for it in shown.links if "/filer/" in it]
    assert f'<img src="{image}"' in shown.answer.text

    seen, fetched = [await desk(town.alice).get(it) for it in (image, paper)]

    assert (seen.content, fetched.content) == (PNG, PDF)
    assert seen.headers["content-disposition"].startswith("inline")
    assert fetched.headers["content-disposition"].startswith("attachment")
    for answer in (seen, fetched):
        assert answer.headers["content-security-policy"].startswith("sandbox")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
    assert (
        await count("access_log", "what = 'attachment.read' AND case_id = :c", c=case_id) == 2
    )
    assert (await desk(town.bo).get(image)).status_code == 403
    assert (await town.client.get(image)).status_code == 303
    assert (await desk(town.alice).get(f"{path}/{uuid4()}")).status_code == 404


async def test_only_a_form_with_files_may_be_large(town):
    case_id = await town.cim.case()
    large = PDF + bytes(MAX_BYTES - len(PDF))
    assert MOST_BYTES < len(large) < UPLOAD_BYTES

    taken = await desk(town.alice).post(
        f"{page_of(case_id)}/filer", files=[("file", ("stor.pdf", large))]
    )
    refused = await desk(town.alice).post(
        f"{page_of(case_id)}/add-note", files=[("file", ("stor.pdf", large))]
    )

    assert taken.status_code == 303
    assert refused.status_code == 413


async def test_the_page_offers_each_role_what_it_may_and_no_more(town):
    case_id = await town.cim.case()
    await assessed(town.alice, case_id, 1, 1, tracks=["hsl"])
    passed = {"route": "health_care", "receiver": "MAS", "reason": "x", "secrecy": "duty"}
    await town.alice.done(case_id, "pass-on", **passed)

    page = await desk(town.mas).page(page_of(case_id))

    steps = {
        it.rstrip("/").split("/")[3].split("?")[0] for it in page.links if it.count("/") > 2
    }
    assert "confirm-receipt" in steps
    assert not steps & {"close", "assess-severity", "add-measure", "answer-reporter", "assign"}
    assert [it.action.rpartition("/")[2] for it in page.forms] == ["logga-ut", "filer"]
    assert (await desk(town.mas).get(f"{page_of(case_id)}/close")).status_code == 409
    refused = await desk(town.mas).post(f"{page_of(case_id)}/close")
    assert refused.status_code == 403
    assert (await desk(town.bo).get(page_of(case_id))).status_code == 403
    assert (await desk(town.adam).get(page_of(case_id))).status_code == 403


async def test_who_reads_the_case_and_answers_for_a_measure_may_say_it_is_done(town):
    case_id = await town.cim.case()
    await assessed(town.alice, case_id, 2, 2, tracks=["hsl"])
    _, measure = await promised(town.alice, case_id, town.mas.account_id)
    path = f"{page_of(case_id)}/complete-measure"
    assert f"{path}?measure_id={measure}" in (await desk(town.mas).page(page_of(case_id))).links

    await desk(town.mas).step(case_id, "complete-measure", f"?measure_id={measure}")

    case = (await town.alice.get(f"cases/{case_id}")).json()
    assert case["measures"][0]["completed"] is True
    assert (await desk(town.cim).get(path)).status_code == 403


async def test_who_reported_misconduct_stays_hidden_on_the_page(town):
    case_id = await town.cim.case(lex_sarah=True)
    seen = (await desk(town.sas).page(page_of(case_id))).answer.text
    assert "Rapporterat av Cim" in said(seen)

    hidden = said((await desk(town.alice).page(page_of(case_id))).answer.text)

    assert "Cim" not in hidden
    assert "Den som rapporterade visas inte här." in hidden


async def test_a_step_that_cannot_be_taken_now_leads_back_to_the_case(town):
    case_id = await town.cim.case()

    page = await desk(town.alice).page(f"{page_of(case_id)}/close", 409)

    assert page_of(case_id) in page.links
    assert "Det går inte att avsluta ärendet nu" in said(page.answer.text)
    assert (await desk(town.alice).get(f"{page_of(case_id)}/finns-inte")).status_code == 404


async def test_a_relative_is_answered_only_after_the_question_of_secrecy(town):
    case_id = await complaint(town, relation="relative")
    path = f"{page_of(case_id)}/answer-complainant"
    form = (await desk(town.alice).page(path)).form("/answer-complainant")

    unasked = await desk(town.alice).send(form.filled(secrecy=[]))

    assert unasked.status_code == 422
    assert "Svara på om vi får svara om den enskilde." in unasked.text
    assert (await desk(town.alice).send(form.filled(secrecy="consent"))).status_code == 303
    own = await complaint(town, relation="individual")
    asked = await desk(town.alice).page(f"{page_of(own)}/answer-complainant")
    assert "secrecy" not in asked.form("/answer-complainant").fields


async def complaint(town, **form):
    told = {"unit": "solrosen", "text": "Jag fick vänta.", "answer_way": "code"} | form
    answer = await town.nobody.ask("PUT", f"complaints/{uuid4()}", json=told)
    assert answer.status_code == 201, answer.text
    queue = (await town.sas.get("queue", kind="complaint")).json()["items"]
    [found] = [it for it in queue if it["number"] == answer.json()["number"]]
    return found["case_id"]


async def test_a_long_history_is_folded_with_the_latest_in_sight(town):
    case_id = await town.cim.case()
    for n in range(15):
        await town.alice.done(
            case_id, "add-note", nature="fact", words=f"Anteckning nummer {n}.", source="samtal"
        )

    page = (await desk(town.alice).page(page_of(case_id))).answer.text

    assert "Visa 4 tidigare händelser" in page
    history = page.partition('id="history"')[2]
    earlier, _, latest = history.partition("</details>")
    assert "Anteckning nummer 0." in earlier
    assert "Anteckning nummer 14." in latest


async def test_files_of_somebody_who_is_logged_out_are_not_read_and_that_is_said(town):
    case_id = await town.cim.case()
    path = f"{page_of(case_id)}/filer"
    nobody = town.nobody
    answer = await desk(nobody).post(path, files=[("file", ("a.png", b"x" * 2_000_000))])
    assert answer.status_code == 401
    assert "Filerna är inte sparade." in answer.text
    assert "finns kvar" not in answer.text


async def test_too_many_files_at_once_are_told_how_many_may_come(town):
    case_id = await town.cim.case()
    files = [("file", (f"{n}.png", b"x")) for n in range(21)]
    answer = await desk(town.alice).post(f"{page_of(case_id)}/filer", files=files)
    assert answer.status_code == 422
    assert "Välj högst 20 filer åt gången." in said(answer.text)
