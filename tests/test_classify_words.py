"""The first suggestion: what it builds on is what stands in the text, and it is never sure."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events import Route
from tests.samples import lived, submit
from tests.samples import suggest as suggestion_of
from workflows.classify import lexicon, suggest
from workflows.classify.words import LINE
from workflows.terms.categories import CATEGORIES
from workflows.terms.tiles import TILES

MISSED = "Morgonbesöket uteblev. Ingen kom till brukaren."
FELL = "Hon ramlade i badrummet och fick ett blåmärke."

odd = st.text(
    st.sampled_from("aåäöİßŁﬁΣς\u0307\u0308 .!?\n😀")
    | st.characters(exclude_categories=["Cs"]),
    max_size=60,
)
stems = st.sampled_from(
    [
        stem.replace("~", "").replace("+", " ")
        for rows in (*lexicon.CATEGORY_STEMS.values(), *lexicon.ROUTE_STEMS.values())
        for stem, _ in rows
    ]
    + [*lexicon.DANGER_STEMS]
)
stories = st.lists(odd | stems, max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("story", "category"),
    [
        (MISSED, "utebliven_insats"),
        (FELL, "omsorg"),
        ("Medboende var hotfull och hon är otrygg.", "otrygghet"),
        ("Fick inte veta att hon kommit hem, ingen överrapportering.", "information"),
        ("Det saknas dokumentation i journalen.", "dokumentation"),
        ("Personalen var otrevlig och nedlåtande.", "bemotande"),
        ("Ansökan har inte handlagts och beslutet är inte verkställt.", "handlaggning"),
        ("Brevet gick till fel mottagare, sekretessen bröts.", "sekretess"),
        ("Larmknappen var ur funktion.", "larm_telefoni"),
        ("Pengar och plånboken är borta.", "vardesaker"),
    ],
)
def test_plain_stories_get_the_category_a_person_would_give(story, category):
    assert suggest(story).category == category


@settings(deadline=None)
@given(stories, st.sampled_from([None, "fall", "omsorg"]))
def test_the_offsets_lie_inside_the_text_and_are_the_words_matched(story, hint):
    found = suggest(story, hint)
    places = {
        "danger": lexicon.DANGER_STEMS,
        **{label: [stem for stem, _ in rows] for label, rows in lexicon.CATEGORY_STEMS.items()},
    }
    for it in found.evidence:
        assert 0 <= it.start < it.end <= len(story)
        words = story[it.start : it.end].casefold()
        parts = [p.strip("~") for stem in places[it.label] for p in stem.split("+")]
        assert any(part in words for part in parts), (words, it)


def test_letters_that_grow_when_lowered_move_no_offset():
    story = "İİİİ Straße larmet"
    [it] = suggest(story).evidence

    assert story[it.start : it.end] == "larmet"


@settings(deadline=None)
@given(stories)
def test_the_same_text_gives_the_same_suggestion(story):
    assert suggest(story) == suggest(story)


@settings(deadline=None)
@given(stories)
def test_a_suggestion_is_a_known_category_and_never_certain(story):
    found = suggest(story)

    assert found.category is None or found.category in CATEGORIES
    assert 0 <= found.confidence < 1
    assert (found.category is None) is (found.confidence < LINE) or found.confidence == LINE
    assert [share for _, share in found.alternatives] == sorted(
        (share for _, share in found.alternatives), reverse=True
    )
    assert sum(share for _, share in found.alternatives) < 1.01


@pytest.mark.parametrize(
    "story", ["", " ", "\n\n", "...", "12345", "asdf qwer zxcv", "😀😀", "ok"]
)
def test_nothing_is_suggested_for_a_text_that_says_nothing(story):
    found = suggest(story)

    assert (found.category, found.subtype, found.route) == (None, None, None)
    assert found.evidence == ()
    assert not found.immediate_danger
    assert not found.possible_lex_sarah


@pytest.mark.parametrize("stem", lexicon.DANGER_STEMS)
def test_words_of_danger_are_flagged_whatever_else_is_said(stem):
    story = f"Vi kom dit och {stem} var det, sedan satt vi och pratade om pengar."
    found = suggest(story)

    assert found.immediate_danger
    [danger] = [it for it in found.evidence if it.label == "danger"]
    assert story[danger.start : danger.end].startswith(stem)


@pytest.mark.parametrize("stem", lexicon.LEX_SARAH_STEMS)
def test_words_of_misconduct_are_flagged(stem):
    assert suggest(f"Det var {stem}.").possible_lex_sarah


@pytest.mark.parametrize("story", [MISSED, FELL, "Hon var medvetslös. Ambulans kom."])
def test_upper_case_says_the_same(story):
    assert suggest(story.upper()) == suggest(story) == suggest(story.lower())


def test_two_words_that_belong_together_stand_in_one_sentence():
    together = suggest("Arbetsmobilen är bort.")
    apart = suggest("Arbetsmobilen ringde. Hon gick bort.")

    assert "sekretess" in {it.label for it in together.evidence}
    assert "sekretess" not in {it.label for it in apart.evidence}


@pytest.mark.parametrize("tile", [tile for tile in TILES.values() if tile.categories])
def test_a_hint_weighs_for_its_categories(tile):
    def share(found, label):
        return dict(found.alternatives).get(label, 0)

    story = "Jag vill berätta om något."
    for label in tile.categories:
        assert share(suggest(story, tile.code), label) > share(suggest(story), label)


def test_a_hint_alone_is_a_suggestion_without_evidence_and_clear_words_outvote_it():
    assert suggest("", "bemotande").category == "bemotande"
    assert suggest("", "bemotande").evidence == ()
    assert suggest("", "info").category is None
    assert suggest(MISSED, "saker").category == "utebliven_insats"


@pytest.mark.parametrize("hint", [None, "vetej", "never_heard_of"])
def test_a_hint_that_says_nothing_changes_nothing(hint):
    assert suggest(MISSED, hint) == suggest(MISSED)


@pytest.mark.parametrize(
    ("story", "subtype"),
    [
        ("Besöket uteblev, ingen kom.", "ej_utford"),
        ("Besöket var försenat, två timmar sent, blev inte av i tid.", "senarelagd"),
        ("Insatsen blev inte av, daglig verksamhet stängd.", "verksamhet_stangd"),
    ],
)
def test_a_missed_visit_has_a_sub_type(story, subtype):
    assert suggest(story).subtype == subtype


def test_only_a_missed_visit_has_a_sub_type():
    assert suggest("Personalen var otrevlig, nedlåtande och sen.").subtype is None


@pytest.mark.parametrize(
    ("story", "route"),
    [
        ("Hon tackade nej till besöket.", Route.CLIENT_DECLINED),
        ("Skyddsombudet är kontaktat.", Route.WORK_ENVIRONMENT),
        ("Hon fick dubbel dos insulin.", Route.HEALTH_CARE),
    ],
)
def test_what_may_belong_elsewhere_is_said(story, route):
    assert suggest(story).route is route


def test_a_long_text_is_read_to_a_limit():
    far = "bla " * 2000

    assert suggest(far + MISSED).category is None
    assert suggest(MISSED + " " + far).category == "utebliven_insats"


@pytest.mark.parametrize(
    "story",
    [
        "a" * 7900 + " medicin besök larm journal beslutet ringen fallit",
        "1" * 20_000 + "larm",
        "arbetsmobil " * 600,
        "glömdes. " * 800 + "besök",
        "İ" * 8000,
    ],
)
def test_time_grows_with_the_text_and_not_with_its_square(story):
    def spent(text):
        began = process_time()
        for _ in range(3):
            suggest(text)
        return process_time() - began

    # A pattern that tries every start against every end would take sixteen times as long.
    assert spent(story[: len(story) // 4]) * 12 + 0.05 > spent(story)


def test_the_words_cover_the_categories_their_sub_types_and_real_routes():
    assert lexicon.CATEGORY_STEMS.keys() == CATEGORIES.keys()
    assert lexicon.SUBTYPE_STEMS.keys() == {
        code for code, _ in CATEGORIES["utebliven_insats"].subtypes
    }
    assert lexicon.ROUTE_STEMS.keys() <= set(Route)


@pytest.mark.parametrize(
    "rows",
    [
        *lexicon.CATEGORY_STEMS.values(),
        *lexicon.SUBTYPE_STEMS.values(),
        *lexicon.ROUTE_STEMS.values(),
    ],
)
def test_every_stem_is_lower_case_weighs_something_and_stands_once(rows):
    words = [stem for stem, _ in rows]

    assert words == [stem.casefold() for stem in words]
    assert len(words) == len(set(words))
    assert all(weight > 0 for _, weight in rows)


def test_a_suggestion_fits_in_the_fact_that_tells_of_it():
    found = suggest(MISSED + " Ambulans.")
    command = suggestion_of(
        category=found.category,
        subtype=found.subtype,
        suggested_route=found.route,
        confidence=found.confidence,
        evidence=found.evidence,
        immediate_danger=found.immediate_danger,
    )
    fact = lived(submit(), command)[-1]
    assert fact.evidence == found.evidence
    assert fact.immediate_danger
    assert MISSED[:20] not in fact.model_dump_json()
