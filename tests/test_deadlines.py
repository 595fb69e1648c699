"""What must be done by when: every row, and the days on which counting goes wrong."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events import (
    DeadlineLapsed,
    DeadlineMet,
    DeadlineMissed,
    DeadlineReminded,
    DeadlineSet,
    Phase,
    Route,
)
from tests.lives import corpus
from tests.samples import (
    ACTING,
    CLOSED,
    FOLLOWING_UP,
    MEASURE,
    MEASURE_2,
    MONDAY,
    ROUTE_ID,
    TRIAGED,
    TRIAGED_GRAVE,
    anonymous,
    answer,
    assess,
    cause,
    classify,
    close,
    complete,
    conclude,
    confirm,
    decided,
    follow_up,
    grave,
    history,
    lived,
    measure,
    merge,
    miss,
    of,
    played,
    policy,
    remind,
    reopen,
    reroute,
    sas_says,
    serious,
    start,
    submit,
    waive,
    withdraw,
)
from workflows import CASE_TYPES, decide
from workflows.law import ROWS
from workflows.policy import Target, WorkingDays
from workflows.rules import deadlines
from workflows.rules.calendar import (
    ZONE,
    add_working_days,
    end_of,
    in_words,
    is_working_day,
    local_day,
)
from workflows.rules.duties import BY_CODE, DUTIES, TARGET_CODES


def local(*parts):
    return datetime(*parts, tzinfo=ZONE)


def clock(code, *given, under=None):
    """Return the clock that these commands set."""
    [fact] = [it for it in of(DeadlineSet, lived(*given, under=under)) if it.code == code]
    return fact


def due(code, *given):
    return clock(code, *given).due_at.astimezone(ZONE)


def reported(at, **changed):
    return submit(at=at, received_at=at, **changed)


# The rows


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: duty.code)
def test_a_duty_names_kinds_and_fields_that_are(duty):
    assert duty.case_types
    assert duty.case_types <= CASE_TYPES.keys()
    assert duty.stops
    for field in (duty.day, duty.about):
        assert field is None or all(field in it.model_fields for it in duty.starts)
    # What has no moment of its own is counted from when it became so.
    assert duty.since is None or any(duty.since in it.model_fields for it in duty.starts)
    if duty.about:
        assert all(duty.about in it.model_fields for it in duty.stops)


def test_every_duty_has_a_code_of_its_own_and_a_row_of_the_law():
    assert len({duty.code for duty in DUTIES}) == len(DUTIES)
    assert {duty.law for duty in DUTIES} <= {row.id for row in ROWS}


def test_every_target_of_the_policy_has_its_row():
    assert policy().targets.keys() == TARGET_CODES


def test_every_duty_really_sets_a_clock_in_some_life_of_each_of_its_kinds():
    told = {
        (life.state.case_type, fact.code)
        for life in corpus()
        for fact in of(DeadlineSet, life.history)
    }

    assert told == {(kind, duty.code) for duty in DUTIES for kind in duty.case_types}


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ({"working_days": 1}, ": 1 arbetsdag enligt policyn, version 1."),
        ({"working_days": 2}, ": 2 arbetsdagar enligt"),
        ({"hours": 1}, ": 1 timme på klockan enligt"),
        ({"hours": 1.5}, ": 1,5 timmar på klockan enligt"),
    ],
)
def test_one_day_is_said_as_one_and_half_an_hour_with_a_comma(target, says):
    assert says in clock("triage", submit(), under=aimed(**target)).explains


def aimed(code="triage", **target):
    """Return the default policy with another target."""
    changed = {code: Target(what="Läsa", source="Test", **target)}
    return policy().model_copy(update={"targets": policy().targets | changed})


@pytest.fixture
def duties(monkeypatch):
    """Let the test say which duties there are."""

    def are(*rows):
        monkeypatch.setattr(deadlines, "DUTIES", rows)
        deadlines._touched.cache_clear()

    yield are
    deadlines._touched.cache_clear()


def test_a_change_in_the_duties_moves_no_clock_that_runs(duties):
    old = played(submit())
    duties()

    assert old.clocks.keys() == {("triage", None), ("answer_reporter", None)}
    assert "triage" not in {it.code for it in of(DeadlineSet, lived(submit()))}


# Which days are worked


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 1, 1), False),  # nyårsdagen
        (date(2026, 1, 2), True),
        (date(2026, 1, 5), True),  # trettondagsafton
        (date(2026, 1, 6), False),  # trettondedag jul
        (date(2026, 4, 2), True),  # skärtorsdagen
        (date(2026, 4, 3), False),  # långfredagen
        (date(2026, 4, 6), False),  # annandag påsk
        (date(2026, 4, 7), True),
        (date(2026, 5, 1), False),  # första maj
        (date(2026, 5, 14), False),  # Kristi himmelsfärdsdag
        (date(2026, 5, 15), True),  # klämdag
        (date(2026, 5, 25), True),  # annandag pingst is worked since 2005
        (date(2025, 6, 6), False),  # nationaldagen, a Friday
        (date(2026, 6, 6), False),
        (date(2026, 6, 20), False),  # midsommardagen
        (date(2026, 10, 30), True),
        (date(2026, 10, 31), False),  # alla helgons dag
        (date(2025, 12, 25), False),
        (date(2025, 12, 26), False),
        (date(2028, 2, 29), True),  # a Tuesday
        (date(2026, 3, 7), False),
        (date(2026, 3, 8), False),
    ],
)
@pytest.mark.parametrize("eves", [True, False])
def test_red_days_are_not_worked_whatever_the_policy(day, worked, eves):
    assert is_working_day(day, WorkingDays(eves=eves)) is worked


@pytest.mark.parametrize(
    "eve",
    [
        date(2026, 6, 19),  # midsommarafton, earliest
        date(2021, 6, 25),  # midsommarafton, latest
        date(2026, 12, 24),
        date(2026, 12, 31),
    ],
)
def test_the_policy_says_whether_eves_are_worked(eve):
    assert not is_working_day(eve)
    assert is_working_day(eve, WorkingDays(eves=True))


@pytest.mark.parametrize("day", [date(2026, 6, 18), date(2026, 6, 26), date(2026, 12, 23)])
def test_the_days_beside_an_eve_are_worked(day):
    assert is_working_day(day)


@pytest.mark.parametrize(
    ("start_day", "count", "end"),
    [
        (date(2026, 3, 2), 1, date(2026, 3, 3)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),  # over a weekend
        (date(2026, 3, 7), 1, date(2026, 3, 9)),  # from a Saturday
        (date(2026, 4, 1), 2, date(2026, 4, 7)),  # over Easter
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2025, 6, 5), 1, date(2025, 6, 9)),  # over 6 June and a weekend
        (date(2026, 6, 17), 2, date(2026, 6, 22)),  # over midsummer
        (date(2025, 12, 23), 1, date(2025, 12, 29)),  # over Christmas
        (date(2025, 12, 23), 3, date(2026, 1, 2)),  # 29, 30, not New Year's Eve, 2
        (date(2028, 2, 28), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 1, date(2028, 3, 1)),
        (date(2026, 3, 27), 1, date(2026, 3, 30)),  # over the night to summer time
        (date(2026, 10, 23), 1, date(2026, 10, 26)),  # and back
        (date(2026, 3, 9), -1, date(2026, 3, 6)),
        (date(2026, 4, 7), -1, date(2026, 4, 2)),
        (date(2026, 3, 7), 0, date(2026, 3, 7)),
    ],
)
def test_working_days_are_counted(start_day, count, end):
    assert add_working_days(start_day, count) == end


def test_counting_over_eves_follows_the_policy():
    day = date(2026, 6, 18)

    assert add_working_days(day, 1, WorkingDays(eves=True)) == date(2026, 6, 19)
    assert add_working_days(day, 1) == date(2026, 6, 22)
    worked = policy().model_copy(update={"eves_are_working_days": True})
    at = local(2026, 6, 17, 12)
    assert local_day(clock("triage", reported(at), under=worked).due_at) == date(2026, 6, 19)
    assert local_day(clock("triage", reported(at)).due_at) == date(2026, 6, 22)


def test_a_moment_is_said_as_people_say_it():
    assert in_words(datetime(2026, 11, 25, 13, 30, tzinfo=UTC)) == (
        "onsdag 25 november 2026 kl. 14.30"
    )
    assert in_words(datetime(2026, 6, 30, 22, 5, tzinfo=UTC)) == "onsdag 1 juli 2026 kl. 00.05"


# Where a day ends


def test_a_report_at_one_minute_to_midnight_counts_from_that_day():
    assert due("triage", reported(local(2026, 3, 2, 23, 59))) == local(2026, 3, 4, 23, 59)


def test_a_report_just_after_midnight_counts_from_the_new_day_though_utc_says_the_old():
    at = datetime(2026, 3, 2, 23, 1, tzinfo=UTC)

    assert due("triage", reported(at)) == local(2026, 3, 5, 23, 59)


@pytest.mark.parametrize(
    ("at", "end"),
    [
        (datetime(2026, 6, 1, 21, 59, tzinfo=UTC), local(2026, 6, 3, 23, 59)),
        (datetime(2026, 6, 1, 22, 0, tzinfo=UTC), local(2026, 6, 4, 23, 59)),
    ],
)
def test_midnight_is_two_hours_before_utcs_in_summer(at, end):
    assert due("triage", reported(at)) == end


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 3, 29), datetime(2026, 3, 29, 21, 59, tzinfo=UTC)),
        (date(2026, 3, 28), datetime(2026, 3, 28, 22, 59, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 22, 59, tzinfo=UTC)),
        (date(2026, 10, 24), datetime(2026, 10, 24, 21, 59, tzinfo=UTC)),
    ],
)
def test_the_nights_when_clocks_change_end_a_day_at_its_own_midnight(day, end):
    assert end_of(day) == end


@pytest.mark.parametrize(
    ("at", "end"),
    [
        (local(2026, 3, 29, 0, 30), local(2026, 3, 29, 5, 30)),  # 02–03 is not
        (local(2026, 10, 25, 0, 30), local(2026, 10, 25, 3, 30)),  # 02–03 is twice
    ],
)
@pytest.mark.parametrize("zone", [UTC, ZONE, ZoneInfo("Asia/Tokyo")])
def test_a_target_in_hours_is_time_that_passes_wherever_the_moment_was_written(at, end, zone):
    at = at.astimezone(UTC).astimezone(zone)
    urgent = serious(at=at, received_at=at)

    assert clock("read_at_once", urgent).due_at.astimezone(UTC) == end.astimezone(UTC)
    assert clock("read_at_once", urgent).due_at - at.astimezone(UTC) == timedelta(hours=4)


def test_a_time_in_the_hour_that_comes_twice_survives_being_written():
    at = datetime(2026, 10, 24, 20, 30, tzinfo=UTC)
    fact = clock("read_at_once", serious(at=at.astimezone(ZONE), received_at=at))

    assert DeadlineSet.model_validate(fact.model_dump(mode="json")) == fact


# Reminders


def test_a_reminder_comes_in_the_morning_so_many_working_days_before():
    fact = clock("answer_reporter", submit())

    assert fact.due_at == local(2026, 3, 16, 23, 59)
    assert fact.remind_at == local(2026, 3, 12, 8, 0)
    assert clock("triage", submit()).remind_at == local(2026, 3, 4, 8, 0)


def test_a_reminder_may_be_hours_before():
    fact = clock("triage", submit(), under=aimed(hours=10, remind_hours_before=3))

    assert fact.due_at - fact.remind_at == timedelta(hours=3)


@pytest.mark.parametrize(
    "target", [{"hours": 2}, {"working_days": 2}, {"hours": 2, "remind_hours_before": 3}]
)
def test_what_asks_for_no_reminder_or_one_already_past_has_none(target):
    assert clock("triage", submit(), under=aimed(**target)).remind_at is None


def test_a_measure_is_due_and_judged_at_the_end_of_its_days():
    life = (*TRIAGED, start(), cause(), measure(due_on=date(2026, 4, 7)))
    kept, judged = clock("measure_due", *life), clock("measure_effect", *life)

    assert (kept.due_at, kept.about) == (local(2026, 4, 7, 23, 59), MEASURE)
    assert kept.remind_at == local(2026, 4, 2, 8, 0)
    assert judged.due_at == local(2026, 4, 20, 23, 59)


def test_each_measure_has_clocks_of_its_own():
    case = played(*ACTING, measure(measure_id=MEASURE_2), complete())

    assert ("measure_due", MEASURE) not in case.clocks
    assert ("measure_due", MEASURE_2) in case.clocks
    assert {("measure_effect", MEASURE), ("measure_effect", MEASURE_2)} <= case.clocks.keys()


def test_a_measure_due_today_is_not_reminded_of():
    today = date(2026, 3, 2)

    life = (*TRIAGED, start(), cause(), measure(due_on=today))
    assert clock("measure_due", *life).remind_at is None


# Which facts start and stop which clock


@pytest.mark.parametrize(
    ("code", "before", "stop"),
    [
        ("triage", (submit(), classify()), assess()),
        ("answer_reporter", (submit(),), answer()),
        ("answer_reporter", (submit(),), waive()),
        ("sas_position", TRIAGED_GRAVE, sas_says()),
        ("investigate", (*TRIAGED, start()), conclude()),
        ("investigate", (*TRIAGED, answer()), close()),
        ("finish_reopened", (*CLOSED, reopen(), answer()), close()),
    ],
)
def test_a_duty_done_meets_its_clock(code, before, stop):
    assert (code, None) in played(*before).clocks
    assert DeadlineMet(code=code, late=False) in decided(*before, stop)
    assert (code, None) not in played(*before, stop).clocks


@pytest.mark.parametrize(
    ("code", "before", "stop"),
    [
        ("measure_due", ACTING, complete()),
        ("measure_due", ACTING, withdraw()),
        ("measure_effect", FOLLOWING_UP, follow_up()),
        ("measure_effect", ACTING, withdraw()),
    ],
)
def test_a_promise_kept_or_taken_back_meets_its_clock(code, before, stop):
    assert DeadlineMet(code=code, about=MEASURE, late=False) in decided(*before, stop)


def test_an_answer_to_the_complainant_is_none_to_the_reporter():
    case = played(submit(complainant=answer().words), waive(whose="complainant"))

    assert ("answer_reporter", None) in case.clocks


def test_nobody_is_owed_an_answer_who_is_not_known():
    assert ("answer_reporter", None) not in played(anonymous()).clocks


def test_no_position_is_asked_of_sas_below_the_floor():
    assert ("sas_position", None) not in played(*TRIAGED).clocks


def test_done_on_the_minute_is_in_time_and_a_minute_later_is_late():
    end = due("answer_reporter", submit())

    assert DeadlineMet(code="answer_reporter", late=False) in decided(submit(), answer(at=end))
    assert DeadlineMet(code="answer_reporter", late=True) in decided(
        submit(), answer(at=end + timedelta(minutes=1))
    )


def test_a_clock_is_set_once_and_never_moves():
    first = played(*TRIAGED_GRAVE)
    again = played(*TRIAGED_GRAVE, grave(at=MONDAY + timedelta(days=5)))

    assert again.clocks == first.clocks
    later = decided(*TRIAGED_GRAVE, sas_says(), grave(at=MONDAY + timedelta(days=5)))
    assert not of(DeadlineSet, later)


def test_a_time_is_missed_when_it_has_passed_and_not_before():
    end = due("triage", submit())

    assert decided(submit(), miss(at=end - timedelta(minutes=1))) == []
    assert DeadlineMissed(code="triage") in decided(submit(), miss(at=end))
    assert played(submit(), miss(at=end)).overdue
    assert not played(submit()).overdue


def test_what_was_missed_is_met_late_and_is_overdue_no_more():
    end = due("triage", submit())
    late = (submit(), miss(at=end), classify(at=end + timedelta(hours=1)))
    done = assess(at=end + timedelta(hours=2))

    assert DeadlineMet(code="triage", late=True) in decided(*late, done)
    assert not played(*late, done).overdue


# Cases that ended


@pytest.mark.parametrize("away", [reroute(route=Route.NOT_A_DEVIATION), merge()])
def test_a_case_that_left_has_no_clock_but_the_answer_it_owes(away):
    facts = decided(submit(), away)

    assert {it.code for it in of(DeadlineLapsed, facts)} >= {"triage"}
    assert played(submit(), away).clocks.keys() == {("answer_reporter", None)}
    assert played(submit(), away, answer()).clocks == {}


def test_a_case_that_went_to_somebody_else_waits_to_hear_that_it_got_there():
    left = (submit(), reroute(), answer())

    assert played(*left).clocks.keys() == {("reach_receiver", ROUTE_ID)}
    assert DeadlineMet(code="reach_receiver", about=ROUTE_ID, late=False) in decided(
        *left, confirm()
    )
    assert played(*left, confirm()).clocks == {}


@pytest.mark.parametrize("away", [reroute(), merge()])
def test_the_answer_a_case_that_left_owes_is_still_reminded_of_and_missed(away):
    left = (submit(), away)

    assert DeadlineReminded(code="answer_reporter") in decided(
        *left, remind(code="answer_reporter")
    )
    late = miss(code="answer_reporter", at=MONDAY + timedelta(days=30))
    assert DeadlineMissed(code="answer_reporter") in decided(*left, late)


def test_a_closed_case_lets_go_of_every_clock():
    assert played(*CLOSED).clocks == {}
    early = (submit(), history(closed_at=MONDAY))
    assert played(*early).phase is Phase.CLOSED
    assert {it.code for it in of(DeadlineLapsed, decided(*early))} == {
        "triage",
        "answer_reporter",
    }


def test_a_case_that_ends_sets_no_clock():
    assert not of(DeadlineSet, decided(*TRIAGED, answer(), close()))


def test_clocks_are_let_go_of_in_the_order_they_were_set():
    facts = of(DeadlineLapsed, decided(serious(), classify(), grave(), sas_says(), merge()))
    order = [it.code for it in of(DeadlineSet, lived(serious(), classify(), grave()))]

    assert [it.code for it in facts] == [c for c in order if c in {it.code for it in facts}]


# What stayed silent when we broke it


def test_a_duty_of_another_kind_of_case_sets_no_clock(duties):
    other = replace(BY_CODE["triage"], case_types=frozenset({"complaint"}))
    duties(other)

    assert not of(DeadlineSet, lived(submit()))


def test_a_clock_that_has_run_is_not_set_again_by_the_same_kind_of_fact():
    answered = played(*TRIAGED_GRAVE, sas_says())
    asked_again = replace(answered, sas_position=None)

    assert not of(DeadlineSet, decide(asked_again, grave(), policy()))
