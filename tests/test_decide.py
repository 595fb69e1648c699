"""What a case answers to each command, until it ends: one sentence each."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from uuid import UUID

import pytest

from events import (
    ActingResumed,
    AllMeasuresCompleted,
    AnswerWaived,
    AttachmentAdded,
    CaseAssigned,
    CaseEscalated,
    CaseHandedOver,
    CaseTriaged,
    CauseAdded,
    CauseWithdrawn,
    ClassificationConfirmed,
    ClassificationSuggested,
    ComplainantAnswered,
    DeadlineSet,
    Harm,
    InvestigationConcluded,
    InvestigationStarted,
    MeasureAdded,
    MeasureCompleted,
    MeasureFollowedUp,
    MeasureWithdrawn,
    Nature,
    NoteAdded,
    Phase,
    ReportCorrected,
    ReporterAnswered,
    ReportReceived,
    Role,
    SasPositionTaken,
    SeverityAssessed,
    Track,
)
from tests.samples import (
    ACTING,
    ANNA,
    BO,
    CAUSE,
    CAUSE_2,
    CIM,
    CLOSED,
    FILE,
    FOLLOWING_UP,
    MEASURE,
    MEASURE_2,
    MONDAY,
    NOTE,
    OTHER_CASE,
    TRIAGED,
    TRIAGED_GRAVE,
    WORDS,
    anonymous,
    answer,
    answer_complainant,
    assess,
    assign,
    attach,
    cause,
    classify,
    close,
    complete,
    conclude,
    correct,
    decided,
    escalate,
    follow_up,
    grave,
    hand_over,
    history,
    link,
    lived,
    measure,
    merge,
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
    waive,
    withdraw,
    withdraw_cause,
)
from workflows import Incomplete, NotAllowed, NotYours, Unknown, UnknownCase
from workflows.rules.urgency import flags

# The report


def test_a_report_opens_a_case_at_the_unit():
    case = played(submit(reported_by_unit="larmet", hint="fall"))

    assert (case.phase, case.unit, case.reported_by_unit) == (
        Phase.RECEIVED,
        "solrosen",
        "larmet",
    )
    assert (case.reporter, case.hint, case.number) == (CIM, "fall", "A-2026-00001")


def test_three_times_are_kept_apart():
    earlier = MONDAY - timedelta(days=2)
    written = MONDAY - timedelta(hours=5)
    [fact] = of(ReportReceived, lived(submit(occurred_at=earlier, written_at=written)))

    assert (fact.occurred_at, fact.written_at, fact.received_at) == (earlier, written, MONDAY)


def test_a_case_is_opened_once():
    refused(submit(), submit(), kind=NotAllowed, says="rapportera när ärendet är mottaget")


def test_no_case_of_an_unknown_kind_is_opened():
    refused(submit(case_type="invented"), kind=NotAllowed)


def test_nothing_but_a_report_can_be_told_to_a_case_that_is_not():
    refused(classify(), kind=UnknownCase, says="Ärendet finns inte")


def test_what_has_not_happened_yet_cannot_be_reported():
    said = refused(
        submit(occurred_at=MONDAY + timedelta(minutes=11)), says="en dag som redan har varit"
    )

    assert said.detail["field"] == "occurred_at"


def test_a_phone_whose_clock_is_a_little_fast_is_believed():
    assert lived(submit(occurred_at=MONDAY + timedelta(minutes=10)))


def test_a_hint_must_be_on_the_list():
    refused(submit(hint="annat"), kind=Unknown, says="Valet finns inte")


@pytest.mark.parametrize("harm", Harm)
def test_only_ja_allvarligt_is_urgent(harm):
    case = played(submit(harm=harm))

    assert case.urgent is (harm is Harm.SERIOUS)
    assert (("read_at_once", None) in case.clocks) is (harm is Harm.SERIOUS)


def test_an_urgent_report_is_read_when_somebody_does_something_about_it():
    for act in (assign(), assess(), classify()):
        assert ("read_at_once", None) not in played(serious(), act).clocks
    assert ("read_at_once", None) in played(serious(), note()).clocks


def test_a_twin_names_the_case_that_had_its_id_first():
    assert played(submit(twin_of=OTHER_CASE)).twin_of == OTHER_CASE


def test_a_correction_changes_only_what_it_names():
    case = played(submit(unit="solrosen", harm=Harm.NONE), correct(harm=Harm.MINOR))

    assert (case.harm, case.unit) == (Harm.MINOR, "solrosen")


def test_a_correction_can_move_the_case_to_where_it_happened():
    earlier = MONDAY - timedelta(days=3)
    case = played(submit(), correct(harm=None, unit="bjorken", occurred_at=earlier))

    assert (case.unit, case.occurred_at) == ("bjorken", earlier)


def test_a_correction_must_change_something():
    refused(submit(harm=Harm.MINOR), correct(harm=Harm.MINOR), says="Ange vad som ska rättas")
    refused(submit(), correct(harm=None), says="Ange vad som ska rättas")


def test_a_correction_cannot_put_the_event_in_the_future():
    refused(
        submit(),
        correct(occurred_at=MONDAY + timedelta(days=1)),
        says="en dag som redan har varit",
    )


def test_correcting_the_harm_never_lowers_the_alarm():
    case = played(serious(), correct(harm=Harm.NONE))

    assert case.urgent
    assert ("read_at_once", None) in case.clocks
    assert of(ReportCorrected, lived(serious(), correct(harm=Harm.NONE)))


# What kind of thing, and how grave


def test_a_model_suggests_once_and_never_after_a_person_has_said():
    assert of(ClassificationSuggested, decided(submit(), suggest(category="omsorg")))
    assert decided(submit(), suggest(category="omsorg"), suggest(category="sekretess")) == []
    assert decided(submit(), classify(), suggest(category="sekretess")) == []


def test_words_of_danger_are_told_though_a_person_has_said_what_it_was():
    facts = decided(submit(), classify(), suggest(immediate_danger=True))

    assert [fact.immediate_danger for fact in of(ClassificationSuggested, facts)] == [True]


def test_another_model_may_suggest_something_else():
    assert of(ClassificationSuggested, decided(submit(), suggest(), suggest(model="words-2")))


@pytest.mark.parametrize(
    ("suggested", "agreed"), [("omsorg", True), ("sekretess", False), (None, None)]
)
def test_it_is_remembered_whether_the_person_agreed_with_the_model(suggested, agreed):
    [fact] = of(
        ClassificationConfirmed,
        decided(submit(), suggest(category=suggested), classify(category="omsorg")),
    )

    assert fact.agreed is agreed


def test_without_a_suggestion_nobody_agreed_with_it():
    [fact] = of(ClassificationConfirmed, decided(submit(), classify()))

    assert fact.agreed is None


def test_a_category_must_be_on_the_list():
    said = refused(submit(), classify(category="annat"), kind=Unknown, says="Kategorin")

    assert "omsorg" in said.detail["choices"]


def test_a_sub_type_must_belong_to_its_category():
    refused(submit(), classify(category="omsorg", subtype="ej_utford"), says="Undertypen")
    case = played(submit(), classify(category="utebliven_insats", subtype="ej_utford"))
    assert (case.category, case.subtype) == ("utebliven_insats", "ej_utford")


def test_a_category_may_be_changed_but_not_said_twice():
    case = played(submit(), classify(category="omsorg"), classify(category="sekretess"))

    assert case.category == "sekretess"
    assert decided(submit(), classify(), classify()) == []


@pytest.mark.parametrize("order", list(permutations([classify(), assess()])))
def test_a_report_is_triaged_when_both_category_and_severity_are_there(order):
    first, second = order

    assert not of(CaseTriaged, decided(submit(), first))
    assert of(CaseTriaged, decided(submit(), first, second))
    assert played(submit(), first, second).phase is Phase.TRIAGED


def test_a_case_is_triaged_once():
    assert not of(CaseTriaged, decided(*TRIAGED, assess(likelihood=4)))
    assert not of(CaseTriaged, decided(*TRIAGED, classify(category="sekretess")))


def test_severity_needs_a_track():
    refused(submit(), assess(tracks=()), kind=Unknown, says="minst en lag")


def test_severity_is_told_with_its_value_and_the_word_for_it():
    [fact] = of(SeverityAssessed, decided(submit(), assess(consequence=2, likelihood=4)))

    assert (fact.value, fact.label, fact.reason) == (8, "Hög", WORDS)


def test_a_later_assessment_replaces_the_earlier_and_both_stay():
    given = (submit(), grave(), assess(consequence=1, likelihood=2))
    case = played(*given)

    assert [fact.value for fact in of(SeverityAssessed, lived(*given))] == [9, 2]
    assert (case.consequence, case.likelihood, case.value) == (1, 2, 2)


def test_a_later_assessment_makes_the_outcomes_anew():
    low = played(submit(), grave(), assess())
    high = played(submit(), assess(), grave())

    assert not any(it.measures for it in low.outcomes)
    assert {"measure_required", "operations_manager"} <= {it.rule for it in high.outcomes}


def test_a_rule_tells_its_roles_once():
    assert of(CaseEscalated, decided(submit(), escalate()))
    assert decided(submit(), escalate(), escalate(to=(Role.MAS,))) == []
    assert of(CaseEscalated, decided(submit(), escalate(), escalate(rule="danger_words")))


# The path to SAS


def test_sas_takes_a_position_and_may_change_it():
    given = (*TRIAGED_GRAVE, sas_says(lex_sarah=False), sas_says(lex_sarah=True))

    assert [fact.lex_sarah for fact in of(SasPositionTaken, lived(*given))] == [False, True]
    assert played(*given).sas_position is True


def test_sas_may_take_a_position_that_no_score_asked_for():
    assert of(SasPositionTaken, decided(submit(), sas_says(lex_sarah=True)))


@pytest.mark.parametrize(
    "lower", [assess(), assess(consequence=4, likelihood=4, tracks=(Track.HSL,))]
)
def test_a_lower_score_or_another_law_never_closes_the_path_to_sas(lower):
    case = (submit(), classify(), grave(), lower, answer())

    assert played(*case).sas_awaited
    assert ("sas_position", None) in played(*case).clocks
    refused(*case, close(), kind=Incomplete, says="SAS ska ta ställning")


@pytest.mark.parametrize("away", [reroute(), merge()])
def test_a_case_cannot_leave_past_sas(away):
    said = refused(*TRIAGED_GRAVE, away, kind=Incomplete, says="SAS ska ta ställning")
    assert said.detail["missing"] == ["sas_position"]
    refused(*TRIAGED_GRAVE, assess(), away, kind=Incomplete, says="SAS ska ta ställning")
    assert decided(*TRIAGED_GRAVE, sas_says(), away)


def test_a_position_taken_before_it_was_asked_for_starts_no_clock_that_cannot_be_met():
    case = played(submit(), sas_says(), classify(), grave())

    assert case.sas_required
    assert not case.sas_awaited
    assert ("sas_position", None) not in case.clocks


# Who answers for it


def test_somebody_answers_for_the_case():
    assert played(submit(), assign(owner=BO)).owner == BO
    assert decided(submit(), assign(owner=BO), assign(owner=BO)) == []


def test_whoever_begins_to_investigate_an_unowned_case_owns_it():
    facts = decided(*TRIAGED, start(by=str(BO)))

    assert CaseAssigned(owner=BO) in facts
    assert InvestigationStarted() in facts


def test_beginning_to_investigate_takes_no_case_from_its_owner():
    assert played(*TRIAGED, assign(owner=ANNA), start(by=str(BO))).owner == ANNA


def test_an_investigation_waits_for_triage():
    refused(submit(), start(), kind=NotAllowed, says="börja utreda när ärendet är mottaget")


def test_one_who_is_jaevig_hands_over_and_names_who_goes_on():
    facts = decided(submit(), hand_over())

    assert CaseHandedOver(recused=ANNA, owner=BO, reason=WORDS) in facts
    assert played(submit(), hand_over()).owner == BO


@pytest.mark.parametrize(
    "act", [classify(), note(), assign(owner=BO), hand_over(owner=CIM), link()]
)
def test_one_who_handed_over_may_do_nothing_more(act):
    said = refused(submit(), hand_over(), act, kind=NotYours, says="jäv")

    assert said.code == "recused"


def test_one_who_handed_over_may_not_reopen_the_case_either():
    first, *rest = (replace(it, by=str(BO)) for it in CLOSED)
    refused(first, hand_over(), *rest, reopen(), kind=NotYours, says="jäv")


def test_one_who_handed_over_gets_neither_the_case_nor_a_measure_again():
    bo = str(BO)
    started = (*TRIAGED, hand_over(), start(by=bo), cause(by=bo))

    refused(*started, assign(by=bo, owner=ANNA), kind=NotYours, says="jäv")
    refused(*started, hand_over(by=bo, owner=ANNA), kind=Unknown, says="någon annan")
    refused(*started, measure(by=bo, owner=ANNA), kind=NotYours, says="jäv")
    assert decided(*started, measure(by=bo, owner=CIM))


def test_nobody_hands_over_to_oneself():
    refused(submit(), hand_over(owner=ANNA), kind=Unknown, says="någon annan")


def test_several_may_be_jaeviga():
    case = played(submit(), hand_over(owner=BO), hand_over(by=str(BO), owner=CIM))

    assert case.recused == {str(ANNA), str(BO)}


# Notes and files


def test_a_note_says_who_wrote_it_as_what():
    [fact] = of(NoteAdded, decided(submit(), note(role=Role.MAS, nature=Nature.ASSESSMENT)))

    assert (fact.author_role, fact.nature, fact.source) == (Role.MAS, Nature.ASSESSMENT, WORDS)


def test_a_note_does_not_change():
    assert decided(submit(), note(), note(words=UUID(int=22))) == []


def test_a_correction_of_a_note_is_a_new_note():
    other = UUID(int=52)
    [fact] = of(NoteAdded, decided(submit(), note(), note(note_id=other, corrects=NOTE)))

    assert fact.corrects == NOTE
    assert played(submit(), note(), note(note_id=other, corrects=NOTE)).notes == {NOTE, other}


def test_a_correction_must_point_at_a_note_of_the_case():
    refused(submit(), note(corrects=UUID(int=59)), kind=Unknown, says="Anteckningen")


def test_a_file_is_told_of_once():
    assert AttachmentAdded(attachment_id=FILE) in decided(submit(), attach())
    assert decided(submit(), attach(), attach()) == []


# Causes and measures


def test_a_cause_is_added_once_in_an_area_on_the_list():
    assert of(CauseAdded, decided(*TRIAGED, start(), cause()))
    assert decided(*TRIAGED, start(), cause(), cause()) == []
    refused(*TRIAGED, start(), cause(area="slump"), kind=Unknown, says="Orsaksområdet")


def test_a_cause_is_found_by_investigating():
    refused(*TRIAGED, cause(), kind=NotAllowed, says="orsak när ärendet är bedömt")


def test_a_cause_can_be_taken_back_and_does_not_return_by_itself():
    case = (*TRIAGED, start(), cause(), withdraw_cause())

    assert of(CauseWithdrawn, decided(*case))
    assert played(*case).causes == frozenset()
    assert decided(*case, cause()) == []
    assert decided(*case, withdraw_cause()) == []
    refused(*TRIAGED, start(), withdraw_cause(), kind=Unknown, says="Orsaken finns inte")


def test_a_measure_whose_causes_are_gone_is_taken_back_and_not_judged():
    orphan = (*FOLLOWING_UP, withdraw_cause())

    refused(*orphan, follow_up(), kind=Unknown, says="ingen orsak kvar")
    assert of(MeasureWithdrawn, decided(*orphan, withdraw()))


def test_a_cause_taken_back_is_no_measure_of_the_same_id_and_the_other_way_round():
    same = (*TRIAGED, start(), cause(), cause(cause_id=CAUSE_2), withdraw_cause())
    promised = (*same, measure(measure_id=CAUSE, causes=(CAUSE_2,)))

    assert of(MeasureAdded, decided(*promised))
    assert of(MeasureWithdrawn, decided(*promised, withdraw(measure_id=CAUSE)))
    again = (*promised, withdraw(measure_id=CAUSE), withdraw_cause(cause_id=CAUSE_2))
    assert played(*again).causes == frozenset()


def test_a_measure_that_was_judged_keeps_its_last_cause():
    judged = (*FOLLOWING_UP, follow_up())
    refused(*judged, withdraw_cause(), kind=Unknown, says="ligger kvar")
    assert decided(*FOLLOWING_UP, withdraw_cause())
    two = (*TRIAGED, start(), cause(), cause(cause_id=CAUSE_2))
    both = (*two, measure(causes=(CAUSE, CAUSE_2)), complete(), follow_up())
    assert decided(*both, withdraw_cause())


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"kind": "hoppas"}, "Åtgärdstypen"),
        ({"causes": ()}, "minst en orsak"),
        ({"causes": (CAUSE, CAUSE_2)}, "minst en orsak i ärendet"),
        ({"due_on": date(2026, 3, 1)}, "en dag som har varit"),
        ({"follow_up_on": date(2026, 3, 15)}, "inte ligga före dagen"),
    ],
)
def test_a_measure_says_what_against_which_cause_and_when(changed, says):
    refused(*TRIAGED, start(), cause(), measure(**changed), kind=Unknown, says=says)


def test_a_measure_may_be_due_today_and_judged_the_same_day():
    today = date(2026, 3, 2)

    assert decided(*TRIAGED, start(), cause(), measure(due_on=today, follow_up_on=today))


def test_a_measure_is_promised_once():
    assert of(MeasureAdded, decided(*TRIAGED, start(), cause(), measure()))
    assert decided(*TRIAGED, start(), cause(), measure(), measure(owner=CIM)) == []


def test_a_promise_taken_back_does_not_return_by_itself():
    gone = (*ACTING, withdraw())

    assert of(MeasureWithdrawn, decided(*gone))
    assert decided(*gone, measure()) == []
    assert decided(*gone, withdraw()) == []
    assert decided(*gone, measure(measure_id=MEASURE_2))


@pytest.mark.parametrize(
    "act",
    [
        complete(measure_id=MEASURE_2),
        withdraw(measure_id=MEASURE_2),
        follow_up(measure_id=MEASURE_2),
    ],
)
def test_only_measures_of_the_case_can_be_handled(act):
    refused(*ACTING, act, kind=Unknown, says="Åtgärden finns inte i ärendet")


def test_the_investigation_of_something_grave_ends_with_a_cause():
    said = refused(
        *TRIAGED_GRAVE, start(), conclude(), kind=Incomplete, says="Ange minst en orsak"
    )

    assert said.detail["missing"] == ["cause"]
    assert of(InvestigationConcluded, decided(*TRIAGED, start(), conclude()))


def test_what_is_found_leads_to_acting():
    assert played(*ACTING).phase is Phase.ACTING
    assert played(*TRIAGED, start(), conclude()).phase is Phase.ACTING


def test_the_last_promise_kept_leads_to_following_up():
    two = (*ACTING, measure(measure_id=MEASURE_2))

    assert decided(*two, complete())[0] == MeasureCompleted(measure_id=MEASURE)
    assert not of(AllMeasuresCompleted, decided(*two, complete()))
    assert of(AllMeasuresCompleted, decided(*two, complete(), complete(measure_id=MEASURE_2)))
    assert played(*FOLLOWING_UP).phase is Phase.FOLLOWING_UP


def test_keeping_a_promise_twice_is_harmless():
    assert decided(*FOLLOWING_UP, complete()) == []


def test_taking_the_last_open_promise_back_leads_to_following_up():
    two = (*ACTING, measure(measure_id=MEASURE_2), complete())

    assert played(*two, withdraw(measure_id=MEASURE_2)).phase is Phase.FOLLOWING_UP
    assert played(*ACTING, withdraw()).phase is Phase.ACTING


def test_promises_kept_while_investigating_are_followed_up_when_it_ends():
    early = (*TRIAGED, start(), cause(), measure(), complete())

    assert played(*early).phase is Phase.INVESTIGATING
    assert played(*early, conclude()).phase is Phase.FOLLOWING_UP


def test_a_new_promise_while_following_up_resumes_the_acting():
    resumed = (*FOLLOWING_UP, measure(measure_id=MEASURE_2))

    assert of(ActingResumed, decided(*resumed))
    assert played(*resumed).phase is Phase.ACTING
    assert not of(ActingResumed, decided(*ACTING, measure(measure_id=MEASURE_2)))


def test_only_a_kept_promise_can_be_followed_up():
    said = refused(*ACTING, follow_up(), kind=Incomplete, says="inte genomförd än")
    assert said.detail["missing"] == ["complete-measure"]
    [fact] = of(MeasureFollowedUp, decided(*FOLLOWING_UP, follow_up(effect=False)))
    assert (fact.effect, fact.together_with) == (False, None)


def test_an_operations_managers_own_look_is_a_joint_one():
    [fact] = decided(*FOLLOWING_UP, follow_up(role=Role.OPERATIONS_MANAGER))[:1]

    assert fact.together_with is Role.OPERATIONS_MANAGER


def test_a_judged_measure_stays():
    refused(*FOLLOWING_UP, follow_up(), withdraw(), kind=Unknown, says="redan uppföljd")
    assert decided(*FOLLOWING_UP, withdraw())


# Answers


def test_the_reporter_is_answered():
    assert of(ReporterAnswered, decided(submit(), answer()))
    assert played(submit(), answer()).reporter_told


def test_an_anonymous_reporter_cannot_be_answered_but_the_reason_is_recorded():
    refused(anonymous(), answer(), kind=Unknown, says="Rapporten är anonym")
    assert of(AnswerWaived, decided(anonymous(), waive(ground="anonymous")))
    assert played(anonymous(), waive(ground="anonymous")).reporter_told


def test_a_reporter_we_know_is_not_anonymous():
    refused(
        submit(), waive(ground="anonymous"), kind=Unknown, says="går att nå och ska få svar"
    )


def test_who_complained_is_answered_too():
    assert of(ComplainantAnswered, decided(submit(complainant=WORDS), answer_complainant()))
    assert played(submit(complainant=WORDS), answer_complainant()).complainant_told
    assert not played(submit(complainant=WORDS), answer_complainant()).reporter_told
    refused(submit(), answer_complainant(), kind=Unknown, says="ingen som klagat")
    refused(submit(complainant=WORDS), answer_complainant(way="rop"), says="Sättet finns inte")


def test_a_reason_not_to_answer_is_one_of_four_and_about_somebody():
    refused(submit(), waive(ground="orkar inte"), kind=Unknown, says="Skälet finns inte")
    refused(submit(), waive(whose="grannen"), kind=Unknown, says="vem som inte får svar")
    refused(submit(), waive(whose="complainant"), kind=Unknown, says="ingen som klagat")


def test_waiving_one_answer_leaves_the_other():
    case = played(submit(complainant=WORDS), waive(whose="complainant"))

    assert (case.complainant_told, case.reporter_told) == (True, False)


# What stayed silent when we broke it


def test_severity_is_judged_under_the_tracks_that_were_given():
    given = (submit(), assess(tracks=(Track.LSS, Track.HSL)))

    [fact] = of(SeverityAssessed, lived(*given))
    assert fact.tracks == (Track.LSS, Track.HSL)
    assert played(*given).tracks == (Track.LSS, Track.HSL)


def test_a_measure_cannot_be_due_on_a_day_that_is_past_here_but_not_in_utc():
    after_midnight = {"at": datetime(2026, 3, 2, 23, 30, tzinfo=UTC)}
    found = (*TRIAGED, start(), cause())

    refused(*found, measure(due_on=date(2026, 3, 2), **after_midnight), says="har varit")
    assert decided(*found, measure(due_on=date(2026, 3, 3), **after_midnight))


def test_a_correction_believes_a_fast_clock_as_far_as_a_report_does():
    at = MONDAY + timedelta(hours=1)

    assert decided(submit(), correct(occurred_at=at + timedelta(minutes=10), at=at))
    refused(
        submit(), correct(occurred_at=at + timedelta(minutes=11), at=at), says="redan har varit"
    )


def test_a_case_remembers_its_report_and_when_it_came():
    earlier = MONDAY - timedelta(days=400)
    case = played(submit(report_id=OTHER_CASE, received_at=earlier))

    assert (case.report_id, case.received_at) == (OTHER_CASE, earlier)


def test_a_correction_to_serious_raises_the_alarm_and_starts_its_clock():
    state = played(submit(), correct(harm=Harm.SERIOUS))

    assert state.urgent
    assert ("read_at_once", None) in state.clocks
    assert played(serious(), correct(harm=Harm.NONE)).urgent is not False


def test_nobody_reached_is_a_flag_until_somebody_takes_the_case():
    assert "nobody_reached" in flags(played(submit(), undeliverable()))
    assert "nobody_reached" not in flags(played(submit(), undeliverable(), assign()))


def test_an_import_that_is_opened_again_owes_an_answer_and_an_investigation():
    state = played(anonymous(), history(closed_at=MONDAY), reopen())

    assert not state.reporter_told
    assert not state.investigated


def test_a_no_from_sas_does_not_cover_what_turns_out_graver():
    low = (submit(), assess(consequence=3, likelihood=3), sas_says(lex_sarah=False))

    facts = decided(*low, assess(consequence=4, likelihood=4))
    state = played(*low, assess(consequence=4, likelihood=4))

    assert state.sas_awaited
    assert "sas_position" in {it.code for it in of(DeadlineSet, facts)}
    assert of(
        CaseEscalated,
        decided(*low, assess(consequence=4, likelihood=4), escalate(rule="sas_position")),
    )
    assert not played(*low, assess(consequence=3, likelihood=3)).sas_awaited
