"""The pack for IVO: what is in it, that it can be checked, and what is still missing."""

import dataclasses
import hashlib
import io
import json
import re
import zipfile

import pypdf
import pytest

from events import OwnerType
from services.documents import (
    Attachment,
    Contact,
    Measure,
    Person,
    Protection,
    Questions,
    build,
    missing,
    warnings,
)
from services.documents.complete import NEEDS
from services.documents.form import LATER
from tests.lex_sarah import ATTACHMENTS, CONTENT, PDF, PNG

SENDABLE = ATTACHMENTS[:2]


def but(**changes):
    """Return the whole case with something else in it."""
    return dataclasses.replace(CONTENT, **changes)


def within(part, **changes):
    return but(**{part: dataclasses.replace(getattr(CONTENT, part), **changes)})


def codes(found):
    return [it.code for it in found]


def listed(pack):
    return json.loads(pack.manifest)


def sheet_of(pack):
    reader = pypdf.PdfReader(io.BytesIO(pack.files[0].content))
    return " ".join("\n".join(it.extract_text() for it in reader.pages).split())


def test_the_pack_has_sheet_investigation_decision_and_attachments_in_order():
    pack = build(CONTENT, SENDABLE)
    with zipfile.ZipFile(io.BytesIO(pack.zip)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "1-anmalan-faltblad.pdf",
            "2-utredning.pdf",
            "3-beslut.pdf",
            "bilaga-01-larmlogg-2-4-oktober.pdf",
            "bilaga-02-nyckelskap-pa-angsvagen.png",
            "manifest.json",
        ]
        assert archive.read("bilaga-02-nyckelskap-pa-angsvagen.png") == PNG
        assert archive.read("manifest.json") == pack.manifest
    assert "bilaga-01-larmlogg-2-4-oktober.pdf" in sheet_of(pack)


def test_the_manifest_is_right_about_every_file_in_the_zip():
    pack = build(CONTENT, SENDABLE)
    told = listed(pack)
    assert (told["number"], told["registry_number"]) == ("LS-2026-00003", "ON 2026/418")
    assert (told["version"], told["made"]) == (1, "2026-10-21")
    with zipfile.ZipFile(io.BytesIO(pack.zip)) as archive:
        assert [it["name"] for it in told["files"]] == archive.namelist()[:-1]
        for it in told["files"]:
            content = archive.read(it["name"])
            assert it["size"] == len(content)
            assert it["sha256"] == hashlib.sha256(content).hexdigest()
    assert {it["media_type"] for it in told["files"]} == {"application/pdf", "image/png"}
    assert pack.digest == hashlib.sha256(pack.manifest).hexdigest()


def test_the_same_pack_is_made_again_to_the_byte():
    assert build(CONTENT, ATTACHMENTS) == build(but(), tuple(ATTACHMENTS))


@pytest.mark.parametrize(
    ("changed", "attachments"),
    [
        (but(version=2), SENDABLE),
        (within("event", description="Något annat."), SENDABLE),
        (CONTENT, SENDABLE[:1]),
        (CONTENT, (Attachment("Larmlogg 2–4 oktober.pdf", PDF + b"!"), SENDABLE[1])),
        (CONTENT, ATTACHMENTS),
    ],
)
def test_whatever_is_changed_the_digest_is_another(changed, attachments):
    assert build(changed, attachments).digest != build(CONTENT, SENDABLE).digest


def test_an_unfinished_investigation_is_not_in_the_pack_which_says_when_it_comes():
    pack = build(but(concluded=None, position=None, decision=None), ())
    assert [it.name for it in pack.files] == ["1-anmalan-faltblad.pdf"]
    assert listed(pack)["investigation"] == LATER
    assert "senast två månader efter anmälan" in LATER
    assert LATER in sheet_of(pack)
    assert "Utredningen bifogas." in sheet_of(build(CONTENT, ()))


