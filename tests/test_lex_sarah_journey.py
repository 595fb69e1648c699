"""Misconduct from the first word to the closed case, through the API and the stream."""

import orjson

from events.cloudevent import decode
from tests.misconduct import DETAILS, drafted, employed, followed_up, investigated, serious
from tests.people import followed, problem, rows, settled

MARK = "MARKÖRORD"


async def test_from_a_report_to_ivos_decision_and_proof_that_it_helped(town, stream):
    seen = []
    async with followed(stream):

        async def listen(message):
            seen.append(message)

        for kind in ("lex_sarah", "ivo_notification"):
            await stream.subscribe(f"case.{kind}.>", cb=listen)
        cast = await employed(town)
        case_id, ivo = await serious(town, cast, text=f"{MARK}: larmet togs tillbaka.")
        await drafted(town, ivo, **DETAILS)
        await town.sas.done(ivo, "approve-pack", version_number=1)
        await cast.decider.done(ivo, "approve-pack", version_number=1)
        early = problem(await town.sas.give(case_id, "close"), 409)
        assert "när ärendet är beslutat" in early["detail"]
        await followed_up(town, case_id)
        lacking = problem(await town.sas.give(case_id, "close"), 409)
        assert {it["code"] for it in lacking["missing"]} == {"reporter_answer", "ivo_notified"}
        read = (await town.sas.get(f"cases/{ivo}")).json()
        await cast.registrar.done(
            ivo,
            "submit-notification",
            submitted_at=read["timeline"][-1]["at"],
            how="e_service",
            ivo_number="3.1.2-01234/2026",
            receipt="Kvittens 4711",
        )
        await town.sas.done(case_id, "answer-reporter", words="Tack. Larmet är tillbaka.")
        case = await town.sas.done(case_id, "close")
        await settled()

    assert case["phase"] == "closed"
    assert case["deadlines"] == []
    [answer] = [
        it for it in (await town.cim.get("reports")).json() if it["case_id"] == str(case_id)
    ]
    assert answer["step"] == "Klar"
    facts = [decode(message.data) for message in seen]
    assert {fact.case_id for fact in facts} == {case_id, ivo}
    told = [fact.type for fact in facts if fact.case_id == case_id]
    for name in (
        "case.lex_sarah_reported",
        "case.escalated",
        "case.classification_suggested",
        "case.lex_sarah_received",
        "case.position_taken",
        "case.lex_sarah_decided",
        "case.ivo_found_necessary",
        "case.ivo_progressed",
        "case.measures_verified",
        "case.closed",
    ):
        assert name in told
    assert MARK.encode() not in b"".join(message.data for message in seen)
    assert all(orjson.loads(it.data)["specversion"] == "1.0" for it in seen)
    assert told.index("case.lex_sarah_reported") == 0


async def test_sas_and_the_manager_are_told_at_once_and_in_words_that_tell_nothing(
    town, stream
):
    async with followed(stream):
        await town.cim.case(lex_sarah=True, harm="serious", text=MARK)
        await settled()

    found = await rows("SELECT account_id, code, words FROM notice")
    told = {row.account_id for row in found if row.code == "received_serious"}
    assert {town.sas.account_id, town.alice.account_id, town.olga.account_id} <= told
    assert not any(MARK in row.words for row in found)


async def test_a_report_that_proves_to_be_nothing_ends_without_ivo(town, stream):
    async with followed(stream):
        cast = await employed(town)
        case_id = await town.cim.case(lex_sarah=True)
        await investigated(town, cast, case_id)
        said = {"outcome": "none", "reason": "Larmet var på lagning efter samtycke."}
        await town.sas.done(case_id, "take-position", **said)
        await cast.decider.done(case_id, "decide-lex-sarah", **said, delegation="4.2")
        await town.sas.done(case_id, "verify-measures", words="Inga åtgärder behövdes.")
        await town.sas.done(case_id, "confirm-classification", category="larm_telefoni")
        await town.sas.done(
            case_id, "assess-severity", consequence=1, likelihood=1, reason="Ingen skada."
        )
        await town.sas.done(case_id, "answer-reporter", words="Tack för att du rapporterade.")
        case = await town.sas.done(case_id, "close")

    assert case["lex_sarah"]["finding"] == "none"
    assert case["links"] == []
    assert await rows("SELECT 1 FROM event WHERE case_type = 'ivo_notification'") == []
