"""The policy in a browser: shown as a matrix, compared in words, checked, tried and loaded."""

import re

import pytest

from infra import policy_files, policy_toml
from infra.db import snapshot
from services.policies import from_bytes
from services.policy_trial import dry_run_some
from tests.pages import follow, see, send, value_of
from tests.people import assessed, rows
from tests.samples import policy
from workflows.rules.policy_check import checked
from workflows.rules.policy_words import matrix, rules

DEFAULT = policy_files.DEFAULT.read_text(encoding="utf-8")
NEW = DEFAULT.replace("version = 1", "version = 2").replace("value = 8 }]", "value = 6 }]")


def test_a_document_that_is_written_says_the_same_when_it_is_read():
    document = policy_files.read(DEFAULT.encode())
    document["municipality"] = 'Norrvik "norra" \\ \x7f å'
    document["quiet_hours"] = {}
    read = policy_files.read(policy_toml.written(_as_stored(document)).encode())

    assert read == _as_stored(document)
    del read["quiet_hours"]
    assert checked(read).targets == policy().targets


def _as_stored(document):
    return document | {"valid_from": str(document["valid_from"])}


def test_each_cell_names_the_rules_that_are_reached_in_it():
    found = {(it.consequence, it.likelihood): it for row in matrix(policy()) for it in row}

    assert found[1, 1].rules == ()
    assert (found[2, 2].label, found[2, 2].rules) == ("Medel", ("1", "6"))
    assert found[3, 1].rules == ("(5)",)
    assert found[4, 1].rules == ("1", "3", "(5)", "6")
    assert found[4, 4].rules == ("1", "2", "3", "4", "(5)", "6")
    told = rules(policy())
    assert told[2].asks == (
        "SAS meddelas",
        "SAS ska ta ställning till om det är lex Sarah",
    )
    assert told[3].when == "konsekvens minst 4 och sannolikhet minst 3"
    assert told[4].tracks == "Hälso- och sjukvårdslagen (HSL)"
    assert told[5].asks == ("händelsen ska utredas",)


async def test_the_policy_of_today_is_shown_whole(town):
    page = await see(town.adam, "/admin/policy")

    assert "Policy version 1" in page
    assert "Gäller nu" in page
    assert len(re.findall(r'<div class="cell g[1-4]">', page)) == 16
    for says in (
        "Verksamhetschef och SAS meddelas genast; jouren ska ringas",
        "Läsa och bedöma rapporten",
        "30 dagar",
        "Förvaltningschefen",
        "mellan 18.00 och 07.00",
        "Mottagningen för barn och unga (SAS får ett meddelande)",
        "Du har fått svar från {kommun}.",
        "Följer med programmet",
    ):
        assert says in page
    await see(town.adam, "/admin/policy?version=9", 404)
    await see(town.adam, "/admin/policy?version=x", 404)


async def test_all_faults_of_a_policy_are_told_and_its_text_is_kept(town):
    broken = DEFAULT.replace("version = 1", "version = 0").replace(
        'what = "Utreda händelsen"', ""
    )

    page = await send(town.adam, "/admin/policy/ny", 422, document=broken, check="1")

    assert "<title>Fel: " in page
    assert "version ska vara minst 1." in page
    assert "targets.investigate.what saknas." in page
    assert "[ladder]" in page
    torn = await send(town.adam, "/admin/policy/ny", 422, document="version = ", check="1")
    assert "Filens slut: värdet går inte att läsa." in torn
    empty = await send(town.adam, "/admin/policy/ny", 422, document="", check="1")
    assert "Välj en fil eller klistra in policyn." in empty
    assert await rows("SELECT * FROM policy") == []


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"x" * 300_000], ids=["no text", "too long"])
async def test_a_file_that_is_no_policy_is_refused_in_words(town, raw):
    files = {"file": ("policy.toml", raw, "application/toml")}
    page = await send(town.adam, "/admin/policy/ny", 422, files=files, check="1")
    assert "UTF-8" in page or "för stor" in page


async def test_a_file_is_checked_compared_and_loaded_only_when_confirmed(town):
    files = {"file": ("policy.toml", NEW.replace("\n", "\r\n").encode(), "application/toml")}
    page = await send(town.adam, "/admin/policy/ny", 200, files=files, check="1")
    assert "Version 2 går att använda" in page
    assert "tröskeln värde minst 8 → värde minst 6" in page
    assert "Följder i matrisen" in page
    assert "Dagen har redan varit." in page
    sent = NEW.strip()
    assert f'name="document" value="{sent}"' in page

    page = await send(town.adam, "/admin/policy/ny", 422, document=sent, load="1")
    assert "Kryssa i att du vill ladda policyn." in page
    assert await rows("SELECT * FROM policy") == []
    form = {"document": sent, "load": "1", "confirmed": "ja"}
    page = await follow(town.adam, await send(town.adam, "/admin/policy/ny", **form))

    assert "Policyn är laddad." in page
    assert "Policy version 2" in page
    assert "av Adam" in page
    again = await send(town.adam, "/admin/policy/ny", 422, **form)
    assert "Version 2 finns redan." in again
    checked_again = await send(town.adam, "/admin/policy/ny", 200, document=sent, check="1")
    assert "Höj numret i filen" in checked_again
    [change] = await rows("SELECT what, about, after FROM admin_change")
    assert tuple(change) == ("policy.loaded", "2", {"valid_from": "2020-01-01"})
    differ = await see(town.adam, "/admin/policy/jamfor?fran=1&till=2")
    assert "tröskeln värde minst 8 → värde minst 6" in differ
    assert "Inget skiljer." in await see(town.adam, "/admin/policy/jamfor?fran=2&till=2")
    file = await see(town.adam, "/admin/policy/fil?version=2")
    assert from_bytes(file.encode())[0] == from_bytes(NEW.encode())[0]
    assert await see(town.adam, "/admin/policy/fil") == DEFAULT
    await see(town.adam, "/admin/policy/fil?version=999", 404)


async def test_a_policy_is_tried_on_past_cases_and_changes_none(town):
    case_id = await town.cim.case()
    await assessed(town.alice, case_id, 2, 3)
    before = await rows("SELECT count(*) FROM event")

    since = {"since": "2026-01-01"}
    page = await send(town.adam, "/admin/policy/ny", 200, document=NEW, **{"try": "1"}, **since)

    assert "1 av 1 ärende hade blivit annorlunda." in page
    assert "Verksamhetschef meddelas: 0 → 1 ärenden" in page
    assert "Det här vet en provkörning inte" in page
    assert await rows("SELECT count(*) FROM event") == before
    wrong = await send(
        town.adam, "/admin/policy/ny", 422, document=NEW, since="x", **{"try": "1"}
    )
    assert "Ange första dagen" in wrong
    assert value_of(wrong, "since") == "x"


async def test_a_trial_in_a_page_is_bounded_and_says_so(town):
    for _ in range(3):
        await town.cim.case()
    candidate, _ = from_bytes(NEW.encode())
    since = candidate.valid_from
    async with snapshot() as session:
        some = await dry_run_some(session, candidate, since, most=2)
        every = await dry_run_some(session, candidate, since, most=3)
    assert (some[0].replayed, some[1]) == (2, False)
    assert (every[0].replayed, every[1]) == (3, True)
