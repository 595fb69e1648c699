"""From what is serious to a pack that two persons approve, that is sent, and answered."""

import io
import json
import zipfile
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pikepdf
import pytest
from pypdf import PdfReader

from infra import clock
from infra.db import transaction
from services.erase import erase
from tests.misconduct import DETAILS, drafted, employed, serious
from tests.people import days, problem, rows


@pytest.fixture
async def cast(town):
    """The decision maker and the registrar, beside the town's own people."""
    return await employed(town)


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
    _, ivo = await serious(town, cast)
    await drafted(town, ivo, **DETAILS)

    case = await town.sas.done(ivo, "approve-pack", version_number=1)
    assert case["phase"] == "drafted"
    again = await town.sas.done(ivo, "approve-pack", version_number=1)
    assert again["phase"] == "drafted"
    case = await cast.decider.done(ivo, "approve-pack", version_number=1)
    assert case["phase"] == "approved"

    await drafted(town, ivo, signer_title="Förvaltningschef")

    case = (await town.sas.get(f"cases/{ivo}")).json()
    assert (case["phase"], case["ivo"]["approvals"]) == ("drafted", 0)
    old = problem(await cast.decider.give(ivo, "approve-pack", version_number=1), 409)
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
        said = PdfReader(io.BytesIO(pack.read("2-utredning.pdf"))).pages[0].extract_text()
        assert "LS-" in said
        assert "SN 2026/12" in said
        sheet = PdfReader(io.BytesIO(pack.read("1-anmalan-faltblad.pdf"))).pages[0]
        assert "IVO-" in sheet.extract_text()
    assert names[:3] == ["1-anmalan-faltblad.pdf", "2-utredning.pdf", "3-beslut.pdf"]
    assert (await town.sas.get(f"cases/{ivo}/pack/9")).status_code == 404


async def test_the_notification_is_followed_until_ivo_has_decided(town, cast):
    case_id, ivo = await serious(town, cast)
    await drafted(town, ivo, **DETAILS)
    await town.sas.done(ivo, "approve-pack", version_number=1)
    await cast.decider.done(ivo, "approve-pack", version_number=1)
    sent = {
        "submitted_at": (clock.now() - timedelta(minutes=5)).isoformat(),
        "how": "e_service",
        "receipt": "Kvittens 4711",
    }

    await cast.registrar.done(ivo, "submit-notification", **sent)
    await cast.registrar.done(ivo, "register-ivo-number", ivo_number="3.1.2-01234/2026")
    request = uuid4()
    await cast.registrar.done(
        ivo, "request-supplement", request_id=request, answer_by=days(20), words="Mer, tack."
    )
    await cast.registrar.done(
        ivo,
        "answer-supplement",
        request_id=request,
        answered_at=clock.now().isoformat(),
        how="post",
        words="Skickat.",
    )
    await cast.registrar.done(
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
    case_id = await town.cim.case(lex_sarah=True)
    case = await town.sas.done(case_id, "require-ivo-notification", reason="Livsfara.")
    [ivo] = case["links"]
    await drafted(town, ivo, **DETAILS)
    case = (await town.sas.get(f"cases/{ivo}")).json()
    await cast.decider.done(ivo, "withdraw-notification", reason="Anmäld av en annan nämnd.")

    async with transaction() as session:
        await erase(session, case["number"], "retention")

    assert (await town.sas.get(f"cases/{ivo}/pack/1")).status_code == 404
