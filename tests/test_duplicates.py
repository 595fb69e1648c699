"""One event told by several: found while it is new, by marks that tell nobody anything."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import orjson
import pytest

from benchmarks.classifier.doubles import events, town
from infra import marks as store
from infra.db import transaction
from infra.vault.fingerprints import our_fingerprints
from services.classifier import duplicates
from services.classifier.duplicates import Told
from services.classifier.shipped import shipped
from services.erase import erase
from services.intake.bring import bring
from services.training import examples
from tests.outsiders import told as outsider_told
from tests.page_forms import desk, said
from tests.people import count, followed, settled
from workflows.classify import read_by
from workflows.classify.alike import MOST, alike, naming
from workflows.classify.reading import read
from workflows.rules.urgency import LIKELY_THE_SAME

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
HISTORY = {
    "id": "old-1",
    "kind": "deviation",
    "unit": "solrosen",
    "reported_at": "2026-03-02",
}
FELL = "Hon ramlade på badrumsgolvet i natt och slog höften. Larmet tog tjugo minuter."


def told(story=FELL, **given):
    return Told(
        **{
            "case_id": uuid4(),
            "at": AT,
            "unit": "solrosen",
            "reported_by_unit": None,
            "about": "Gunvor Lindqvist",
            "story": read_by(shipped(), story),
        }
        | given
    )


async def kept(session, *reports):
    made = await duplicates.marked(shipped(), reports)
    await store.keep(session, made)
    return made


async def others_of(session, report):
    [made] = await kept(session, report)
    return (await duplicates.possible(session, [made]))[report.case_id]


async def found(session, one, other):
    """Return what is said of `other` when `one` comes in, if anything."""
    await kept(session, other)
    return next(
        (it for it in await others_of(session, one) if it.case_id == other.case_id), None
    )


async def test_the_same_event_in_other_words_is_found_and_says_by_what(session):
    night = told(
        "Kunden ropade att hon låg på klinkergolvet vid toaletten och inte kom upp.",
        at=AT + timedelta(hours=3),
        unit="larm",
        reported_by_unit="solrosen",
        about="Lindqvist G",
    )
    like = await found(session, told(), night)

    assert like.confidence > 0.3
    assert {"person", "place", "time"} <= set(like.because)


@pytest.mark.parametrize(
    "other",
    [
        told(at=AT + timedelta(days=4)),
        told("Plånboken är borta.", at=AT + timedelta(hours=60), about="Yusuf Ali"),
        told("Plånboken är borta.", unit="björken", about="Yusuf Ali"),
    ],
)
async def test_another_event_is_not_shown(session, other):
    assert await found(session, told(), other) is None


async def test_a_case_is_no_double_of_itself_and_few_are_shown(session):
    await kept(session, *[told() for _ in range(8)])
    one = told()
    others = await others_of(session, one)

    assert one.case_id not in {it.case_id for it in others}
    assert len(others) == MOST
    assert others == tuple(sorted(others, key=lambda it: (-it.confidence, str(it.case_id))))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Anna-Lisa Berg", "A-L Berg", True),
        ("Berg, rum 12", "fru Berg", True),
        ("Anna Berg", "Berg Anna", True),
        ("Anna Berg", "Anna Sand", False),
        ("Anna Berg", "Karin Holm", False),
    ],
)
async def test_names_are_compared_as_people_write_them(session, one, other, same):
    like = await found(session, told(about=one), told(about=other))
    assert (like is not None and "person" in like.because) is same


async def test_initials_that_fit_speak_for_the_same_and_others_against(session):
    fits, not_so = [
        await found(session, told(about=it), told(about="Anna Berg")) for it in ("A.B", "K.H")
    ]
    assert fits.confidence > (not_so.confidence if not_so else 0)


async def test_nobody_named_is_neither_the_same_nor_another(session):
    unnamed = await found(session, told(about=""), told())
    other = await found(session, told(about="Karin Holm"), told(at=AT + timedelta(minutes=1)))
    assert unnamed.confidence > (other.confidence if other else 0)


def test_rooms_titles_and_numbers_name_nobody():
    assert naming(shipped(), "Rum 12, lgh 1203", []).names == frozenset()
    assert naming(shipped(), "fru Berg hos Ek", []).names == {"berg"}
    assert naming(shipped(), "", read("Vi ringde Gunvor i går.")).said == {"gunvor"}


async def test_the_marks_hold_no_word_and_no_name(session):
    [made] = await kept(session, told())
    for word in ("ramla", "badrum", "gunvor", "lindqvist", "omsorg"):
        assert word.encode() not in made.traces.lower()
    with pytest.raises(orjson.JSONDecodeError):
        orjson.loads(made.traces)
    assert all(isinstance(it, int) for it in made.person)
    [again] = await duplicates.marked(shipped(), [told(case_id=made.case_id)])
    assert again.person == made.person  # the same person is found again
    assert again.traces != made.traces  # and the same report looks like another


async def test_among_five_thousand_nine_in_ten_are_found_with_few_false(session):
    """The town is drawn, its events written by hand: see `benchmarks.classifier.doubles`."""
    texts = [it.text for it in examples.shipped()]
    place = town(shipped(), texts[:10_000:2], "judged")
    assert len(place.reports) == 5000 + sum(map(len, events("judged")))
    made = await duplicates.marked(shipped(), place.reports)
    await store.keep(session, made)
    asked = [it for it in made if it.case_id in place.event_of]

    shown = await duplicates.possible(session, asked)

    pairs = hits = found = false = 0
    by_event: dict[int, set[UUID]] = {}
    for case_id, event in place.event_of.items():
        by_event.setdefault(event, set()).add(case_id)
    for case_id, event in place.event_of.items():
        same = by_event[event] - {case_id}
        candidates = {it.case_id for it in shown[case_id]}
        pairs += len(same)
        hits += len(same & candidates)
        found += bool(same & candidates)
        false += len(candidates - same)
    assert found >= 0.9 * len(place.event_of), found / len(place.event_of)
    assert hits >= 0.8 * pairs, hits / pairs
    assert false <= len(place.event_of), false / len(place.event_of)


async def test_a_double_is_on_the_page_of_both_and_in_the_list(town, stream):
    one = await town.cim.case(text=FELL, about="Gunvor Lindqvist", unit="solrosen")
    async with followed(stream):
        await settled()
        other = await town.cim.case(
            text="Ramlade i badrummet i natt, ont i höften, larmet dröjde.",
            about="Lindqvist Gunvor",
            unit="solrosen",
            reported_by_unit="bjorken",
        )
        await settled()

    for case_id, double in ((one, other), (other, one)):
        page = (await desk(town.alice).page(f"/arende/{case_id}")).answer.text
        number = (await town.alice.get(f"cases/{double}")).json()["number"]
        assert "Kan vara samma händelse" in said(page)
        assert f"/link?other={number}&amp;kind=same_event" in page
    seen = (await town.alice.get(f"cases/{other}")).json()
    assert "possible_duplicate" in seen["flags"]
    [double] = seen["suggestion"]["possible_duplicates"]
    assert double["case_id"] == str(one)
    assert {"person", "place", "time", "words"} <= set(double["because"])

    await town.alice.done(other, "link", other=one, kind="same_event")

    assert "possible_duplicate" not in (await town.alice.get(f"cases/{other}")).json()["flags"]
    page = (await desk(town.alice).page(f"/arende/{other}")).answer.text
    assert "Kan vara samma händelse" not in said(page)


async def test_the_same_unit_on_the_same_day_alone_is_never_likely(session):
    one = told("Plånboken är borta ur värdeskåpet.", about="")
    other = told("Färdtjänsten kom inte i tid.", about="", at=AT + timedelta(hours=2))
    like = await found(session, one, other)
    assert like is None or like.confidence < LIKELY_THE_SAME


async def test_of_a_case_one_may_not_read_nothing_is_named(town, stream):
    one = await town.cim.case(text=FELL, about="Gunvor Lindqvist", unit="solrosen")
    hidden = await town.cim.case(text=FELL + " Igen.", about="Gunvor Lindqvist", unit="bjorken")
    async with followed(stream):
        await settled()
        number = (await town.bo.get(f"cases/{hidden}")).json()["number"]

    answer = await town.alice.get(f"cases/{one}")
    page = (await desk(town.alice).page(f"/arende/{one}")).answer.text
    for shown in (answer.text, page):
        assert number not in shown
        assert str(hidden) not in shown
    assert "Ett ärende som du inte får läsa kan gälla samma händelse." in said(page)
    assert "Gunvor" not in answer.json()["suggestion"]["model"]


async def test_a_report_of_misconduct_is_found_by_none(town, stream):
    await town.cim.case(text=FELL, about="Gunvor Lindqvist")
    await town.cim.case(text=FELL, about="Gunvor Lindqvist", lex_sarah=True)
    async with followed(stream):
        await settled()
    assert await count("report_mark") == 1


async def test_labels_of_another_model_are_compared_as_far_as_they_go(session):
    [made] = await kept(session, told())
    one = duplicates._traces(await our_fingerprints(), made)
    other = replace(one, labels={"a_new_category": 1.0})
    assert alike(one, other).confidence <= alike(one, one).confidence


async def test_marks_go_with_the_words_and_history_has_none(town, stream):
    receipt = await outsider_told(town.nobody, relation="individual")
    case_id, done = receipt["case_id"], town.alice.done
    await bring(enumerate([{**HISTORY, "text": FELL}]))
    async with followed(stream):
        await settled()
        assert await count("event", "type = 'case.classification_suggested'") == 2
        assert await count("report_mark") == 1  # and none of the history
        await done(case_id, "set-complaint-kind", kind="praise")
        await done(case_id, "answer-complainant", words="Tack!", way="code")
        await done(case_id, "close")

    async with transaction() as session:
        await erase(session, receipt["number"], "retention")
        assert await duplicates.others(session, case_id) == ()

    assert await count("report_mark") == 0
