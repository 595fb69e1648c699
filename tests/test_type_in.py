"""Staff write down what somebody said, in one step: one page, a number, a code to hand over."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from events import Role
from infra.db import transaction
from services.web.pages.menu import TYPES_IN
from tests.citizens import code_on, number_on, reception, text_of, title_of
from tests.forms import Window, fields
from tests.outsiders import case_of, told
from tests.people import count, places, rows

IN = "/skriv-in"
SAID = {
    "source": "call",
    "unit": "solrosen",
    "text": "Hon väntade i två timmar.",
    "wish": "Att någon ringer.",
    "when": "i måndags",
    "relation": "relative",
    "complainant": "Ada",
    "answer_way": "phone",
    "contact": "070-1",
}


def at_desk(town, person):
    return Window(town.client, {"Cookie": f"avvik={person.token}"})


def handed(page):
    """The code on the slip."""
    return "".join(text_of(page).partition("Kod att lämna över")[2].split()[:2])


async def test_what_was_said_is_a_case_with_a_number_and_a_code_to_hand_over(town):
    window = at_desk(town, town.alice)
    await window.go(IN)
    assert fields(window.page, IN)["unit"] == "solrosen"  # her only one
    await window.send(IN, go="send", code="1", **SAID)
    assert window.answer.headers["cache-control"] == "no-store"
    assert title_of(window.page).startswith("Det är inskrivet")
    number, code = number_on(window.page), handed(window.page)
    case_id = await case_of(number)
    assert f"/arende/{case_id}" in window.page
    case = (await town.alice.get(f"cases/{case_id}")).json()
    assert case["text"] == "När: i måndags\n\nHon väntade i två timmar."
    [first, *_] = case["timeline"]
    assert (first["fact"]["source"], first["by"]) == ("call", str(town.alice.account_id))
    assert (first["words"]["complainant"], case["reporter"]) == ("Ada", None)
    outside = Window(town.client)
    await outside.go("/svar")
    await outside.send("/svar", code=code, go="read")
    assert "Hon väntade i två timmar." in outside.page


async def test_sent_again_it_is_the_same_case_and_a_new_code(town):
    window = at_desk(town, town.alice)
    await window.go(IN)
    form = window.answer
    await window.send(IN, go="send", **SAID | {"answer_way": "code", "contact": ""})
    first = handed(window.page)
    window.answers.append(form)
    await window.send(IN, go="send", **SAID | {"answer_way": "code", "contact": ""})

    assert title_of(window.page).startswith("Det var redan inskrivet")
    assert "Den gamla fungerar inte längre." in window.page
    assert handed(window.page) not in {"", first}
    assert await count("event", "type = 'case.report_received'") == 1


async def test_without_a_wish_for_a_code_there_is_none(town):
    window = at_desk(town, town.alice)
    await window.go(IN)
    await window.send(IN, go="send", **SAID)
    assert "Kod att lämna över" not in window.page
    assert await count("receipt_code") == 0


async def test_what_is_missing_is_listed_as_it_stands_and_everything_stays(town):
    window = at_desk(town, town.alice)
    await window.go(IN)
    await window.send(IN, go="send", wish="Att någon ringer.", contact="070-1")
    assert window.answer.status_code == 422
    assert title_of(window.page).startswith("Fel: Skriv in åt någon")
    shown = text_of(window.page)
    listed = [
        shown.index(it)
        for it in (
            "Välj hur det kom in.",
            "Skriv vad personen sa. En mening räcker.",
            "Välj vem som berättade.",
            "Välj hur personen vill få svar.",
        )
    ]
    assert listed == sorted(listed)
    assert fields(window.page, IN)["wish"] == "Att någon ringer."
    wrong = {"answer_way": "email", "contact": "ingen", "text": "å" * 20_001, "when": ""}
    await window.send(IN, go="send", **SAID | wrong)
    assert "Skriv din e-postadress" in window.page
    assert "Korta den till högst 20 000 tecken." in window.page
    await window.send(IN, go="send", **SAID | {"unit": "finns-inte"})
    assert "Enheten finns inte." in window.page
    await window.send(IN, go="send", **SAID | {"unit": ""})
    assert "Välj en verksamhet. Det finns ingen mottagning" in window.page
    town.app.state.admission.closed = True
    await window.send(IN, go="send", **SAID)
    assert window.answer.status_code == 503
    assert fields(window.page, IN)["text"] == SAID["text"]
    assert await count("event") == 0


async def test_what_has_no_place_goes_to_the_reception_and_is_not_read_by_who_typed(town):
    await reception()
    window = at_desk(town, town.alice)
    await window.go(IN)
    await window.send(IN, go="send", **SAID | {"unit": ""})
    [row] = await rows("SELECT unit, case_id FROM read.case_index")
    assert row.unit == "synpunkter"
    assert str(row.case_id) not in window.page


async def test_the_same_earlier_is_shown_without_what_was_said(town):
    old = await told(town.nobody, text="Hemlig text om maten.")
    over = await told(town.nobody, text="För länge sedan.")
    elsewhere = await told(town.nobody, unit="bjorken")
    await town.alice.done(old["case_id"], "set-complaint-kind", kind="complaint")
    async with transaction() as session:
        await session.execute(
            text(
                "UPDATE read.case_index SET received_at = received_at - interval '91 days'"
                " WHERE number = :n"
            ),
            {"n": over["number"]},
        )
    window = at_desk(town, town.alice)
    page = await window.go(IN)
    assert old["number"] in page
    assert "Klagomål" in page
    assert over["number"] not in page
    assert "Hemlig" not in page
    await window.send(IN, go="look", unit="bjorken", text="Halvvägs")
    assert elsewhere["number"] not in window.page  # another's unit
    assert fields(window.page, IN)["text"] == "Halvvägs"
    both = at_desk(town, town.sas)
    await both.go(IN)
    await both.send(IN, go="look", unit="bjorken")
    assert elsewhere["number"] in both.page
    await window.send(IN, go="send", **SAID)
    assert old["number"] in window.page  # beside the receipt too


@pytest.mark.parametrize("role", Role)
async def test_who_may_type_in_is_what_the_menu_says(town, role):
    somebody = await town.somebody(role, *places(role, "solrosen"))
    window = at_desk(town, somebody)
    await window.go(IN)
    may = role in TYPES_IN
    assert window.answer.status_code == (200 if may else 403)
    answer = await town.client.post(
        IN,
        data=SAID | {"id": str(uuid4()), "go": "send"},
        headers={"Sec-Fetch-Site": "same-origin", "Cookie": f"avvik={somebody.token}"},
    )
    assert answer.status_code == (200 if may else 403)
    assert await count("event", "type = 'case.report_received'") == int(may)


async def test_nobody_is_asked_to_log_in_and_loses_nothing(town):
    ours = {"Sec-Fetch-Site": "same-origin"}
    assert (await town.client.get(IN)).headers["location"] == "/logga-in?till=/skriv-in"
    answer = await town.client.post(IN, data=SAID, headers=ours)
    assert answer.status_code == 401
    assert "två timmar" in answer.text
    assert code_on(answer.text) == ""
