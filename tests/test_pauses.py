"""A target that waits by a recorded decision: what may wait, for how long, and what never."""

from datetime import UTC, date, datetime, timedelta

import pytest

from events import DeadlineMissed, DeadlinePaused, DeadlineSet, Harm, OwnerType, Track
from tests.samples import (
    ACTING,
    INVESTIGATING,
    MEASURE,
    MONDAY,
    SUBMITTED,
    TRIAGED,
    TRIAGED_GRAVE,
    WORDS,
    ask_more,
    decided,
    grave,
    lived,
    miss,
    of,
    pause,
    played,
    policy,
    private,
    refused,
    remind,
    report_misconduct,
    serious,
    submit,
)
from workflows import NotAllowed, Unknown
from workflows.law import law_on
from workflows.policy import Target
from workflows.rules.calendar import ZONE
from workflows.rules.duties import DUTIES


def local(*parts):
    return datetime(*parts, tzinfo=ZONE)


def targeted(code, **target):
    changed = {code: Target(what="Läsa", source="Test", **target)}
    return policy().model_copy(update={"targets": policy().targets | changed})


def paused(*given, under=None, **said):
    """Pause the triage clock of a case; return the fact."""
    [fact] = of(DeadlinePaused, decided(*given, pause(code="triage", **said), under=under))
    return fact


def test_a_target_waits_until_a_day_and_says_so():
    fact = paused(submit(), until=date(2026, 3, 4))

    assert (fact.code, fact.until, fact.reason) == ("triage", date(2026, 3, 4), WORDS)
    assert fact.due_at == local(2026, 3, 6, 23, 59)
    assert fact.explains == (
        "Tiden väntar till 2026-03-04 enligt beslut i ärendet. "
        "Ny tid: senast fredag 6 mars 2026 kl. 23.59."
    )
    clock = played(submit(), pause(code="triage", until=date(2026, 3, 4))).clocks[
        "triage", None
    ]
    assert (clock.due_at, clock.paused_until) == (fact.due_at, date(2026, 3, 4))


@pytest.mark.parametrize(
    ("target", "until", "end"),
    [
        # Working days that pass while it waits: not a weekend, not Easter.
        ({"working_days": 2}, date(2026, 3, 9), local(2026, 3, 11, 23, 59)),
        ({"working_days": 2}, date(2026, 3, 8), local(2026, 3, 10, 23, 59)),
        ({"working_days": 22}, date(2026, 4, 7), local(2026, 5, 8, 23, 59)),
        # Days, weekends among them.
        ({"days": 10}, date(2026, 3, 9), local(2026, 3, 19, 23, 59)),
        ({"days": 30}, date(2026, 4, 2), local(2026, 5, 2, 23, 59)),
        # Days of time that passes.
        ({"hours": 24}, date(2026, 3, 4), datetime(2026, 3, 5, 8, tzinfo=UTC)),
    ],
)
def test_the_time_moves_by_as_long_as_it_waits(target, until, end):
    under = targeted("triage", **target)

    assert paused(submit(), until=until, under=under).due_at == end


def test_a_reminder_waits_as_long_and_does_not_come_twice():
    fact = paused(submit(), until=date(2026, 3, 4))
    told = paused(submit(), remind(), until=date(2026, 3, 4))

    assert fact.remind_at == local(2026, 3, 6, 8, 0)
    assert told.remind_at is None


def test_what_waits_is_missed_at_its_new_time_and_not_before():
    waits = (submit(), pause(code="triage", until=date(2026, 3, 4)))

    assert decided(*waits, miss(at=local(2026, 3, 4, 23, 59))) == []
    assert DeadlineMissed(code="triage") in decided(*waits, miss(at=local(2026, 3, 6, 23, 59)))


def test_a_day_that_waits_already_does_not_wait_twice():
    once = (submit(), pause(code="triage", until=date(2026, 3, 4)))

    refused(
        *once, pause(code="triage", until=date(2026, 3, 4)), kind=Unknown, says="redan till"
    )
    refused(
        *once, pause(code="triage", until=date(2026, 3, 3)), kind=Unknown, says="redan till"
    )
    straight = paused(submit(), until=date(2026, 3, 9)).due_at
    assert paused(*once, until=date(2026, 3, 9)).due_at == straight


