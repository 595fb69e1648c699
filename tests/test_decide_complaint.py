"""What a complaint answers to each command: acknowledged, named, answered, closed."""

from itertools import permutations

import pytest

from events import (
    AnswerWaived,
    AnswerWay,
    CaseClosed,
    ComplainantAnswered,
    ComplaintAcknowledged,
    ComplaintAnswered,
    ComplaintKind,
    ComplaintKindSet,
    DeadlineMet,
    DeadlineSet,
    LexSarahRaised,
    MessageReceived,
    MessageSent,
    Phase,
    Relation,
    Role,
    Route,
)
from tests.samples import (
    ANNA,
    BO,
    CAUSE,
    MESSAGE,
    MONDAY,
    ROUTE_ID,
    WORDS,
    acknowledge,
    answer,
    answer_complainant,
    assess,
    cause,
    classify,
    close,
    coded,
    complain,
    complete,
    confirm,
    decided,
    follow_up,
    grave,
    history,
    lived,
    measure,
    merge,
    missing,
    of,
    pass_on,
    played,
    raise_lex_sarah,
    receive_message,
    record,
    refused,
    reopen,
    reroute,
    sas_says,
    send,
    set_kind,
    start,
    suggest,
    waive,
    withdraw,
    withdraw_cause,
)
from workflows import Incomplete, NotAllowed, Unknown

ANSWERED = (complain(), set_kind(), answer_complainant())
"""A complaint that can be closed."""


def test_somebody_outside_tells_us_and_staff_say_what_it_is():
    case = played(complain())

    assert (case.case_type, case.phase, case.complaint.kind) == ("complaint", "received", None)
    for kind in ComplaintKind:
        assert of(ComplaintKindSet, decided(complain(), set_kind(kind=kind)))
        assert played(complain(), set_kind(kind=kind)).complaint.kind is kind


def test_what_it_is_may_be_said_anew_and_the_same_again_is_harmless():
    praise = set_kind(kind=ComplaintKind.PRAISE)

    assert decided(complain(), set_kind(), set_kind()) == []
    assert played(complain(), set_kind(), praise).complaint.kind is ComplaintKind.PRAISE


def test_it_is_acknowledged_once():
    assert ComplaintAcknowledged(words=WORDS, way=AnswerWay.PHONE) in decided(
        complain(), acknowledge()
    )
    assert played(complain(), acknowledge()).phase is Phase.ACKNOWLEDGED
    refused(complain(), acknowledge(), acknowledge(), kind=NotAllowed, says="bekräfta när")


def test_only_those_with_a_code_are_told_under_it():
    for act in (acknowledge, send):
        refused(complain(), act(way=AnswerWay.CODE), kind=Unknown, says="ingen kod")
        assert decided(coded(), act(way=AnswerWay.CODE))
        assert decided(complain(answer_way=AnswerWay.EMAIL), act(way=AnswerWay.CODE))
    refused(complain(answer_way=AnswerWay.PHONE), send(way=AnswerWay.CODE), says="ingen kod")
    refused(coded(), send(way=AnswerWay.NONE), kind=Unknown, says="hur meddelandet gick fram")


def test_an_investigation_begins_when_the_sender_knows_that_we_have_it():
    refused(complain(), start(), kind=NotAllowed)
    assert played(complain(), acknowledge(), start()).phase is Phase.INVESTIGATING


@pytest.mark.parametrize(
    "before",
    [
        (complain(),),
        (complain(), acknowledge()),
        (complain(), acknowledge(), start()),
    ],
)
@pytest.mark.parametrize("act", [answer_complainant(), waive(whose="complainant")])
def test_an_answer_or_a_reason_why_not_leads_to_answered(before, act):
    facts = decided(*before, act)

    assert of(ComplaintAnswered, facts)
    assert DeadlineMet(code="answer_complainant", late=False) in facts
    assert played(*before, act).phase is Phase.ANSWERED
    assert ("finish", None) in played(*before, act).clocks


def test_an_answer_acknowledges_too():
    facts = decided(complain(), answer_complainant())

    assert DeadlineMet(code="acknowledge", late=False) in facts


def test_a_second_answer_is_given_and_moves_nothing():
    facts = decided(*ANSWERED, answer_complainant())

    assert of(ComplainantAnswered, facts)
    assert not of(ComplaintAnswered, facts)


