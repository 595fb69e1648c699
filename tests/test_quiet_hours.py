"""When ordinary mail waits, and until when: days off, changes of the clock, what is grave."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import events as e
from events import Role, Rung
from infra import clock
from services.policies import default
from tests.samples import ANNA
from workflows.policy import QuietHours, WorkingDays
from workflows.rules import calendar
from workflows.rules.calendar import after_working_hours, is_working_day, when_awake
from workflows.rules.telling import ROWS, Telling, To, tellings

ZONE = ZoneInfo("Europe/Stockholm")
QUIET = default().quiet_hours
DAYS = default().working_days()
NIGHTS = QuietHours(begins=time(22), ends=time(6), working_days_only=False)


def local(*when, fold=0):
    return datetime(*when, tzinfo=ZONE, fold=fold)


@pytest.mark.parametrize(
    ("at", "then"),
    [
        (local(2026, 3, 2, 7), local(2026, 3, 2, 7)),
        (local(2026, 3, 2, 17, 59), local(2026, 3, 2, 17, 59)),
        (local(2026, 3, 2, 18), local(2026, 3, 3, 7)),
        (local(2026, 3, 3, 6, 59), local(2026, 3, 3, 7)),
        (local(2026, 3, 6, 18), local(2026, 3, 9, 7)),  # Friday evening
        (local(2026, 3, 7, 12), local(2026, 3, 9, 7)),  # Saturday noon
        (local(2026, 6, 18, 18), local(2026, 6, 22, 7)),  # before midsummer's eve 2026
        (local(2026, 6, 19, 9), local(2026, 6, 22, 7)),
        (local(2027, 6, 24, 17, 59), local(2027, 6, 24, 17, 59)),
        (local(2027, 6, 25, 9), local(2027, 6, 28, 7)),  # midsummer's eve 2027
        (local(2026, 4, 2, 20), local(2026, 4, 7, 7)),  # Easter 2026
        (local(2027, 3, 25, 20), local(2027, 3, 30, 7)),  # Easter 2027, with summer time in it
        (local(2026, 12, 24, 9), local(2026, 12, 28, 7)),  # Christmas eve to Monday
        (local(2026, 12, 31, 9), local(2027, 1, 4, 7)),
        (local(2026, 3, 27, 19), local(2026, 3, 30, 7)),  # over the night to summer time
        (local(2026, 10, 23, 19), local(2026, 10, 26, 7)),  # and back
        (local(2026, 5, 15, 9), local(2026, 5, 15, 9)),  # a squeeze day is worked
    ],
)
def test_ordinary_mail_waits_for_the_next_working_morning(at, then):
    assert when_awake(at, QUIET, DAYS) == then


def test_the_wait_over_a_change_of_the_clock_is_an_hour_shorter_or_longer():
    shorter = when_awake(local(2026, 3, 28, 22), NIGHTS)
    longer = when_awake(local(2026, 10, 24, 22), NIGHTS)

    assert shorter - local(2026, 3, 28, 22).astimezone(UTC) == timedelta(hours=7)
    assert longer - local(2026, 10, 24, 22).astimezone(UTC) == timedelta(hours=9)


@pytest.mark.parametrize(
    ("at", "then"),
    [
        (local(2026, 3, 29, 0, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # no 02.30 then
        (
            local(2026, 10, 25, 0, 30),
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        ),  # the first one
        (local(2026, 10, 25, 2, 10, fold=1), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ],
)
def test_quiet_hours_that_end_while_the_clock_is_changed_end_once(at, then):
    odd = QuietHours(begins=time(22), ends=time(2, 30), working_days_only=False)

    assert when_awake(at, odd) == then


def test_the_policy_says_which_days_are_quiet():
    eve, squeeze = local(2026, 6, 19, 9), local(2026, 5, 15, 9)

    assert when_awake(eve, QUIET, WorkingDays(eves=True)) == eve
    assert when_awake(squeeze, QUIET, WorkingDays(squeeze=False)) == local(2026, 5, 18, 7)
    assert when_awake(eve, NIGHTS, DAYS) == eve
    assert when_awake(local(2026, 6, 20, 3), None, DAYS) == local(2026, 6, 20, 3)


def test_hours_that_are_quiet_in_the_day_are_quiet_in_the_day():
    siesta = QuietHours(begins=time(12), ends=time(14))

    assert when_awake(local(2026, 3, 2, 12), siesta) == local(2026, 3, 2, 14)
    assert when_awake(local(2026, 3, 7, 13), siesta) == local(2026, 3, 9)
    assert when_awake(local(2026, 3, 2, 23), siesta) == local(2026, 3, 2, 23)


START = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 2 * 365 * 24 * 60).map(lambda it: START + timedelta(minutes=it))
clocks = st.times().map(lambda it: it.replace(second=0, microsecond=0, fold=0))


@given(moments, clocks, clocks, st.booleans())
def test_no_earlier_minute_would_have_done(at, begins, ends, working_days_only):
    if begins == ends:
        return
    quiet = QuietHours(begins=begins, ends=ends, working_days_only=working_days_only)
    then = when_awake(at, quiet, DAYS)

    assert when_awake(then, quiet, DAYS) == then >= at
    for share in (0.0, 0.25, 0.5, 0.75, 0.999):
        between = at + (then - at) * share
        if at <= between < then:
            assert when_awake(between, quiet, DAYS) == then


@given(moments, st.floats(0.5, 400))
def test_hours_of_working_days_never_end_on_a_day_off(at, hours):
    then = after_working_hours(at, hours, DAYS)

    assert then > at
    assert is_working_day(calendar.local_day(then), DAYS)
    assert after_working_hours(at, hours + 24, DAYS) > then


@pytest.mark.parametrize(
    "day", [date(2026, 1, 5), date(2026, 5, 15), date(2027, 5, 7), date(2028, 6, 5)]
)
def test_a_squeeze_day_is_worked_by_choice(day):
    assert is_working_day(day)
    assert not is_working_day(day, WorkingDays(squeeze=False))


@pytest.mark.parametrize("day", [date(2026, 5, 13), date(2026, 12, 23), date(2026, 4, 2)])
def test_a_day_beside_one_day_off_is_no_squeeze_day(day):
    assert is_working_day(day, WorkingDays(squeeze=False))


def test_people_and_the_law_count_days_in_the_same_zone():
    assert clock.ZONE == calendar.ZONE


# What waits and what does not


def climbed(code, step=Rung.OWNER):
    return e.LadderClimbed(code=code, rung=0, step=step, to=Role.SAS, policy_version=1)


def escalated(*, at_once):
    return e.CaseEscalated(rule="x", policy_version=1, why="x", to=(Role.SAS,), at_once=at_once)


@pytest.mark.parametrize(
    ("fact", "grave"),
    [
        (escalated(at_once=True), True),
        (escalated(at_once=False), False),
        (climbed("read_at_once"), True),
        (climbed("triage"), False),
        (e.DeadlineReminded(code="read_at_once"), True),
        (e.DeadlineReminded(code="triage"), False),
        (e.CaseAssigned(owner=ANNA), False),
    ],
)
def test_what_is_grave_waits_for_no_morning(fact, grave):
    assert [it.grave for it in tellings(fact, "system:test")] == [grave]


def test_each_step_of_the_ladder_looks_for_its_people_in_its_own_way():
    assert [tellings(climbed("triage", step), "")[0].to for step in Rung] == [
        To.OWNER,
        To.STAND_INS,
        To.ROLE,
        To.ROLE,
        To.ROLE,
    ]
    old = e.LadderClimbed(code="triage", rung=0, to=Role.SAS, policy_version=1)
    assert tellings(old, "") == [Telling("overdue", To.ROLE, Role.SAS)]


def test_nobody_is_told_of_what_they_did_themselves():
    assert tellings(e.CaseAssigned(owner=ANNA), str(ANNA)) == []


def test_every_text_that_is_told_is_in_the_policy():
    assert {it.type for it in ROWS} <= e.CATALOGUE.keys()
