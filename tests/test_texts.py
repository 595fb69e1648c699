import re
import tomllib
from datetime import date
from typing import Final

import orjson
import pytest

from infra.policy_files import DEFAULT
from services.texts import LANGUAGES, UNREVIEWED, UNVERIFIED, BrokenTexts, texts, untranslated
from services.texts.catalogue import places, read
from services.texts.languages import KNOWN, Language
from tests.text_use import FOLDER, KEYS, SWEDISH
from workflows.terms.tiles import TILES

STAFF: Final = frozenset(
    {"sida", "rapport", "typ", "falt", "skada", "nar", "dag", "knapp", "fel", "kvitto", "nat"}
    | {"utkast", "lex", "person", "qr", "sprak"}
)
CITIZEN: Final = frozenset({"klagomal", "roll", "svar", "kod", "papper", "tillganglighet"})
NICE: Final = frozenset({"mina", "status"})
SETS: Final = {"staff": STAFF, "citizen": CITIZEN, "nice": NICE}
SEEN: Final = ("sv", "en")
"""The languages whose sentences we can weigh."""

LONGEST_SENTENCE: Final = 12
HARDEST: Final = 25
BANNED: Final = re.compile(
    r"\b(ärende\w*|avser|avseende|erhåll\w*|vänligen|obligatorisk\w*|samt|dock|ej|endast"
    r"|beträffande|gällande|huruvida|härmed|nedan\w*|ovan\w*|vederbörande|tillhandahåll\w*"
    r"|inkom\w*|översänd\w*|ifyll\w*|angiv\w*|ange|klicka\w*|maila\w*|individ\w*|brukare\w*"
    r"|utförare\w*|verkställ\w*|återkoppl\w*|åtgärda\w*|initier\w*|implementer\w*)\b",
    re.IGNORECASE,
)
SHORTENED: Final = re.compile(
    r"\b(t\.ex|t ex|bl\.a|m\.m|m\.fl|osv|kl|ca|ev|dvs|mm|nr|tel|inkl|exkl|enl|resp|max|info"
    r"|obs|fr\.o\.m|t\.o\.m|pga|etc|asap|min\.|e\.g|i\.e)\b(?!@)|\b[A-ZÅÄÖ]{2,}\b"
)
TAUGHT: Final = frozenset({"SAS", "IP"})
"""Short forms that staff meet every day, or that a longer word explains no better."""


def family(key: str) -> str:
    return key.partition(".")[0]


def sentences(words: str) -> list[list[str]]:
    parts = re.split(r"(?<=[.!?:])\s+", re.sub(r"\{\w+\}", "", words))
    found = [re.findall(r"\w+(?:[-'@.]\w+)*", part) for part in parts]
    return [part for part in found if part]


def lix(several: list[str]) -> float:
    parts = [part for words in several for part in sentences(words)]
    every = [word for part in parts for word in part]
    return len(every) / len(parts) + 100 * sum(len(word) > 6 for word in every) / len(every)


def by_key(code: str) -> dict[str, str]:
    return orjson.loads((FOLDER / f"{code}.json").read_bytes())


def test_the_sets_hold_every_family():
    assert {family(key) for key in KEYS} == STAFF | CITIZEN | NICE


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("code", SEEN)
def test_each_set_reads_very_easily(code, name):
    own = [words for key, words in by_key(code).items() if family(key) in SETS[name]]
    assert lix(own) <= HARDEST


@pytest.mark.parametrize("code", SEEN)
def test_no_sentence_is_long(code):
    long = {
        key: words
        for key, words in by_key(code).items()
        if any(len(part) > LONGEST_SENTENCE for part in sentences(words))
    }
    assert not long


def test_no_word_is_from_an_office():
    assert not {key: words for key, words in SWEDISH.items() if BANNED.search(words)}


@pytest.mark.parametrize("code", SEEN)
def test_no_word_is_shortened(code):
    found = {
        key: short[0]
        for key, words in by_key(code).items()
        for short in SHORTENED.finditer(re.sub(r"\{\w+\}", "", words))
        if short[0] not in TAUGHT
    }
    assert not found


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("Ditt ärende är mottaget.", BANNED),
        ("Vänligen vänta.", BANNED),
        ("Skriv t.ex. namn.", SHORTENED),
        ("Det är klart kl. 8.", SHORTENED),
        ("Fråga MAS.", SHORTENED),
    ],
)
def test_the_rules_see_what_they_forbid(words, rule):
    assert rule.search(words)


def test_a_text_has_no_space_around_it_and_is_not_empty():
    for code in LANGUAGES:
        assert not {key for key, words in by_key(code).items() if words != words.strip()}
        assert all(by_key(code).values())


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_every_key_that_staff_and_citizens_need(code):
    missing = [key for key in untranslated(code) if family(key) in STAFF | CITIZEN]
    assert missing == []


def test_english_lacks_nothing():
    assert untranslated("en") == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_fills_in_the_same_things(code):
    own = by_key(code)
    differ = {key: words for key, words in own.items() if places(words) != places(SWEDISH[key])}
    assert not differ