def test_a_file_ivo_does_not_take_is_left_out_and_named_everywhere():
    pack = build(CONTENT, ATTACHMENTS)
    assert not [it for it in pack.files if "anteckningar" in it.name]
    assert [it["name"] for it in listed(pack)["left_out"]] == ["Anteckningar.docx"]
    assert "Anteckningar.docx IVO tar inte emot filen." in sheet_of(pack)
    assert codes(missing(CONTENT, ATTACHMENTS)) == ["attachment_unsendable"]
    assert "Anteckningar.docx" in missing(CONTENT, ATTACHMENTS)[0].says


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "bilaga-01-passwd.pdf"),
        ("..\\..\\win.exe", "bilaga-01-win.pdf"),
        ("/abs.pdf", "bilaga-01-abs.pdf"),
        ("C:\\logg.PDF", "bilaga-01-logg.pdf"),
        ("", "bilaga-01-fil.pdf"),
        ("..", "bilaga-01-fil.pdf"),
        ("\x00\u202e.pdf", "bilaga-01-fil.pdf"),
        ("😢.png", "bilaga-01-fil.pdf"),
        ("Åäö Éclair.v2.pdf", "bilaga-01-aao-eclair-v2.pdf"),
        ("a" * 300 + ".pdf", f"bilaga-01-{'a' * 60}.pdf"),
        ("manifest.json", "bilaga-01-manifest.pdf"),
    ],
)
def test_a_name_in_the_pack_is_safe_and_its_ending_true(name, safe):
    pack = build(CONTENT, (Attachment(name, PDF),))
    assert pack.files[-1].name == safe
    assert re.fullmatch(r"[a-z0-9.-]+", safe)


def test_two_files_by_the_same_name_are_both_there():
    names = [it.name for it in build(CONTENT, (SENDABLE[0], SENDABLE[0])).files[-2:]]
    assert names == [f"bilaga-0{at}-larmlogg-2-4-oktober.pdf" for at in (1, 2)]


LACKING = {
    "sender": within("sender", name=" "),
    "sender_municipality": within("sender", municipality=None),
    "sender_number": within("sender", org_number=""),
    "sender_address": within("sender", postal_code=None),
    "contact": within("sender", contact=Contact(phone="0100-123 45")),
    "contact_way": within("sender", contact=Contact(name="Karin Lindqvist")),
    "registry": within("numbers", registry=None),
    "ground": but(ground=None),
    "operation": within("operation", name="\n"),
    "operation_address": within("operation", address=None),
    "operation_municipality": within("operation", municipality=None),
    "operation_kind": within("operation", kind=None),
    "operation_law": within("operation", law=None),
    "occurred": within("event", began=None),
    "description": within("event", description="\u200b \x00"),
    "consequences": within("event", consequences=None),
    "protection": but(protections=()),
    "protection_when": but(protections=(Protection(text="Tillsyn."),)),
    "individual_informed": but(questions=Questions()),
    "individual_informed_why": but(questions=Questions(individual_informed=False)),
    "signer": but(signer=Person("Anna Wikström", " ")),
    "decision_agrees": within("decision", outcome="misconduct"),
}


def test_a_whole_case_lacks_nothing():
    assert missing(CONTENT, SENDABLE) == []


@pytest.mark.parametrize("code", LACKING)
def test_each_thing_that_is_missing_is_named(code):
    found = missing(LACKING[code], SENDABLE)
    assert codes(found) == [code]
    assert found[0].says.endswith(".")


def test_every_need_has_been_seen_missing():
    assert [it.code for it in NEEDS] == list(LACKING)


def test_a_pack_can_be_looked_at_while_everything_is_missing():
    for content in LACKING.values():
        assert build(content, ()).files


def test_a_private_provider_needs_no_municipality_of_a_board():
    assert missing(within("sender", owner=OwnerType.PRIVATE, municipality=None), ()) == []


DOUBTFUL = {
    "investigation_later": but(concluded=None),
    "points": but(notes=CONTENT.notes[1:3]),
    "causes": but(measures=(*CONTENT.measures, Measure(text="Utbildning.", causes=()))),
    "decision": but(decision=None),
    "decision_ivo": within("decision", notify_ivo=None),
    "representative_informed": within("questions", representative_informed=None),
    "in_personal_file": within("questions", in_personal_file=None),
    "police_report": within("questions", police_report=None),
}


def test_a_provision_that_is_not_verified_is_a_warning_and_not_a_hindrance():
    assert codes(warnings(CONTENT)) == ["citations"]
    assert warnings(but(citations=CONTENT.citations[:1])) == []


@pytest.mark.parametrize("code", DOUBTFUL)
def test_each_doubt_is_named_and_hinders_nobody(code):
    content = dataclasses.replace(DOUBTFUL[code], citations=())
    assert codes(warnings(content)) == [code]
    assert missing(content, ()) == []
