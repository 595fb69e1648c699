"""How the classifier reads: words, what is written short, slips, and rows of the lexicon."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.classifier.shipped import shipped
from workflows.classify.features import letters, seen
from workflows.classify.lexicon import CONCEPTS
from workflows.classify.lexicon.concept import concept
from workflows.classify.matching import Lexicon
from workflows.classify.reading import COMMON, fold, read
from workflows.classify.spelling import mended
from workflows.terms.categories import CATEGORIES

odd = st.text(
    st.sampled_from("aåäöİßŁﬁΣς\u0307\u0308 -'.!?\n😀0")
    | st.characters(exclude_categories=["Cs"]),
    max_size=60,
)


def found(text, *rows):
    words = read(text)
    return [
        (it.concept.code, " ".join(text[words[n].start : words[n].end] for n in it.words))
        for it in Lexicon(rows).find(words)
        if not it.denied
    ]


@given(odd)
def test_words_lie_inside_the_text_in_order_and_hold_no_space(text):
    at = 0
    for word in read(text):
        assert 0 <= word.start < word.end <= len(text)
        assert word.start >= at or word.start == at
        at = word.start
        assert not any(it.isspace() for it in text[word.start : word.end])
        assert word.text == fold(word.text)


@given(st.text(st.characters(max_codepoint=0x17F, exclude_categories=["Cs"]), max_size=60))
def test_letters_in_two_parts_are_read_as_letters_in_one(text):
    whole, apart = (unicodedata.normalize(it, text) for it in ("NFC", "NFD"))
    assert [it.text for it in read(whole)] == [it.text for it in read(apart)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ej duschad pga personalbrist", "inte duschad pa grund av personalbrist"),
        ("SSK ringd kl 14.30, tfn sönder", "sjukskoterska ringd klockan 0 0 telefon sonder"),
        ("91-årig kvinna på LSS-boendet", "0 kvinna pa lss-boendet"),
        ("", ""),
        ("…?!", ""),
    ],
)
def test_abbreviations_numbers_and_marks(text, words):
    assert " ".join(it.text for it in read(text)) == words


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Vi ringde Gunvor Ek på Storgatan.", ["Gunvor", "Ek", "Storgatan"]),
        ("Ingen kom. Larmet ringde.", []),
        ("ALLT SKREKS UT", []),
        ("På LSS-boendet och hos IVO", []),
    ],
)
def test_a_capital_inside_a_sentence_is_a_name(text, names):
    assert [text[it.start : it.end] for it in read(text) if it.capital] == names


@pytest.mark.parametrize(
    ("row", "text", "words"),
    [
        (concept("a", "ramla"), "Hon ramlade.", ["ramlade"]),
        (concept("a", "ramla"), "Hon förramlade.", []),
        (concept("a", "~larm"), "Trygghetslarmet tystnade", ["Trygghetslarmet"]),
        (concept("a", "=ton"), "tonen", []),
        (concept("a", "=ton"), "hård ton", ["ton"]),
        (concept("a", "kom inte"), "Hon kom tyvärr inte i dag", ["kom inte"]),
        (concept("a", "kom inte"), "Hon kom. Inte bra.", []),
        (concept("a", "kom inte"), "inte hon som kom", []),
        (concept("a", "personal+slog"), "Slog gjorde personalen", ["Slog personalen"]),
        (concept("a", "personal+slog"), "Personalen gick. Klockan slog tre.", []),
        (concept("a", "ej utför"), "Inte utförd", ["Inte utförd"]),
        (concept("a", "frös"), "FROS", ["FROS"]),
    ],
)
def test_how_a_stem_is_written(row, text, words):
    assert [it for _, it in found(text, row)] == words


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Ingen skada", True),
        ("Inte någon skada", True),
        ("Skadad", False),
        ("Ingen kom. Skadad.", False),
        ("Ingen av dem märkte att hon var skadad", False),
    ],
)
def test_what_the_words_just_before_deny_is_denied(text, denied):
    [match] = Lexicon([concept("hurt", "skada")]).find(read(text))
    assert match.denied is denied


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("duschda", "duschad"),
        ("dushad", "duschad"),
        ("duschaad", "duschad"),
        ("duxchad", "duschad"),
        ("duschad", "duschad"),
        ("dush", "dush"),
        ("duxchxd", "duxchxd"),
    ],
)
def test_one_slip_in_a_long_word_is_mended(word, right):
    assert mended(word, {"duschad": 9, "fall": 3}) == right


def test_of_several_right_words_the_commonest_is_meant():
    assert mended("latet", {"laset": 2, "larmet": 9, "lapet": 5}) == "lapet"


def test_letters_of_a_word_are_framed_and_weigh_one_together():
    parts, weight = letters("larm")
    assert {"<la", "arm>", "larm"} <= set(parts)
    assert round(sum(weight**2 for _ in parts), 9) == 1


def test_a_text_sent_twice_is_seen_once():
    once, twice = (seen(read(it)) for it in ("Larmet tystnade.", "Larmet tystnade. " * 2))
    assert (once.stems.keys(), once.rows.keys(), once.spelt.keys()) == (
        twice.stems.keys(),
        twice.rows.keys(),
        twice.spelt.keys(),
    )


def test_every_row_has_a_code_of_its_own_stems_and_a_source():
    codes = [it.code for it in CONCEPTS]
    assert len(codes) == len(set(codes))
    for it in CONCEPTS:
        assert it.stems, it.code
        assert it.source, it.code
        assert (it.label is None) is (it.weight == 0), it.code


@pytest.mark.parametrize("row", CONCEPTS, ids=lambda it: it.code)
def test_a_row_finds_each_of_its_own_stems_and_none_stands_twice(row):
    assert len(row.stems) == len(set(row.stems))
    for stem in row.stems:
        text = stem.replace("=", "").replace("~", "").replace("+", " ")
        assert found(text, row), stem


def test_the_rows_speak_for_every_category():
    assert CATEGORIES.keys() <= {it.label for it in CONCEPTS}


def test_no_name_of_a_person_is_a_word_the_model_knows():
    model = shipped()
    for it in ("gunvor", "birgitta", "yusuf", "storgatan", "solrosen"):
        assert it not in model.words
        assert it in model.names or not model.knows(it)
    assert not {fold(it) for it in ("Och", "Att", "Inte")} - COMMON
