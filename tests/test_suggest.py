"""What is suggested: by words a reader knows, and nothing where there is nothing to go by."""

from cProfile import Profile
from pstats import Stats

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events import Harm, Route
from services.classifier.shipped import shipped
from tests.samples import lived, submit
from tests.samples import suggest as suggestion_of
from workflows import classify
from workflows.classify import MISCONDUCT, NOT_A_DEVIATION, Circumstances, sounds_dangerous
from workflows.classify.lexicon import DANGER, HELP_CALLED
from workflows.terms.categories import CATEGORIES
from workflows.terms.tiles import TILES

MISSED = "Morgonbesöket uteblev. Ingen kom till brukaren."
FELL = "Hon ramlade i badrummet och fick ett blåmärke."
stories = st.lists(
    st.text(
        st.sampled_from("aåäöİßŁﬁΣς\u0307\u0308 .!?\n😀")
        | st.characters(exclude_categories=["Cs"]),
        max_size=60,
    )
    | st.sampled_from([MISSED, FELL, "larmet", "medicin", "ej", "kom inte", "Gunvor", "14.30"]),
    max_size=8,
).map(" ".join)


def suggest(story, hint=None, **known):
    return classify.suggest(shipped(), story, Circumstances(hint, **known))


def words(story, found, label):
    return [story[it.start : it.end] for it in found.evidence if it.label == label]


@pytest.mark.parametrize(
    ("story", "label"),
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
        ("ej duschad pga personalbrist", "utebliven_insats"),
        ("ej borstat tänder", "omsorg"),
        ("Larmet fungerade men ingen gav henne mat på hela dagen.", "omsorg"),
        ("Hon tackade nej till besöket.", NOT_A_DEVIATION),
    ],
)
def test_plain_stories_get_the_label_a_person_would_give(story, label):
    assert suggest(story).label == label


@settings(deadline=None)
@given(stories, st.sampled_from([None, "fall", "omsorg"]))
def test_the_offsets_lie_inside_the_text_and_hold_words(story, hint):
    for it in suggest(story, hint).evidence:
        assert 0 <= it.start < it.end <= len(story)
        assert story[it.start : it.end].strip() == story[it.start : it.end]
        assert any(letter.isalpha() for letter in story[it.start : it.end])


def test_letters_that_grow_when_lowered_move_no_offset():
    story = "İİİİ Straße larmet tystnade"
    assert words(story, suggest(story), "larm_telefoni") == ["larmet tystnade"]


@settings(deadline=None)
@given(stories)
def test_the_same_text_gives_the_same_suggestion_and_is_never_certain(story):
    found = suggest(story)
    shares = [it.confidence for it in found.ranked]

    assert found == suggest(story)
    assert found.label is None or found.label in {*CATEGORIES, NOT_A_DEVIATION}
    assert all(0 <= it < 1 for it in shares)
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) < 1.02
    if found.label:
        assert found.confidence >= shipped().line
        assert found.label == found.ranked[0].code


@pytest.mark.parametrize(
    "story", ["", " ", "\n\n", "...", "12345", "asdf qwer zxcv", "😀😀", "ok", "Gunvor Ek"]
)
def test_nothing_is_suggested_for_a_text_that_says_nothing(story):
    found = suggest(story)

    assert (found.label, found.subtype, found.route) == (None, None, None)
    assert found.evidence == ()
    assert not found.immediate_danger


@pytest.mark.parametrize("story", ["", "12345", "asdf qwer zxcv", "Gunvor", "a", "och det"])
def test_what_no_word_speaks_for_is_no_misconduct_either(story):
    found = suggest(story)
    assert not found.possible_lex_sarah
    assert found.kind is None


@pytest.mark.parametrize("stem", [*DANGER.stems, *HELP_CALLED.stems])
def test_words_of_danger_are_flagged_whatever_else_is_said(stem):
    said = stem.replace("=", "").replace("~", "").replace("+", " ")
    story = f"Vi kom dit och {said} var det. Sedan satt vi och pratade om pengar."
    found = suggest(story)

    assert found.immediate_danger
    assert sounds_dangerous(story)
    assert any(it.label == "danger" for it in found.evidence)


