"""What is said of a time that nears and of one that passed: each thing once, in order."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events import DeadlineMissed, DeadlineReminded, LadderClimbed, Role, Rung
from services.case_view.sentences import sentence
from services.policies import default
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
    serious,
    submit,
)
from tests.test_policy import document
from workflows import decide
from workflows.policy import Ladder
from workflows.rules.ladder import GRAVE, SPEAKS_TO, upward
from workflows.rules.policy_check import checked

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
    for rung in range(7):
        step = climb(rung=rung, at=LATER)
        told += of(LadderClimbed, decided(*given, step))
        given = (*given, step)
        assert decided(*given, step) == []

    assert [(it.rung, it.step, it.to) for it in told] == [
        (0, "owner", Role.UNIT_MANAGER),
        (1, "substitute", Role.UNIT_MANAGER),
        (2, "operations_manager", Role.OPERATIONS_MANAGER),
        (3, "sas", Role.SAS),
        (4, "director", Role.DECISION_MAKER),
    ]


@pytest.mark.parametrize("rung", [-1, 1, 2, 9])
def test_no_rung_is_skipped(rung):
    assert decided(*MISSED, climb(rung=rung, at=LATER)) == []


def test_each_rung_says_when_the_next_is_told_and_the_last_says_none():
    *others, last = (
        of(LadderClimbed, decided(*MISSED, *(climb(rung=n, at=LATER) for n in range(rung + 1))))
        for rung in range(5)
    )

    # A Thursday: 16 hours of it, Friday's 24, and 8 of Monday.
    assert {it.next_at for [it] in others} == {LATER + timedelta(hours=48 + 48)}
    assert last[0].next_at is None


def local(*when):
    return datetime(*when, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.mark.parametrize(
    ("told", "then"),
    [
        (local(2026, 3, 9, 9), local(2026, 3, 11, 9)),  # nights count
        (local(2026, 3, 6, 23, 59), local(2026, 3, 10, 23, 59)),  # a Friday's last minute
        (local(2026, 6, 17, 10), local(2026, 6, 22, 10)),  # over midsummer: eve, day, Sunday
        (local(2026, 6, 19, 10), local(2026, 6, 24, 0)),  # on midsummer's eve itself
        (local(2027, 6, 24, 15), local(2027, 6, 29, 15)),
        (local(2026, 4, 2, 12), local(2026, 4, 8, 12)),  # over Easter
        (local(2026, 3, 27, 12), local(2026, 3, 31, 12)),  # over the night to summer time
        (local(2026, 10, 23, 12), local(2026, 10, 27, 12)),  # and back
        (local(2026, 12, 23, 12), local(2026, 12, 29, 12)),  # over Christmas
    ],
)
def test_days_off_burn_no_rung_of_an_ordinary_duty(told, then):
    [fact] = of(LadderClimbed, decided(submit(), miss(at=told), climb(at=told)))

    assert fact.next_at == then


@pytest.mark.parametrize("told", [local(2026, 6, 19, 23), local(2026, 3, 29, 1)])
def test_a_grave_duty_climbs_night_and_day(told):
    read = {"code": "read_at_once", "at": told}
    [fact] = of(LadderClimbed, decided(serious(), miss(**read), climb(**read)))

    assert "read_at_once" in GRAVE
    assert fact.next_at - told.astimezone(fact.next_at.tzinfo) == timedelta(hours=4)


def test_the_policy_says_which_days_are_worked_on_the_ladder_too():
    worked = policy().model_copy(update={"eves_are_working_days": True})
    told = local(2026, 6, 17, 10)
    [fact] = of(LadderClimbed, decided(submit(), miss(at=told), climb(at=told), under=worked))

    assert fact.next_at == local(2026, 6, 19, 10)


def test_each_step_is_said_in_swedish_and_old_facts_by_their_role():
    steps = [
        sentence(fact)
        for rung in range(5)
        for fact in of(
            LadderClimbed,
            decided(*MISSED, *(climb(rung=n, at=LATER) for n in range(rung + 1))),
        )
    ]
    end = "meddelas att tiden för bedömningen har gått ut."
    names = ("Den ansvariga", "Ersättaren", "Verksamhetschefen", "SAS", "Förvaltningschefen")
    assert steps == [f"{name} {end}" for name in names]
    body = {"code": "triage", "rung": 0, "to": "unit_manager", "policy_version": 1}
    assert sentence(LadderClimbed(**body)) == f"Enhetschef {end}"


@pytest.mark.parametrize(
    ("roles", "rungs"),
    [
        (["unit_manager", "operations_manager", "sas"], ("owner", "operations_manager", "sas")),
        (["sas", "decision_maker"], ("sas", "director")),
        (["board", "unit_manager"], ("owner",)),
        (["board"], tuple(Rung)),  # none is left: better all than nobody
    ],
)
def test_a_policy_with_the_older_roles_is_still_read(roles, rungs):
    old = checked(document(ladder={"roles": roles, "hours_between": 48}))

    assert old.ladder.rungs == rungs
    assert old.ladder.grave_hours_between == 4
    assert old.quiet_hours == default().quiet_hours


def test_every_rung_speaks_to_a_role():
    assert SPEAKS_TO.keys() == set(Rung)


@pytest.mark.parametrize(
    ("role", "above"),
    [
        (Role.UNIT_MANAGER, ("operations_manager", "sas", "decision_maker")),
        (Role.OPERATIONS_MANAGER, ("sas", "decision_maker")),
        (Role.SAS, ("decision_maker",)),
        (Role.DECISION_MAKER, ()),
        (Role.MAS, ("operations_manager", "sas", "decision_maker")),
    ],
)
def test_above_a_role_are_those_who_come_later_on_the_ladder(role, above):
    assert upward(role, default().ladder) == above


def test_a_shorter_ladder_has_fewer_above():
    short = Ladder(rungs=("owner", "sas"), hours_between=1)

    assert upward(Role.UNIT_MANAGER, short) == (Role.SAS,)
    assert upward(Role.OPERATIONS_MANAGER, short) == (Role.SAS,)


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
    ladder = policy().ladder.model_copy(update={"rungs": (Rung.DIRECTOR,)})
    short = policy().model_copy(update={"ladder": ladder, "version": 2})
    case = played(*MISSED)

    [fact] = decide(case, climb(at=LATER), short)
    assert (fact.to, fact.next_at, fact.policy_version) == (Role.DECISION_MAKER, None, 2)
    case = played(*MISSED, climb(at=LATER))
    assert decide(case, climb(rung=1, at=LATER), short) == []


def test_two_who_tell_the_same_rung_at_once_tell_it_once():
    case = played(*MISSED)
    step = climb(at=LATER)

    assert decide(case, step, policy()) == decide(case, step, policy())
    assert decided(*MISSED, step, step) == []