def test_the_notices_of_the_shipped_policy_name_only_unit_case_and_municipality():
    notices = tomllib.loads(DEFAULT.read_text())["notices"]
    assert notices
    for code, words in notices.items():
        assert places(words) <= {"enhet", "nummer", "kommun"}, code
        assert "http" not in words


def test_the_tiles_are_called_the_same_here_as_everywhere():
    swedish = texts(None)
    assert {code: swedish(f"typ.{code}") for code in TILES} == {
        code: tile.label for code, tile in TILES.items()
    }
    assert {key.split(".")[1] for key in KEYS if family(key) == "typ"} == set(TILES)


def test_what_nobody_has_approved_is_in_the_catalogue_and_says_who_must():
    assert UNVERIFIED.keys() <= KEYS
    assert all(UNVERIFIED.values())
    assert {"lex.skyldighet", "klagomal.offentlig", "rapport.akut"} <= UNVERIFIED.keys()
    assert {*LANGUAGES} - {"sv"} <= UNREVIEWED.keys()


@pytest.fixture
def invented(tmp_path):
    """A folder with Swedish and a made-up language from right to left, with a few words."""

    def made(**words: str):
        (tmp_path / "sv.json").write_bytes((FOLDER / "sv.json").read_bytes())
        own = {key.replace("__", "."): said for key, said in words.items()}
        (tmp_path / "qaa.json").write_bytes(orjson.dumps(own))
        known = {**KNOWN, "qaa": Language("qaa", "אאא", "rtl")}
        return read(tmp_path, known)

    return made


def test_a_language_is_a_row_and_a_file(invented):
    found = invented(rapport__titel="ררר", kvitto__nummer="{nr} ננ")
    assert [*found.languages] == ["sv", "qaa"]  # the others have no file in that folder
    t = found.texts("qaa")
    assert (t.language.direction, t.language.name) == ("rtl", "אאא")
    assert t("rapport.titel") == "ררר"
    assert t("kvitto.nummer", nr="2026-0412") == "2026-0412 ננ"
    assert t.swedish("rapport.titel") == SWEDISH["rapport.titel"]


def test_what_a_language_lacks_is_said_in_swedish_and_named(invented):
    found = invented(rapport__titel="ררר")
    assert found.texts("qaa")("knapp.skicka") == SWEDISH["knapp.skicka"]
    assert found.texts("qaa").plural("nat.vantar", 1) == SWEDISH["nat.vantar.1"]
    assert found.untranslated("qaa") == [key for key in SWEDISH if key != "rapport.titel"]


def test_a_language_may_have_more_plural_forms_than_swedish(invented):
    t = invented(nat__vantar__1="א", nat__vantar__2="ב", nat__vantar__n="{n} ג").texts("qaa")
    assert [t.plural("nat.vantar", n) for n in (1, 2, 3)] == ["א", "ב", "3 ג"]
    assert t.part("nat.vantar")["nat.vantar.2"] == "ב"


def test_a_plural_form_takes_other_values_too():
    said = texts("en").plural("mina.tack.manad", 3, enhet="Solrosen", manad="November")
    assert said == "Solrosen, November: 3 things"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"rapport__titeln": "ר"}, "rapport.titeln finns inte på svenska."),
        ({"kvitto__nummer": "{nummer}"}, "kvitto.nummer har något att fylla i"),
    ],
)
def test_a_translation_that_would_fail_in_use_is_refused_at_the_start(invented, words, told):
    with pytest.raises(BrokenTexts, match=re.escape(told)):
        invented(**words)


def test_an_unknown_language_is_swedish_and_an_unknown_key_fails():
    assert texts(None).language.code == texts("tlh").language.code == "sv"
    assert texts("../sv").language.code == "sv"
    for code in LANGUAGES:
        with pytest.raises(KeyError, match=r"rapport\.saknas"):
            texts(code)("rapport.saknas")
        with pytest.raises(KeyError, match="nr"):
            texts(code)("kvitto.nummer")
        with pytest.raises(KeyError, match="natt"):
            texts(code).part("natt")


def test_a_part_is_whole_families_and_no_others():
    part = texts("en").part("nat", "kvitto.kod")
    assert {family(key) for key in part} == {"nat", "kvitto"}
    assert part["nat.vantar.n"].startswith("{n} reports")
    assert "kvitto.kod" in part
    assert "kvitto.skickad" not in part


def test_a_value_is_never_read_as_a_pattern():
    assert texts(None)("kvitto.nummer", nr="{enhet}") == "Nummer {enhet}"


def test_days_are_said_as_people_say_them():
    today = date(2026, 11, 24)
    swedish, english = texts("sv"), texts("en")
    assert swedish.day(date(2026, 11, 23), today) == "i går"
    assert english.day(today, today) == "today"
    assert swedish.day(date(2026, 11, 25), today) == "i morgon"
    assert swedish.day(date(2026, 11, 20), today) == "fredag 20 november"
    assert english.day(date(2025, 11, 20), today) == "Thursday 20 November 2025"
    assert swedish.day(today) == "tisdag 24 november 2026"