def test_waiving_the_reporters_answer_is_no_answer_to_the_complainant():
    case = played(complain(), waive(whose="reporter"))

    assert case.phase is Phase.RECEIVED
    assert {("acknowledge", None), ("answer_complainant", None)} <= case.clocks.keys()


# Whether we may tell


@pytest.mark.parametrize("relation", [Relation.RELATIVE, Relation.OTHER])
def test_nobody_but_the_individual_is_answered_without_a_check_of_secrecy(relation):
    told = complain(relation=relation)

    said = refused(told, answer_complainant(), kind=Incomplete, says="Får vi svara")
    assert said.detail["missing"] == ["secrecy"]
    refused(told, answer_complainant(secrecy="nonsense"), kind=Unknown, says="sekretessfrågan")
    for ground in ("consent", "representative", "general_only"):
        [fact] = of(ComplainantAnswered, decided(told, answer_complainant(secrecy=ground)))
        assert fact.secrecy == ground


def test_the_individual_is_answered_without():
    assert decided(complain(relation=Relation.INDIVIDUAL), answer_complainant())


def test_a_message_to_a_relative_needs_no_ground_for_it_tells_how_it_goes():
    assert decided(complain(relation=Relation.RELATIVE), send())


@pytest.mark.parametrize(
    "way",
    [
        AnswerWay.CODE,
        AnswerWay.EMAIL,
        AnswerWay.PHONE,
        AnswerWay.LETTER,
        AnswerWay.MEETING,
    ],
)
def test_who_said_how_to_be_reached_is_not_waived_as_anonymous(way):
    act = waive(whose="complainant", ground="anonymous")

    refused(complain(answer_way=way), act, kind=Unknown, says="går att nå")
    assert decided(complain(answer_way=way), waive(whose="complainant", ground="declined"))


@pytest.mark.parametrize("way", [None, AnswerWay.NONE])
def test_who_left_no_way_may_be(way):
    act = waive(whose="complainant", ground="anonymous")

    assert of(AnswerWaived, decided(complain(answer_way=way), act))


def test_an_anonymous_reporter_with_a_code_can_be_answered_and_is_not_waived_as_anonymous():
    refused(coded(), waive(ground="anonymous"), kind=Unknown, says="går att nå")
    assert decided(coded(), answer())


# Messages


def test_a_message_is_sent_and_received_once():
    assert of(MessageSent, decided(coded(), send()))
    assert decided(coded(), send(), send()) == []
    assert of(MessageReceived, decided(coded(), receive_message()))
    assert decided(coded(), receive_message(), receive_message()) == []
    assert decided(coded(), receive_message(), record()) == []
    assert played(coded(), send()).complaint.messages == {MESSAGE}


def test_what_is_written_under_the_code_waits_to_be_read():
    waits = (coded(), receive_message())

    assert ("read_message", None) in played(*waits).clocks
    assert DeadlineMet(code="read_message", late=False) in decided(
        *waits, send(message_id=ROUTE_ID)
    )
    assert ("read_message", None) not in played(*waits, answer_complainant()).clocks


def test_what_staff_wrote_down_they_have_read():
    [fact] = of(MessageReceived, decided(complain(), record()))

    assert fact.way is AnswerWay.PHONE
    assert ("read_message", None) not in played(complain(), record()).clocks


def test_a_closed_complaint_hears_more_and_must_be_read_again():
    closed = (coded(), set_kind(), answer_complainant(), close())
    written = (*closed, receive_message())

    assert played(*written).phase is Phase.CLOSED
    assert played(*written).clocks.keys() == {("read_message", None)}
    assert played(*written, send(message_id=ROUTE_ID)).clocks == {}
    again = (*written, send(message_id=ROUTE_ID), receive_message(message_id=CAUSE))
    assert "read_message" in {fact.code for fact in of(DeadlineSet, decided(*again))}


# Closing, and ending in other ways


def test_a_complaint_closes_when_it_is_answered_and_called_what_it_is():
    assert CaseClosed() in decided(*ANSWERED, close())
    assert missing(complain(), answer_complainant()).keys() == {"complaint_kind"}


@pytest.mark.parametrize(
    "before",
    [(complain(),), (complain(), acknowledge()), (complain(), acknowledge(), start())],
)
def test_a_complaint_without_an_answer_cannot_be_closed(before):
    refused(*before, set_kind(), close(), kind=NotAllowed)