@pytest.mark.parametrize(
    ("story", "danger"),
    [
        ("Hon var inte medvetslös.", False),
        ("Ingen ambulans kom.", True),
        ("Hon andas inte.", True),
        ("bla " * 2500 + "Hon är medvetslös.", True),
        ("Batteriet var dött.", False),
        ("Hon svarade inte, medvetslös på golvet.", True),
        ("Tack för allt, men jag tänker ta mitt liv.", True),
        ("Han har slutat andas", True),
        ("Hon vaknar inte", True),
        ("Det luktar gas i trapphuset", True),
    ],
)
def test_danger_that_is_denied_is_none_and_help_that_did_not_come_is(story, danger):
    assert suggest(story).immediate_danger is danger


def test_a_farewell_is_neither_praise_nor_no_deviation():
    found = suggest("Tack för allt, men jag tänker ta mitt liv.")
    assert found.label is None
    assert found.kind is None or found.kind.code != "praise"


def test_a_tile_that_says_nothing_makes_no_suggestion():
    assert suggest("Ok", "vetej").label is None
    assert suggest("Ja det var så", "never_heard_of").label is None


@pytest.mark.parametrize("story", ["Stig åt inte sin lunch.", "Lind slog i armen."])
def test_a_name_that_is_a_word_too_is_no_reason(story):
    shown = " ".join(story[it.start : it.end] for it in suggest(story).evidence)
    assert not {"Stig", "Lind"} & set(shown.split())


@pytest.mark.parametrize(
    "story",
    [
        "Personalen slog henne i ansiktet.",
        "Hon låg på golvet hela natten utan hjälp.",
        "Kontanter stulna ur hennes värdeskåp, personal misstänks.",
        "Orosanmälan om barnet lades åt sidan i tre veckor.",
    ],
)
def test_misconduct_is_suspected_and_shows_why(story):
    found = suggest(story)
    assert found.possible_lex_sarah
    assert found.lex_sarah > 0.5
    assert words(story, found, "lex_sarah")


def test_a_late_cleaning_is_hardly_misconduct_and_harm_makes_anything_likelier():
    calm = suggest("Städningen blev en dag sen.")
    assert calm.lex_sarah < 0.3
    assert suggest("Städningen blev en dag sen.", harm=Harm.SERIOUS).lex_sarah > calm.lex_sarah
    assert suggest("Städningen blev en dag sen.", harm=Harm.NONE).lex_sarah == calm.lex_sarah


@pytest.mark.parametrize("story", [MISSED, FELL, "Hon var medvetslös. Ambulans kom."])
def test_upper_case_no_marks_and_twice_say_the_same(story):
    plain = suggest(story)
    for other in (story.upper(), story.translate(str.maketrans("åäöÅ", "aaoA"))):
        assert suggest(other) == plain
    assert suggest(f"{story} {story}").ranked == plain.ranked


def test_another_name_or_number_changes_nothing_and_no_name_is_a_reason():
    one = "Vi ringde Gunvor Ek på Björkgatan 14. Hon ramlade kl 9 i köket."
    other = "Vi ringde Yusuf Ali på Storgatan 3. Hon ramlade kl 17 i köket."

    assert suggest(one).ranked == suggest(other).ranked
    for story in (one, other):
        shown = [story[it.start : it.end] for it in suggest(story).evidence]
        assert "ramlade" in shown
        assert not {"Gunvor", "Ek", "Björkgatan", "Yusuf", "Ali", "Storgatan"} & set(shown)


def test_a_slip_of_the_finger_is_read_as_what_was_meant():
    meant = suggest("Hon ramlade i badrummet, blåmärke.")
    assert suggest("Hon rmalade i badrumet, blåmärkke.").ranked == meant.ranked


@pytest.mark.parametrize("tile", [tile for tile in TILES.values() if tile.categories])
def test_a_hint_weighs_for_its_categories(tile):
    def share(found, label):
        return next(it.confidence for it in found.ranked if it.code == label)

    story = "Jag vill berätta om något."
    for label in tile.categories:
        assert share(suggest(story, tile.code), label) > share(suggest(story), label)


def test_a_hint_alone_is_a_suggestion_without_evidence_and_clear_words_outvote_it():
    assert suggest("", "bemotande").label == "bemotande"
    assert suggest("", "bemotande").evidence == ()
    assert suggest("", "info").label is None
    assert suggest(MISSED, "saker").label == "utebliven_insats"


