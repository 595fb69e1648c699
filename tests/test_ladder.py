"""What is said of a time that nears and of one that passed: each thing once, in order."""

from datetime import timedelta

import pytest

from events import DeadlineMissed, DeadlineReminded, LadderClimbed, Role
from tests.samples import (
    ACTING,
    MEASURE,
    MONDAY,
    answer,
    assess,
    classify,
    climb,
    complete,
    decided,
    merge,
    miss,
    of,
    played,
    policy,
    remind,
    submit,
)
from workflows import decide

LATER = MONDAY + timedelta(days=10)
MISSED = (submit(), miss(at=LATER))


def test_a_reminder_is_given_once():
    assert DeadlineReminded(code="triage") in decided(submit(), remind())
    assert decided(submit(), remind(), remind()) == []


def test_nobody_is_reminded_of_a_duty_that_is_done_missed_or_none():
    assert decided(submit(), classify(), assess(), remind()) == []
    assert decided(*MISSED, remind()) == []
    assert decided(submit(), remind(code="invented")) == []


def test_a_miss_is_recorded_once():
    assert DeadlineMissed(code="triage") in decided(*MISSED)
    assert decided(*MISSED, miss(at=LATER)) == []


def test_a_duty_done_in_the_meantime_is_not_missed():
    assert decided(submit(), classify(), assess(), miss(at=LATER)) == []


def test_the_rungs_are_told_in_order_and_each_once():
    told, given = [], MISSED
    for rung in range(5):
        step = climb(rung=rung, at=LATER)
        told += of(LadderClimbed, decided(*given, step))
        given = (*given, step)
        assert decided(*given, step) == []

    assert [(it.rung, it.to) for it in told] == [
        (0, Role.UNIT_MANAGER),
        (1, Role.OPERATIONS_MANAGER),
        (2, Role.SAS),
    ]


@pytest.mark.parametrize("rung", [-1, 1, 2, 9])
def test_no_rung_is_skipped(rung):
    assert decided(*MISSED, climb(rung=rung, at=LATER)) == []


def test_each_rung_says_when_the_next_is_told_and_the_last_says_none():
    first, second, last = (
        of(LadderClimbed, decided(*MISSED, *(climb(rung=n, at=LATER) for n in range(rung + 1))))
        for rung in range(3)
    )

    assert first[0].next_at == second[0].next_at == LATER + timedelta(hours=48)
    assert last[0].next_at is None


def test_only_what_was_missed_climbs():
    assert decided(submit(), climb()) == []
    assert decided(*MISSED, climb(code="answer_reporter")) == []


def test_a_duty_done_stops_the_ladder():
    done = (*MISSED, climb(rung=0, at=LATER), classify(at=LATER), assess(at=LATER))

    assert decided(*done, climb(rung=1, at=LATER)) == []


def test_a_case_that_left_climbs_no_more_but_for_the_answer_it_owes():
    left = (*MISSED, merge(at=LATER))
    owed = (*left, miss(code="answer_reporter", at=MONDAY + timedelta(days=30)))

    assert decided(*left, climb(rung=0, at=LATER)) == []
    assert of(LadderClimbed, decided(*owed, climb(code="answer_reporter")))
    assert decided(*owed, answer(), climb(code="answer_reporter")) == []


def test_each_clock_has_a_ladder_of_its_own():
    late = MONDAY + timedelta(days=60)
    both = (
        *ACTING,
        miss(code="measure_due", about=MEASURE, at=late),
        miss(code="measure_effect", about=MEASURE, at=late),
    )
    climbed = (*both, climb(code="measure_due", about=MEASURE, at=late))

    assert played(*climbed).clocks["measure_due", MEASURE].rung == 0
    assert played(*climbed).clocks["measure_effect", MEASURE].rung == -1
    kept = (*climbed, complete(at=late))
    assert decided(*kept, climb(code="measure_due", about=MEASURE, rung=1, at=late)) == []
    assert decided(*kept, climb(code="measure_effect", about=MEASURE, at=late))


def test_a_shorter_ladder_of_a_later_policy_ends_sooner():
    ladder = policy().ladder.model_copy(update={"roles": (Role.BOARD,)})
    short = policy().model_copy(update={"ladder": ladder, "version": 2})
    case = played(*MISSED)

    [fact] = decide(case, climb(at=LATER), short)
    assert (fact.to, fact.next_at, fact.policy_version) == (Role.BOARD, None, 2)
    case = played(*MISSED, climb(at=LATER))
    assert decide(case, climb(rung=1, at=LATER), short) == []


def test_two_who_tell_the_same_rung_at_once_tell_it_once():
    case = played(*MISSED)
    step = climb(at=LATER)

    assert decide(case, step, policy()) == decide(case, step, policy())
    assert decided(*MISSED, step, step) == []