@pytest.mark.parametrize("order", list(permutations([set_kind(), answer_complainant()])))
def test_the_order_does_not_matter(order):
    assert CaseClosed() in decided(complain(), *order, close())


INVESTIGATED = (complain(), acknowledge(), start(), cause())


def test_a_complaint_that_found_a_cause_is_followed_to_its_end():
    done = (*INVESTIGATED, set_kind(), answer_complainant())
    assert missing(*done).keys() == {"cause_measure"}
    assert missing(*done, measure()).keys() == {"measures_done", "measures_followed_up"}
    assert missing(*done, measure(), complete()).keys() == {"measures_followed_up"}
    kept = (*done, measure(), complete(), follow_up())
    assert CaseClosed() in decided(*kept, close())
    orphan = (*done, measure(), complete(), withdraw_cause())
    assert missing(*orphan).keys() == {"measure_cause", "measures_followed_up"}
    assert CaseClosed() in decided(*orphan, withdraw(), close())


def test_what_was_passed_on_is_confirmed_first():
    told = (*ANSWERED, pass_on())

    assert missing(*told).keys() == {"receivers"}
    assert CaseClosed() in decided(*told, confirm(), close())


def test_a_grave_complaint_goes_to_sas_like_a_deviation():
    asked = (*ANSWERED, grave())

    assert played(*asked).sas_awaited
    assert ("sas_position", None) in played(*asked).clocks
    assert missing(*asked).keys() == {"sas_position"}
    assert missing(*asked, assess()).keys() == {"sas_position"}
    assert CaseClosed() in decided(*asked, sas_says(), close())
    for away in (reroute(), merge()):
        refused(complain(), grave(), away, kind=Incomplete, says="SAS ska ta ställning")


def test_what_sas_calls_lex_sarah_only_sas_ends():
    called = (*ANSWERED, sas_says(lex_sarah=True))

    refused(*called, close(role=Role.UNIT_MANAGER), kind=Incomplete, says="Bara SAS")
    assert decided(*called, close(role=Role.SAS))


def test_a_category_and_a_severity_move_no_complaint():
    assert played(complain(), classify(), assess()).phase is Phase.RECEIVED


def test_misconduct_may_be_reported_from_a_complaint_once_by_each():
    assert LexSarahRaised(reporter=ANNA, reason=WORDS) in decided(complain(), raise_lex_sarah())
    assert decided(complain(), raise_lex_sarah(), raise_lex_sarah()) == []
    other = raise_lex_sarah(by=str(BO))
    assert played(complain(), raise_lex_sarah(), other).lex_sarah_raised == {ANNA, BO}


@pytest.mark.parametrize("read", [{"immediate_danger": True}, {"possible_lex_sarah": True}])
def test_what_a_model_found_grave_is_judged_before_it_leaves(read):
    for away in (reroute(), merge()):
        refused(complain(), suggest(**read), away, kind=Incomplete, says="Bedöm")


@pytest.mark.parametrize("away", [reroute(), merge()])
def test_the_sender_is_answered_also_when_the_complaint_left(away):
    left = (complain(), away)

    assert ("answer_complainant", None) in played(*left).clocks
    assert ("answer_complainant", None) not in played(*left, answer_complainant()).clocks
    assert played(*left, answer_complainant()).phase is not Phase.ANSWERED


@pytest.mark.parametrize(
    "ended", [(*ANSWERED, close()), (complain(), reroute(route=Route.NOT_A_DEVIATION))]
)
def test_a_complaint_opened_again_owes_a_new_answer_and_has_a_clock(ended):
    case = played(*ended, reopen())

    assert (case.phase, case.complainant_told) == (Phase.INVESTIGATING, False)
    assert ("finish_reopened", None) in case.clocks
    again = (*ended, reopen(), set_kind(), answer_complainant())
    assert CaseClosed() in decided(*again, close())


def test_an_imported_complaint_rests_where_the_other_system_ended_it():
    case = played(complain(), history(closed_at=MONDAY))

    assert (case.phase, case.clocks) == (Phase.CLOSED, {})
    assert of(DeadlineSet, lived(complain()))


def test_the_two_answers_of_one_event_are_kept_apart():
    case = played(complain(), answer_complainant())

    assert (case.complainant_told, case.reporter_told) == (True, False)
