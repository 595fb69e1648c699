"""Under the code: one's own words, ours, and nobody's name."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import text

from infra.db import transaction
from infra.people import receipt_codes
from services.complainant_view import ERASED
from services.erase import erase
from services.web.pace import Pace
from tests.outsiders import STORY, read, seen, told, write
from tests.people import count, followed, problem, rows, settled
from tests.stream_support import scalar, so

WRONG = "Koden stämmer inte. Kolla att du har skrivit rätt."


async def test_a_new_complaint_reads_as_received(town):
    receipt = await told(town.nobody)
    answer = await read(town.nobody, receipt["code"].lower().replace("-", " "))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    shown = answer.json()
    assert shown.pop("received_at") < shown.pop("answer_by")
    assert shown == {
        "number": receipt["number"],
        "step": "Mottagen",
        "phase": "received",
        "text": STORY,
        "may_write": True,
        "messages": [],
    }


async def test_everything_said_between_us_is_there_in_order_and_names_nobody(town):
    receipt = await told(town.nobody, relation="individual")
    case_id, code = receipt["case_id"], receipt["code"]
    done = town.alice.done
    await done(case_id, "acknowledge", words="Vi läser.", way="code")
    asked = {"words": "Vilken dag var det?", "way": "code"}
    await done(case_id, "send-message", message_id=uuid4(), **asked)
    assert (await write(town.nobody, code, "I måndags.")).status_code == 201
    await done(
        case_id, "record-message", message_id=uuid4(), words="Ringde till oss.", way="phone"
    )
    await done(case_id, "answer-complainant", words="Vi har ändrat.", way="code")
    answer = await read(town.nobody, code)
    shown = answer.json()
    assert shown["step"] == "Du har fått svar"
    assert [(it["from"], it["kind"], it["text"]) for it in shown["messages"]] == [
        ("us", "acknowledgement", "Vi läser."),
        ("us", "message", "Vilken dag var det?"),
        ("you", "message", "I måndags."),
        ("you", "message", "Ringde till oss."),
        ("us", "answer", "Vi har ändrat."),
    ]
    assert all(it["at"] for it in shown["messages"])
    for secret in ("alice", str(town.alice.account_id), str(case_id), "unit_manager"):
        assert secret not in answer.text.lower()


async def test_a_wrong_code_is_one_calm_no_and_reads_nothing(town):
    await told(town.nobody)
    for code in ("7K3M-Q9TX-2FHW-D8NP", "hej", "å" * 100, "\x00"):
        assert problem(await read(town.nobody, code), 404, "wrong_code")["detail"] == WRONG
        said = problem(await write(town.nobody, code, "Hej."), 404, "wrong_code")
        assert said["detail"] == WRONG
    problem(await read(town.nobody, ""), 422)
    problem(await read(town.nobody, "x" * 101), 422)
    assert await count("access_log") == 0
    assert await count("event", "type = 'case.message_received'") == 0


async def test_reading_is_written_down_without_an_account(town):
    receipt = await told(town.nobody)
    await seen(town.nobody, receipt["code"])
    [row] = await rows("SELECT account_id, what, case_id, unit, trace FROM access_log")
    assert tuple(row)[:4] == (None, "answers.read", receipt["case_id"], "solrosen")
    assert row[4] != await scalar("SELECT trace FROM event LIMIT 1")


async def test_a_message_sent_again_is_one_and_other_words_are_not_lost(town):
    receipt = await told(town.nobody)
    message = uuid4()
    answers = [await write(town.nobody, receipt["code"], "Mer.", message) for _ in range(3)]
    assert [it.status_code for it in answers] == [201, 200, 200]
    assert answers[0].json()["id"] == str(message)
    problem(await write(town.nobody, receipt["code"], "Annat.", message), 409, "id_taken")
    shown = await seen(town.nobody, receipt["code"])
    assert [it["text"] for it in shown["messages"]] == ["Mer."]


async def test_a_message_cannot_hide_under_the_id_of_one_of_ours(town):
    receipt = await told(town.nobody)
    ours = uuid4()
    await town.alice.done(
        receipt["case_id"], "send-message", message_id=ours, words="Hej.", way="code"
    )
    problem(await write(town.nobody, receipt["code"], "Hej.", ours), 409, "id_taken")


async def test_the_same_message_id_in_two_cases_is_two_messages(town):
    codes = [(await told(town.nobody))["code"] for _ in range(2)]
    message = uuid4()
    for code in codes:
        assert (await write(town.nobody, code, f"Till {code}", message)).status_code == 201
    for code in codes:
        [said] = (await seen(town.nobody, code))["messages"]
        assert said["text"] == f"Till {code}"


async def test_what_is_written_must_be_something_and_not_too_much(town):
    receipt = await told(town.nobody)
    for words in ("", " \n", "\x00", "å" * 20_001):
        problem(await write(town.nobody, receipt["code"], words), 422, "invalid")
    town.app.state.admission.closed = True
    problem(await write(town.nobody, receipt["code"], "Hej."), 503, "busy")
    assert (await read(town.nobody, receipt["code"])).status_code == 200


async def test_guessing_is_slowed_down(town):
    town.app.state.pace = Pace(burst=1, per_second=0.01)
    problem(await read(town.nobody, "7K3M-Q9TX-2FHW-D8NP"), 404)
    answer = await read(town.nobody, "7K3M-Q9TX-2FHW-D8NP")
    problem(answer, 429, "too_many")
    assert int(answer.headers["retry-after"]) > 0


async def test_a_message_starts_the_clock_to_read_it(town):
    receipt = await told(town.nobody)
    await write(town.nobody, receipt["code"], "Hör ni av er?")
    case = (await town.alice.get(f"cases/{receipt['case_id']}")).json()
    assert "read_message" in {it["code"] for it in case["deadlines"]}
    assert case["timeline"][-2]["words"] == {"words": "Hör ni av er?"}


async def test_an_anonymous_reporter_reads_the_answer_and_writes_back(town):
    report_id = uuid4()
    first = await town.cim.file(report_id, anonymous=True)
    assert first.status_code == 201
    receipt = first.json()
    case_id = receipt["case_id"]
    assert receipt["status_url"] == "/api/v1/answers"
    assert receipt["says"].startswith("Spara koden.")
    again = await town.cim.file(report_id, anonymous=True)
    assert (again.status_code, again.json()["number"]) == (200, receipt["number"])
    problem(await read(town.nobody, receipt["code"]), 404)
    code = again.json()["code"]
    await town.alice.done(case_id, "answer-reporter", words="Tack. Rutinen är ändrad.")
    assert (await write(town.nobody, code, "Det hände i går igen.")).status_code == 201
    shown = await seen(town.nobody, code)
    assert [(it["from"], it["kind"], it["text"]) for it in shown["messages"]] == [
        ("us", "answer", "Tack. Rutinen är ändrad."),
        ("you", "message", "Det hände i går igen."),
    ]
    problem(
        await town.alice.give(
            case_id, "waive-answer", whose="reporter", ground="anonymous", reason="Anonym."
        ),
        409,
    )
    named = (await town.cim.file()).json()
    assert "code" not in named
    assert named["status_url"] == f"/api/v1/reports/{named['case_id']}"


async def test_after_a_day_an_anonymous_report_gets_no_new_code(town):
    report_id = uuid4()
    await town.cim.file(report_id, anonymous=True)
    async with transaction() as session:
        late = "UPDATE report_receipt SET at = at - interval '25 hours'"
        await session.execute(text(late))
    again = (await town.cim.file(report_id, anonymous=True)).json()
    assert "code" not in again
    assert "gör vi ingen ny" in again["says"]


async def test_what_a_relative_was_told_is_not_the_anonymous_reporters_to_read(town):
    filed = await town.cim.file(anonymous=True, complainant="Dottern")
    case_id, code = filed.json()["case_id"], filed.json()["code"]
    await town.alice.done(case_id, "answer-complainant", words="Till dottern.", way="phone")
    for way in ("phone", "code"):
        await town.alice.done(case_id, "send-message", words=f"Med {way}.", way=way)
    shown = await seen(town.nobody, code)
    assert [it["text"] for it in shown["messages"]] == ["Med code."]


async def test_an_answer_to_somebody_anonymous_alarms_nobody(town, stream):
    async with followed(stream):
        filed = (await town.cim.file(anonymous=True)).json()
        await town.alice.done(filed["case_id"], "answer-reporter", words="Tack.")
        await settled()
    assert await count("notice", "code = 'answered'") == 0
    assert await count("event", "type = 'case.notice_undeliverable'") == 0


async def test_a_merged_case_still_answers_its_own_sender(town):
    one, other = [await told(town.nobody) for _ in range(2)]
    await town.alice.done(one["case_id"], "merge", into=other["case_id"], reason="Samma sak.")
    shown = await seen(town.nobody, one["code"])
    assert shown["number"] == one["number"]
    assert shown["step"] == "Hanteras tillsammans med en annan rapport"
    await town.alice.done(
        one["case_id"], "answer-complainant", words="Er.", way="code", secrecy="consent"
    )
    shown = await seen(town.nobody, one["code"])
    assert [it["text"] for it in shown["messages"]] == ["Er."]
    assert (await seen(town.nobody, other["code"]))["messages"] == []


async def test_erased_words_say_so_and_an_erased_case_has_no_code(town):
    receipt = await told(town.nobody, relation="individual")
    case_id, code = receipt["case_id"], receipt["code"]
    done = town.alice.done
    await done(case_id, "set-complaint-kind", kind="praise")
    await done(case_id, "answer-complainant", words="Tack!", way="code")
    await done(case_id, "close")
    async with transaction() as session:
        await session.execute(text("UPDATE vault_item SET sealed = NULL"))
    shown = await seen(town.nobody, code)
    assert (shown["step"], shown["text"]) == ("Klar", ERASED)
    assert [it["text"] for it in shown["messages"]] == [ERASED]
    async with transaction() as session:
        await erase(session, receipt["number"], "retention")
    assert await count("receipt_code") == 0
    problem(await read(town.nobody, code), 404, "wrong_code")


async def test_a_code_dies_only_when_the_case_has_ended_and_the_year_is_out(town):
    receipt = await told(town.nobody, relation="individual")
    case_id, code = receipt["case_id"], receipt["code"]
    async with transaction() as session:
        late = "UPDATE receipt_code SET expires_at = now() - interval '1 day'"
        await session.execute(text(late))
    await seen(town.nobody, code)
    await town.alice.done(case_id, "set-complaint-kind", kind="complaint")
    await town.alice.done(case_id, "answer-complainant", words="Så här.", way="code")
    await town.alice.done(case_id, "close")
    problem(await read(town.nobody, code), 404, "wrong_code")
    problem(await write(town.nobody, code, "Hallå?"), 404, "wrong_code")


async def test_every_word_either_way_lets_the_code_live_on(town, stream):
    receipt = await told(town.nobody)

    async def left():
        return await scalar("SELECT expires_at - now() FROM receipt_code")

    async def shortened():
        async with transaction() as session:
            await session.execute(
                text("UPDATE receipt_code SET expires_at = now() + interval '1 day'")
            )

    async def long_again():
        return await left() > receipt_codes.LIVES - timedelta(days=1)

    async with followed(stream):
        await shortened()
        await write(town.nobody, receipt["code"], "Mer.")
        await so(long_again)
        await shortened()
        await town.alice.done(receipt["case_id"], "acknowledge", words="Vi läser.", way="code")
        await so(long_again)


async def test_a_message_is_told_to_the_owner_or_else_to_the_managers(town, stream):
    one, other = [await told(town.nobody) for _ in range(2)]
    await town.alice.done(other["case_id"], "assign", owner=town.olga.account_id)
    async with followed(stream):
        for receipt in (one, other):
            await write(town.nobody, receipt["code"], "Hemligt tillägg.")
        await settled()
    for receipt, who in ((one, town.alice), (other, town.olga)):
        mine = [it for it in (await who.get("notices")).json() if it["code"] == "message"]
        assert [it["case_id"] for it in mine] == [str(receipt["case_id"])]
        assert mine[0]["words"] == (
            f"Nytt meddelande i ärende {receipt['number']} på Solrosen. Logga in för att läsa."
        )


async def test_a_message_that_nobody_is_there_to_read_is_an_alarm(town, stream):
    receipt = await told(town.nobody)
    async with transaction() as session:
        await session.execute(text("DELETE FROM membership WHERE role = 'unit_manager'"))
    async with followed(stream):
        await write(town.nobody, receipt["code"], "Hallå?")
        await settled()
    told_so = "type = 'case.notice_undeliverable' AND body->>'notice' = 'message'"
    assert await count("event", told_so) == 1


async def test_a_code_is_never_told_to_those_who_work_with_the_case(town):
    receipt = await told(town.nobody)
    for path in (f"cases/{receipt['case_id']}", "queue", "notices"):
        assert receipt["code"] not in (await town.alice.get(path)).text
