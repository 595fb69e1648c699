"""How a case ends and begins again, and what other systems knew: one sentence each."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from events import (
    CaseClosed,
    CaseLinked,
    CaseMerged,
    CaseReopened,
    CaseRerouted,
    CaseTriaged,
    DeadlineLapsed,
    DeadlineSet,
    HistoryImported,
    NoticeUndeliverable,
    Phase,
    Role,
)
from tests.samples import (
    CAUSE_2,
    CLOSED,
    FOLLOWING_UP,
    MEASURE_2,
    MONDAY,
    OTHER_CASE,
    TO_CLOSE_GRAVE,
    TRIAGED,
    TRIAGED_GRAVE,
    WORDS,
    answer,
    answer_complainant,
    assess,
    assign,
    cause,
    classify,
    close,
    complete,
    conclude,
    decided,
    follow_up,
    grave,
    history,
    link,
    measure,
    merge,
    missing,
    note,
    of,
    played,
    refused,
    reopen,
    reroute,
    sas_says,
    serious,
    start,
    submit,
    suggest,
    undeliverable,
    withdraw,
    withdraw_cause,
)
from workflows import Incomplete, NotAllowed, Unknown

# Closing

GATES = {
    "category": (classify(), "Ange en kategori"),
    "severity": (grave(), "Bedöm allvarlighetsgraden"),
    "reporter_answer": (answer(), "Svara rapportören"),
    "complainant_answer": (answer_complainant(), "Svara den som hört av sig"),
    "sas_position": (sas_says(), "SAS ska ta ställning"),
}


def test_a_grave_case_closes_when_everything_is_done():
    assert decided(*TO_CLOSE_GRAVE, close())[0] == CaseClosed()
    assert played(*TO_CLOSE_GRAVE, close()).phase is Phase.CLOSED


def test_a_small_matter_closes_straight_from_triage():
    assert CaseClosed() in decided(*CLOSED)


def test_a_report_that_nobody_read_cannot_be_closed():
    refused(submit(), close(), kind=NotAllowed, says="avsluta ärendet när ärendet är mottaget")


@pytest.mark.parametrize(
    ("left_out", "gate", "says"),
    [
        (7, "measures_done", "Alla åtgärder ska vara genomförda eller tillbakatagna."),
        (8, "measures_followed_up", "Följ upp varje åtgärd: hade den effekt"),
        (8, "joint_follow_up", "Verksamhetschefen ska delta"),
        (9, "reporter_answer", "Svara rapportören"),
        (10, "complainant_answer", "Svara den som hört av sig"),
        (11, "sas_position", "SAS ska ta ställning"),
    ],
)
def test_a_case_is_not_closed_until(left_out, gate, says):
    skipped = {7: {7, 8}}.get(left_out, {left_out})
    given = [it for n, it in enumerate(TO_CLOSE_GRAVE) if n not in skipped]

    assert says in missing(*given)[gate]
    assert (
        gate not in missing(*TO_CLOSE_GRAVE[:3], start(), cause(), measure())
        or gate != "category"
    )


def test_the_refusal_says_everything_that_is_missing_in_words():
    said = refused(*TRIAGED_GRAVE, start(), close(), kind=Incomplete)

    for it in said.detail["missing"]:
        assert it["says"] in str(said)
    assert {"investigation", "measures", "reporter_answer", "sas_position"} <= {
        it["code"] for it in said.detail["missing"]
    }


def test_a_reopened_case_that_was_never_triaged_needs_category_and_severity():
    away = (submit(), reroute(), reopen())

    assert {"category", "severity"} <= missing(*away).keys()
    assert "category" not in missing(*away, classify())
    assert "severity" not in missing(*away, assess())


@pytest.mark.parametrize("value", [1, 2, 3, 4])
def test_from_value_four_an_investigation_and_a_measure_are_needed(value):
    case = (submit(), classify(), assess(consequence=1, likelihood=value))
    wanted = {"investigation", "measures"} if value >= 4 else set()

    assert missing(*case).keys() & {"investigation", "measures"} == wanted


def test_whoever_names_a_cause_finishes_the_investigation():
    assert "investigation" in missing(*TRIAGED, start(), cause())
    assert "investigation" not in missing(*TRIAGED, start(), cause(), conclude())


def test_every_cause_needs_a_measure_and_every_measure_a_cause():
    two = (*FOLLOWING_UP, cause(cause_id=CAUSE_2))

    assert "cause_measure" in missing(*two)
    assert "cause_measure" not in missing(*FOLLOWING_UP)
    assert "measure_cause" in missing(*FOLLOWING_UP, withdraw_cause())
    assert "measure_cause" not in missing(*FOLLOWING_UP)


def test_a_measure_taken_back_does_not_count():
    acted = (*TRIAGED_GRAVE, start(), cause(), measure(), conclude())

    assert "measures" not in missing(*acted)
    assert "measures" in missing(*acted, withdraw())


@pytest.mark.parametrize("together", [None, Role.STAFF, Role.SAS])
def test_only_the_operations_manager_makes_it_a_joint_follow_up(together):
    given = [*TO_CLOSE_GRAVE]
    given[8] = follow_up(together_with=together)

    assert "joint_follow_up" in missing(*given)
    assert "joint_follow_up" not in missing(*TO_CLOSE_GRAVE[:9])


def test_every_measure_is_followed_up_not_only_one():
    two = (*FOLLOWING_UP, measure(measure_id=MEASURE_2), complete(measure_id=MEASURE_2))

    assert "measures_followed_up" in missing(*two, follow_up())
    assert "measures_followed_up" not in missing(
        *two, follow_up(), follow_up(measure_id=MEASURE_2)
    )


def test_a_measure_without_effect_does_not_keep_a_case_open():
    given = [*TO_CLOSE_GRAVE]
    given[8] = follow_up(effect=False, together_with=Role.OPERATIONS_MANAGER)

    assert CaseClosed() in decided(*given, close())


@pytest.mark.parametrize(
    "order", list(permutations(["reporter_answer", "complainant_answer", "sas_position"]))
)
def test_the_gates_may_be_met_in_any_order(order):
    given = TO_CLOSE_GRAVE[:9]
    for done, gate in enumerate(order):
        assert set(order[done:]) == missing(*given).keys() & set(order)
        act, says = GATES[gate]
        assert says in missing(*given)[gate]
        given = (*given, act)
    assert CaseClosed() in decided(*given, close())


# Ending in other ways, and beginning again


def test_what_is_not_ours_goes_to_the_one_who_shall_have_it():
    assert of(CaseRerouted, decided(submit(), reroute()))
    assert played(submit(), reroute()).phase is Phase.REROUTED


def test_the_same_event_reported_twice_is_one_case():
    assert CaseMerged(into=OTHER_CASE, reason=WORDS) in decided(submit(), merge())
    assert played(submit(), merge()).phase is Phase.MERGED


@pytest.mark.parametrize("away", [reroute(), merge()])
@pytest.mark.parametrize("act", [classify(), note(), close(), sas_says(), assign()])
def test_nothing_is_done_in_a_case_that_left(away, act):
    refused(submit(), away, act, kind=NotAllowed)


@pytest.mark.parametrize("away", [reroute(), merge()])
def test_whoever_told_us_is_answered_also_when_the_case_left(away):
    case = played(submit(complainant=WORDS), away, answer(), answer_complainant())

    assert case.reporter_told
    assert case.complainant_told


def test_two_cases_are_tied_together_once_and_at_any_time():
    assert of(CaseLinked, decided(submit(), link()))
    assert decided(submit(), link(), link()) == []
    assert of(CaseLinked, decided(*CLOSED, link()))


@pytest.mark.parametrize("act", [classify(), note(), answer(), close(), sas_says(), reroute()])
def test_a_closed_case_rests(act):
    refused(*CLOSED, act, kind=NotAllowed, says="när ärendet är avslutat")


def test_an_open_case_cannot_be_opened():
    refused(*TRIAGED, reopen(), kind=NotAllowed, says="öppna ärendet igen")


def test_a_wrong_merge_can_be_opened_again():
    assert played(submit(), merge(), reopen()).phase is Phase.INVESTIGATING


@pytest.mark.parametrize("away", [reroute(), merge(), close()])
def test_what_sas_calls_lex_sarah_only_sas_may_end(away):
    called = (*CLOSED[:-1], sas_says(lex_sarah=True))

    refused(*called, away, kind=Incomplete, says="Bara SAS")
    assert decided(*called, replace(away, role=Role.SAS))


@pytest.mark.parametrize("read", [{"immediate_danger": True}, {"possible_lex_sarah": True}])
def test_what_a_model_found_grave_is_judged_before_it_leaves(read):
    refused(submit(), suggest(**read), reroute(), kind=Incomplete, says="Bedöm")


def test_what_is_hardly_misconduct_may_leave_at_once():
    hardly = suggest(possible_lex_sarah=True, lex_sarah_confidence=0.2)
    assert decided(submit(), hardly, answer(), reroute())


@pytest.mark.parametrize("ended", [CLOSED, (submit(), answer(), reroute())])
def test_a_reopened_case_owes_new_answers_and_has_a_clock(ended):
    case = played(*ended, reopen())

    assert CaseReopened(reason=WORDS) in decided(*ended, reopen())
    assert case.phase is Phase.INVESTIGATING
    assert not case.reporter_told
    assert not case.complainant_told
    assert ("finish_reopened", None) in case.clocks


def test_a_case_reopened_twice_has_a_clock_each_time():
    twice = (*CLOSED, reopen(), answer(), close(), reopen())

    assert "finish_reopened" in {fact.code for fact in of(DeadlineSet, decided(*twice))}


def test_a_reopened_case_closes_only_with_a_new_answer():
    assert "reporter_answer" in missing(*CLOSED, reopen())
    assert CaseClosed() in decided(*CLOSED, reopen(), answer(), close())


# What another system knew

YEARS_AGO = MONDAY - timedelta(days=900)


def test_imported_history_ends_where_the_other_system_ended_it():
    told = history(category="omsorg", consequence=2, likelihood=2, closed_at=YEARS_AGO)
    case = played(submit(), told)

    assert (case.phase, case.imported, case.category) == (Phase.CLOSED, True, "omsorg")
    assert (case.value, case.clocks) == (4, {})
    assert of(DeadlineLapsed, decided(submit(), told))


def test_imported_history_that_is_open_goes_on_here():
    assert played(submit(), history(category="omsorg")).phase is Phase.RECEIVED


@pytest.mark.parametrize("closed_at", [None, YEARS_AGO])
def test_imported_history_told_again_is_harmless(closed_at):
    assert decided(submit(), history(closed_at=closed_at), history(closed_at=closed_at)) == []


def test_imported_history_uses_the_words_on_the_lists():
    refused(submit(), history(category="annat"), kind=Unknown, says="Kategorin finns inte")
    refused(submit(), history(outcome="glömd"), kind=Unknown, says="Utfallet finns inte")
    assert of(HistoryImported, decided(submit(), history(outcome="measures")))


@pytest.mark.parametrize("begun", [(classify(),), (grave(),), (classify(), assess())])
def test_imported_history_never_writes_over_what_people_judged(begun):
    refused(submit(), *begun, history(closed_at=YEARS_AGO), says="redan påbörjat")


def test_an_imported_score_opens_no_way_round_an_assessment():
    brought = (submit(), history(category="omsorg", consequence=4, likelihood=4))

    assert not of(CaseTriaged, decided(*brought, classify(category="sekretess")))
    assert played(*brought, assess(consequence=4, likelihood=4)).sas_awaited
    closed = (
        submit(),
        history(category="omsorg", consequence=4, likelihood=4, closed_at=YEARS_AGO),
    )
    assert "severity" in missing(*closed, reopen())


def test_the_answer_of_an_imported_report_was_given_elsewhere():
    brought = (submit(), history(category="omsorg"), assess())

    assert CaseClosed() in decided(*brought, close())


# What the system says by itself


def test_nobody_to_tell_is_a_fact():
    fact = NoticeUndeliverable(notice="received", to=Role.UNIT_MANAGER)

    assert fact in decided(submit(), undeliverable())


def test_a_refusal_changes_nothing_and_names_the_phase():
    said = refused(*CLOSED, classify(), kind=NotAllowed)

    assert said.detail["phase"] is Phase.CLOSED


# What stayed silent when we broke it


def test_a_reopened_case_owes_the_complainant_a_new_answer_too():
    closed = (*TO_CLOSE_GRAVE, close())

    assert played(*closed).complainant_told
    assert {"reporter_answer", "complainant_answer"} <= missing(*closed, reopen()).keys()


def test_the_operations_manager_takes_part_in_following_up_every_measure():
    alone = [*TO_CLOSE_GRAVE, measure(measure_id=MEASURE_2), complete(measure_id=MEASURE_2)]
    joint = follow_up(measure_id=MEASURE_2, together_with=Role.OPERATIONS_MANAGER)

    assert "joint_follow_up" in missing(*alone, follow_up(measure_id=MEASURE_2))
    assert CaseClosed() in decided(*alone, joint, close())


@pytest.mark.parametrize("away", [reroute(), merge()])
def test_a_report_ticked_serious_is_judged_before_it_leaves(away):
    refused(serious(), away, kind=Incomplete, says="kan vara allvarlig")
    assert of((CaseRerouted, CaseMerged), decided(serious(), assess(), away))