@pytest.mark.parametrize("until", [date(2026, 3, 1), date(2026, 3, 2), date(2027, 3, 4)])
def test_a_pause_ends_on_a_day_to_come_within_a_year(until):
    refused(submit(), pause(code="triage", until=until), kind=Unknown, says="en dag som kommer")


def test_the_day_is_the_one_it_is_here_and_not_in_utc():
    at = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # half past midnight on the third

    refused(submit(), pause(code="triage", at=at, until=date(2026, 3, 3)), says="som kommer")
    assert paused(submit(), at=at, until=date(2026, 3, 4))


def test_what_has_passed_is_late_and_does_not_wait():
    late = {"code": "triage", "until": date(2026, 3, 20)}

    refused(submit(), pause(at=local(2026, 3, 4, 23, 59), **late), says="redan gått ut")
    assert decided(submit(), pause(at=local(2026, 3, 4, 23, 58), **late))
    missed = (submit(), miss(at=local(2026, 3, 4, 23, 59)))
    refused(*missed, pause(at=local(2026, 3, 5, 8), **late), says="redan gått ut")


def test_only_what_runs_can_wait():
    refused(submit(), pause(code="finish"), kind=Unknown, says="löper inte")
    refused(submit(), pause(code="triage", about=MEASURE), kind=Unknown, says="löper inte")
    refused(submit(), pause(code="invented"), kind=Unknown, says="löper inte")


@pytest.mark.parametrize("code", ["measure_due", "measure_effect"])
def test_what_was_promised_for_a_day_does_not_wait(code):
    refused(*ACTING, pause(code=code, about=MEASURE), kind=Unknown, says="för en åtgärd")


@pytest.mark.parametrize("law", [Track.SOL, Track.LSS])
@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("protect", {Track.SOL: "genast", Track.LSS: "utan dröjsmål"}),
        ("start_investigation", {Track.SOL: "genast", Track.LSS: "utan dröjsmål"}),
        ("register", {Track.SOL: "så snart", Track.LSS: "så snart"}),
    ],
)
def test_what_the_law_has_a_word_for_does_not_wait(code, word, law):
    said = f"lagen säger {word[law]}"
    refused(report_misconduct(law=law), pause(code=code), kind=Unknown, says=said)


def test_our_own_targets_in_a_case_of_misconduct_may_wait():
    assert decided(*INVESTIGATING, pause(code="lex_sarah_investigation"))
    assert decided(private(), pause(code="inform_board_report", until=date(2026, 3, 3)))


@pytest.mark.parametrize(
    ("code", "given"),
    [("sas_position", TRIAGED_GRAVE), ("read_at_once", (serious(),))],
)
def test_what_may_be_grave_waits_for_nobody(code, given):
    said = pause(code=code, until=date(2026, 3, 3), at=MONDAY + timedelta(hours=2))
    refused(*given, said, kind=Unknown, says="kan vara allvarligt")


@pytest.mark.parametrize("given", [SUBMITTED, (*SUBMITTED, ask_more())])
def test_nothing_waits_on_the_way_to_ivo(given):
    refused(*given, pause(code="supply_investigation"), kind=NotAllowed)


def test_no_clock_with_a_time_or_a_word_of_the_law_may_ever_wait():
    """Every duty whose row states a time or a word is refused, whatever case it runs in."""
    given = {
        "deviation": (*TRIAGED_GRAVE,),
        "lex_sarah": (report_misconduct(owner_type=OwnerType.PRIVATE, harm=Harm.SERIOUS),),
        "complaint": (submit(case_type="complaint", complainant=WORDS), grave()),
    }
    tried = set()
    for kind, commands in given.items():
        state = played(*commands)
        for fact in of(DeadlineSet, lived(*commands)):
            lawful = fact.statutory or fact.legal_word is not None
            if (fact.code, fact.about) in state.clocks and lawful:
                refused(*commands, pause(code=fact.code, until=date(2026, 3, 3)), kind=Unknown)
                tried.add((kind, fact.code))

    assert tried == {("lex_sarah", it) for it in ("protect", "start_investigation", "register")}
    laws = {
        duty.code: law_on(duty.law, date(2026, 3, 2), Track.SOL, OwnerType.PRIVATE)
        for duty in DUTIES
        if duty.law != "R12"
    }
    worded = {code for code, row in laws.items() if row.word}
    assert worded == {"protect", "start_investigation", "register", "notify_ivo"}


def test_a_clock_that_was_met_cannot_wait():
    refused(*TRIAGED, pause(code="triage"), kind=Unknown, says="löper inte")
