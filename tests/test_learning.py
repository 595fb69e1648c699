"""What the shipped model learned from, that it is what those examples give, and how well."""

import csv
import re
from collections import Counter
from random import Random

import numpy as np
import pytest

from benchmarks.classifier import changed
from events import ComplaintKind
from services.classifier.shipped import FILE, shipped
from services.judging import evaluated
from services.training import examples
from services.training.examples import LABELS, NOT_A_DEVIATION, ROUTES
from services.training.fit import Known, learned
from services.training.learn import called, learn
from services.training.make_shipped import version
from workflows.classify import MISCONDUCT, suggest
from workflows.classify.features import seen
from workflows.classify.packing import Unreadable, pack, unpack
from workflows.classify.reading import fold, read
from workflows.terms.categories import CATEGORIES

EXAMPLES = list(examples.shipped())
UNREAD = ("everyday_phone_third", "official")
"""Writers that nothing is learned from where what was learned is judged."""
SUBTYPES = {code for code, _ in CATEGORIES["utebliven_insats"].subtypes}
KINDS = {*map(str, ComplaintKind), MISCONDUCT}


def some(every=8):
    """Few enough to learn from in a test, of every writer."""
    return EXAMPLES[::every]


def test_there_are_enough_of_every_label_route_sub_type_and_kind():
    assert len(EXAMPLES) >= 1500
    labels = Counter(it.category for it in EXAMPLES)
    assert labels.keys() == set(LABELS)
    assert min(labels.values()) >= 300
    details = Counter(it.detail for it in EXAMPLES if it.category == NOT_A_DEVIATION)
    assert details.keys() == set(ROUTES)
    assert min(details.values()) >= 100
    assert {it.detail for it in EXAMPLES if it.category == "utebliven_insats"} == SUBTYPES
    assert {it.kind for it in EXAMPLES} == {None, *KINDS}


def test_every_example_is_whole_and_no_text_stands_twice():
    texts = [" ".join(fold(it.text).split()) for it in EXAMPLES]
    assert [it for it, n in Counter(texts).items() if n > 1] == []
    for it in EXAMPLES:
        assert it.text == " ".join(it.text.split())
        assert it.second in {None, *LABELS}
        assert it.near in {None, *LABELS} - {it.category}
        assert (it.detail is None) is (it.category not in {NOT_A_DEVIATION, "utebliven_insats"})


def test_two_readers_agree_and_where_they_do_not_both_count():
    read_twice = [it for it in EXAMPLES if it.second]
    assert len(read_twice) > 0.95 * len(EXAMPLES)
    assert sum(it.second == it.category for it in read_twice) > 0.9 * len(read_twice)
    disputed = next(it for it in read_twice if it.second != it.category)
    assert called(disputed)[disputed.category] == called(disputed)[disputed.second] < 1


@pytest.mark.parametrize("file", sorted(examples.FOLDER.glob("*.tsv")), ids=lambda it: it.stem)
def test_a_file_of_examples_has_the_same_columns(file):
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        columns = next(rows)
        assert {len(it) for it in rows} == {len(columns)}
    assert columns == [
        *("category", "second", "near", "detail", "kind", "flags", "second_flags", "text")
    ]


def test_no_example_names_a_person_by_number():
    assert [it.text for it in EXAMPLES if re.search(r"\d{6}\s?[-+]?\d{4}", it.text)] == []


def test_the_shipped_model_is_made_of_these_examples_and_this_reading():
    assert shipped().version == version(), "run `make model`"


def test_a_model_is_the_same_through_its_bytes_and_learning_is_repeatable():
    model = learn(some(), "test", examples.names())
    packed = pack(model)
    read_back = unpack(packed)

    assert pack(learn(some(), "test", examples.names())) == packed
    assert pack(read_back) == packed
    for it in EXAMPLES[1:200:5]:
        one, other = suggest(model, it.text), suggest(read_back, it.text)
        assert one.ranked[0].code == other.ranked[0].code
        assert abs(one.confidence - other.confidence) < 0.05


@pytest.mark.parametrize(
    "garbled", [b"", b"hej", FILE.read_bytes()[:5000], pack.__doc__.encode()]
)
def test_bytes_that_are_no_model_are_refused(garbled):
    with pytest.raises(Unreadable):
        unpack(garbled)


def test_what_was_learned_holds_for_writers_that_were_never_read():
    known = [it for it in EXAMPLES if it.writer not in UNREAD]
    texts = [seen(read(it.text)) for it in known]
    features = Known(texts)
    weights, bias = learned(features.matrix(texts), [called(it) for it in known], LABELS)
    unread = [it for it in EXAMPLES if it.writer in UNREAD]

    scores = features.matrix(seen(read(it.text)) for it in unread) @ weights.T + bias

    best = np.argsort(-scores, axis=1)
    right = [LABELS[row[0]] in called(it) for row, it in zip(best, unread, strict=True)]
    near = [
        bool({LABELS[row[0]], LABELS[row[1]]} & called(it).keys())
        for row, it in zip(best, unread, strict=True)
    ]
    assert sum(right) > 0.75 * len(unread)
    assert sum(near) > 0.88 * len(unread)


def test_a_model_tells_how_sure_it_may_be():
    told = evaluated(
        learn([it for it in some(4) if it.writer not in UNREAD], "test", examples.names()),
        (
            {"text": it.text, "category": it.category, "possible_lex_sarah": it.lex_sarah}
            for it in EXAMPLES
            if it.writer in UNREAD
        ),
    )

    assert told["accuracy_when_suggested"] > told["accuracy"]
    assert told["accuracy_when_suggested"] > 0.75
    assert told["possible_lex_sarah"]["recall"] > 0.9
    for tenth in told["calibration"]:
        if tenth["texts"] > 60:
            assert abs(tenth["confidence"] - tenth["right"]) < 0.2, tenth


@pytest.mark.parametrize("name", changed.WAYS)
def test_the_suggestion_stays_however_it_was_typed(name):
    by = Random(2)  # noqa: S311 - the same texts every time
    way = changed.WAYS[name]
    same = [
        suggest(shipped(), it.text).label == suggest(shipped(), way(it.text, by)).label
        for it in EXAMPLES[3::70]
    ]
    assert sum(same) >= 0.95 * len(same)


def test_no_name_or_number_is_ever_a_reason():
    names = {*examples.names(), "ahmed", "lena"}
    for it in EXAMPLES[::9]:
        for reason in suggest(shipped(), it.text).evidence:
            said = it.text[reason.start : reason.end]
            assert not {fold(word) for word in said.split()} & names, said
            assert not said[0].isdigit() or said.startswith("112"), said