@pytest.mark.parametrize("hint", [None, "vetej", "never_heard_of"])
def test_a_hint_that_says_nothing_changes_nothing(hint):
    assert suggest(MISSED, hint) == suggest(MISSED)


def test_the_kind_of_unit_tips_a_story_that_could_be_either():
    def share(kind):
        return next(
            it.confidence
            for it in suggest("Ingen svarade.", unit_kind=kind).ranked
            if it.code == "larm_telefoni"
        )

    assert share("alarm_service") > share("nursing_home")


@pytest.mark.parametrize(
    ("story", "subtype"),
    [
        ("Besöket uteblev, ingen kom.", "ej_utford"),
        ("Morgonbesöket kom två timmar för sent.", "senarelagd"),
        ("Hemtjänsten stannade bara fem minuter i stället för trettio.", "forkortad"),
        ("Daglig verksamhet stängd i dag, ingen ersättning.", "verksamhet_stangd"),
    ],
)
def test_a_missed_visit_has_a_sub_type(story, subtype):
    assert suggest(story).subtype.code == subtype


def test_only_a_missed_visit_has_a_sub_type_and_only_no_deviation_a_route():
    found = suggest("Personalen var otrevlig och nedlåtande.")
    assert (found.subtype, found.route) == (None, None)


@pytest.mark.parametrize(
    ("story", "route"),
    [
        ("Hon tackade nej till duschen.", Route.CLIENT_DECLINED),
        (
            "Kollegan blev biten av brukaren, tillbud skrivet till skyddsombudet.",
            Route.WORK_ENVIRONMENT,
        ),
        ("Fick dubbel dos insulin, sjuksköterska kontaktad.", Route.HEALTH_CARE),
        ("Färdtjänsten kom aldrig, kommunens beställning var rätt.", Route.OTHER_AUTHORITY),
        ("Tack för att ni är så snälla mot mamma!", Route.NOT_A_DEVIATION),
    ],
)
def test_what_belongs_elsewhere_is_said(story, route):
    found = suggest(story)
    assert (found.label, found.category) == (NOT_A_DEVIATION, None)
    assert found.route.code == route
    assert words(story, found, NOT_A_DEVIATION)


@pytest.mark.parametrize(
    ("story", "kind"),
    [
        ("Tack för all hjälp med pappa, ni är fantastiska!", "praise"),
        ("Jag skulle önska att matsedeln fanns på nätet.", "feedback"),
        ("Jag är mycket missnöjd med att ingen svarar när jag ringer.", "complaint"),
        ("De slog min mamma och låste in henne på rummet hela natten!", MISCONDUCT),
    ],
)
def test_what_somebody_outside_says_is_praise_a_wish_a_complaint_or_grave(story, kind):
    assert suggest(story).kind.code == kind


def test_a_long_text_is_read_to_a_limit():
    far = "och " * 2000

    assert suggest(far + MISSED).label is None
    assert suggest(MISSED + " " + far).ranked[0].code == "utebliven_insats"


@pytest.mark.parametrize(
    "story",
    [
        "a" * 20_000,
        "1" * 20_000 + "larm",
        "kom inte " * 2200,
        "glömdes. " * 2200 + "besök",
        "larm svar " * 2000,
        "İ" * 20_000,
    ],
)
def test_work_grows_with_the_text_and_not_with_its_square(story):
    def calls(text):
        shipped().forget()
        profile = Profile()
        profile.runcall(suggest, text)
        return Stats(profile).total_calls

    # Of a text four times as long; what looks at every start for every end takes sixteen times.
    calls(story)  # what is kept ready is ready
    assert calls(story) < calls(story[: len(story) // 4]) * 6 + 10_000


def test_a_suggestion_fits_in_the_fact_that_tells_of_it():
    found = suggest(MISSED + " Ambulans.")
    command = suggestion_of(
        category=found.category,
        subtype=found.subtype.code,
        confidence=found.confidence,
        evidence=found.evidence,
        immediate_danger=found.immediate_danger,
        lex_sarah_confidence=found.lex_sarah,
    )
    fact = lived(submit(), command)[-1]
    assert fact.evidence == found.evidence
    assert fact.immediate_danger
    assert MISSED[:20] not in fact.model_dump_json()
