"""From what is serious to a pack that two persons approve, that is sent, and answered."""

import io
import json
import zipfile
from datetime import timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import pikepdf
import pytest

from events import Role
from infra import clock
from infra.db import transaction
from services.erase import erase
from tests.people import days, problem, rows
from workflows.terms.points import TO_INVESTIGATE

DETAILS = {
    "sender": {
        "name": "Socialnämnden",
        "municipality": "Norrvik",
        "org_number": "212000-0000",
        "address": "Storgatan 1",
        "postal_code": "999 99",
        "town": "Norrvik",
        "contact": {"name": "Ingrid Malm", "title": "SAS", "phone": "070-174 06 10"},
    },
    "operation": {"address": "Solvägen 2", "municipality": "Norrvik", "kind": "Hemtjänst"},
    "began": "2026-11-20T07:30:00+01:00",
    "signer_name": "Per Åkesson",
    "signer_title": "Socialchef",
}


@pytest.fixture
async def cast(town):
    """The decision maker and the registrar, beside the town's own people."""
    return (
        await town.somebody(Role.DECISION_MAKER),
        await town.somebody(Role.REGISTRAR),
    )


async def serious(town, cast):
    """Lead a report to a serious decision; return the case and its notification."""
    decider, registrar = cast
    case_id = await town.cim.case(lex_sarah=True, harm="serious", text="MARKÖR i texten.")
    await registrar.done(
        case_id, "register", registry_number="SN 2026/12", registered_on=days(0)
    )
    await town.sas.done(case_id, "receive-lex-sarah", protection="Larmet återlämnades.")
    await town.sas.done(case_id, "start-investigation")
    for point in TO_INVESTIGATE:
        await town.sas.done(
            case_id,
            "add-note",
            nature="fact",
            words=f"Om {point}.",
            source="Samtal med personalen",
            point=point,
        )
    for question in ("individual_informed", "noted_in_file", "police_report"):
        await town.sas.done(
            case_id, "answer-question", question=question, yes=True, reason="Samma dag."
        )
    position = {"outcome": "serious_misconduct", "reason": "Livsfara."}
    await town.sas.done(case_id, "take-position", **position)
    case = await decider.done(
        case_id, "decide-lex-sarah", **position, delegation="Delegation 4.2"
    )
    [ivo] = case["links"]
    await registrar.done(ivo, "register", registry_number="SN 2026/13", registered_on=days(0))
    return case_id, UUID(ivo)


async def drafted(town, ivo, **details):
    answer = await town.sas.ask("POST", f"cases/{ivo}/pack", json=details)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_the_pack_names_what_it_lacks_and_is_not_approved_before(town, cast):
    _, ivo = await serious(town, cast)

    first = await drafted(town, ivo)

    assert first["version_number"] == 1
    assert first["missing"]
    assert all(it["says"].endswith(".") for it in first["missing"])
    refused = problem(await town.sas.give(ivo, "approve-pack", version_number=1), 409)
    assert "inte komplett" in refused["detail"]
    second = await drafted(town, ivo, **DETAILS)
    assert second == second | {"version_number": 2, "missing": [], "with_investigation": True}


async def test_two_persons_approve_and_a_change_begins_again(town, cast):
    decider, _ = cast
    _, ivo = await serious(town, cast)
    await drafted(town, ivo, **DETAILS)

    case = await town.sas.done(ivo, "approve-pack", version_number=1)
    assert case["phase"] == "drafted"
    again = await town.sas.done(ivo, "approve-pack", version_number=1)
    assert again["phase"] == "drafted"
    case = await decider.done(ivo, "approve-pack", version_number=1)
    assert case["phase"] == "approved"

    await drafted(town, ivo, signer_title="Förvaltningschef")

    case = (await town.sas.get(f"cases/{ivo}")).json()
    assert (case["phase"], case["ivo"]["approvals"]) == ("drafted", 0)
    old = problem(await decider.give(ivo, "approve-pack", version_number=1), 409)
    assert "version 2" in old["detail"]


