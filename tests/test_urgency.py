"""What comes first in the queue, and what is seen at a glance."""

from datetime import timedelta

import pytest

from events import Harm, PossibleDuplicate, Route
from tests.samples import (
    CLOSED,
    MONDAY,
    OTHER_CASE,
    TRIAGED_GRAVE,
    anonymous,
    answer,
    assess,
    classify,
    history,
    link,
    miss,
    played,
    sas_says,
    serious,
    submit,
    suggest,
)
from workflows.rules.urgency import flags, priority

DANGER = suggest(immediate_danger=True)
LATE = miss(at=MONDAY + timedelta(days=10))
DOUBLE, UNSURE = (
    PossibleDuplicate(case_id=OTHER_CASE, confidence=it, because=("person",))
    for it in (0.5, 0.1)
)


@pytest.mark.parametrize(
    ("sooner", "later"),
    [
        ((submit(), LATE), (submit(), assess(consequence=4, likelihood=4))),
        ((submit(), assess(consequence=4, likelihood=4), LATE), (submit(), LATE)),
        ((serious(),), (submit(), assess(consequence=4, likelihood=4))),
        ((submit(), DANGER), (submit(), assess(consequence=4, likelihood=4))),
        ((submit(harm=Harm.MINOR),), (submit(harm=Harm.NEAR_MISS),)),
        ((submit(harm=Harm.UNKNOWN),), (submit(harm=Harm.NONE),)),
        ((submit(), assess(consequence=2, likelihood=2)), (submit(), assess())),
    ],
)
def test_the_overdue_comes_first_then_the_grave(sooner, later):
    assert priority(played(*sooner)) < priority(played(*later))


def test_an_alarm_counts_until_somebody_has_judged():
    assert priority(played(serious(), DANGER, assess())) == priority(played(submit(), assess()))


@pytest.mark.parametrize("given", [(submit(),), (serious(), DANGER, LATE), CLOSED])
def test_a_priority_lies_within_its_bounds(given):
    assert -117 <= priority(played(*given)) <= -1


@pytest.mark.parametrize(
    ("flag", "raised", "not_raised"),
    [
        ("urgent", (serious(),), (submit(),)),
        ("danger_words", (submit(), DANGER), (submit(), suggest())),
        ("possible_lex_sarah", (submit(), suggest(possible_lex_sarah=True)), (submit(),)),
        (
            "possible_lex_sarah",
            (submit(), suggest(possible_lex_sarah=True, lex_sarah_confidence=0.5)),
            (submit(), suggest(possible_lex_sarah=True, lex_sarah_confidence=0.2)),
        ),
        (
            "unclassified",
            (submit(), suggest(suggested_route=Route.HEALTH_CARE)),
            (submit(), suggest(suggested_route=Route.HEALTH_CARE, route_confidence=0.8)),
        ),
        (
            "possible_duplicate",
            (submit(), suggest(possible_duplicates=(DOUBLE,))),
            (submit(), suggest(possible_duplicates=(DOUBLE,)), link(other=DOUBLE.case_id)),
        ),
        (
            "possible_duplicate",
            (submit(), suggest(possible_duplicates=(DOUBLE,))),
            (submit(), suggest(possible_duplicates=(UNSURE,))),
        ),
        ("sas_position_required", (*TRIAGED_GRAVE, assess()), (*TRIAGED_GRAVE, sas_says())),
        ("twin", (submit(twin_of=OTHER_CASE),), (submit(),)),
        ("unclassified", (submit(), suggest()), (submit(), suggest(), classify())),
        ("reporter_waits", (submit(),), (submit(), answer())),
        ("reporter_waits", (submit(),), (anonymous(),)),
        ("imported", (submit(), history()), (submit(),)),
    ],
)
def test_a_flag_is_raised_and_lowered(flag, raised, not_raised):
    assert flag in flags(played(*raised))
    assert flag not in flags(played(*not_raised))