async def test_an_approved_version_is_what_was_approved_for_ever(town, cast):
    _, ivo = await serious(town, cast)
    made = await drafted(town, ivo, **DETAILS)
    before = await town.sas.get(f"cases/{ivo}/pack/1")
    await drafted(town, ivo, began="2026-11-19T07:30:00+01:00")

    after = await town.sas.get(f"cases/{ivo}/pack/1")

    assert after.content == before.content
    assert after.headers["x-manifest-sha256"] == made["digest"]
    with zipfile.ZipFile(io.BytesIO(after.content)) as pack:
        manifest = pack.read("manifest.json")
        assert sha256(manifest).hexdigest() == made["digest"]
        for file in json.loads(manifest)["files"]:
            assert sha256(pack.read(file["name"])).hexdigest() == file["sha256"]
        names = pack.namelist()
        with pikepdf.open(io.BytesIO(pack.read("2-utredning.pdf"))) as pdf:
            assert str(pdf.Root.Lang).startswith("sv")
    assert names[:3] == ["1-anmalan-faltblad.pdf", "2-utredning.pdf", "3-beslut.pdf"]
    assert (await town.sas.get(f"cases/{ivo}/pack/9")).status_code == 404


async def test_the_notification_is_followed_until_ivo_has_decided(town, cast):
    decider, registrar = cast
    case_id, ivo = await serious(town, cast)
    await drafted(town, ivo, **DETAILS)
    await town.sas.done(ivo, "approve-pack", version_number=1)
    await decider.done(ivo, "approve-pack", version_number=1)
    sent = {
        "submitted_at": (clock.now() - timedelta(minutes=5)).isoformat(),
        "how": "e_service",
        "receipt": "Kvittens 4711",
    }

    await registrar.done(ivo, "submit-notification", **sent)
    await registrar.done(ivo, "register-ivo-number", ivo_number="3.1.2-01234/2026")
    request = uuid4()
    await registrar.done(
        ivo, "request-supplement", request_id=request, answer_by=days(20), words="Mer, tack."
    )
    await registrar.done(
        ivo,
        "answer-supplement",
        request_id=request,
        answered_at=clock.now().isoformat(),
        how="post",
        words="Skickat.",
    )
    await registrar.done(
        ivo, "register-ivo-decision", decided_on=days(0), decision="closed", words="Avslutas."
    )
    case = await town.sas.done(ivo, "close")

    assert case["phase"] == "closed"
    parent = (await town.sas.get(f"cases/{case_id}")).json()["lex_sarah"]
    assert [parent[it] for it in ("ivo_notified", "ivo_supplied", "ivo_decided")] == [True] * 3


async def test_who_may_not_read_the_case_reads_no_pack_and_every_reading_is_kept(town, cast):
    case_id, ivo = await serious(town, cast)
    await drafted(town, ivo, **DETAILS)

    for path in (f"cases/{ivo}/pack/1", f"cases/{case_id}/investigation.pdf"):
        assert (await town.bo.get(path)).status_code == 403
        assert (await town.cim.get(path)).status_code == 403
        assert (await town.sas.get(path)).status_code == 200
    read = await rows(
        "SELECT what FROM access_log WHERE what LIKE ANY('{ivo_pack%,document%}')"
    )
    assert {it.what for it in read} == {"ivo_pack.draft", "ivo_pack.read", "document.utredning"}


async def test_an_erased_case_has_no_pack_left(town, cast):
    _, ivo = await serious(town, cast)
    await drafted(town, ivo, **DETAILS)
    case = (await town.sas.get(f"cases/{ivo}")).json()
    decider, _ = cast
    await decider.done(ivo, "withdraw-notification", reason="Anmäld av en annan nämnd.")

    async with transaction() as session:
        await erase(session, case["number"], "retention")

    assert (await town.sas.get(f"cases/{ivo}/pack/1")).status_code == 404
