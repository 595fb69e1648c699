"""What a lex Sarah case answers to each command: nothing lessens it, nobody judges alone."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from uuid import UUID

import pytest

from events import (
    AnswerWaived,
    BoardInformed,
    BoardNews,
    CaseClosed,
    CaseMerged,
    CaseRegistered,
    DeadlineMet,
    DeadlineSet,
    Harm,
    HistoryImported,
    IvoFoundNecessary,
    IvoProgressed,
    LexSarahDecided,
    LexSarahOutcome,
    LexSarahRaised,
    LexSarahReceived,
    LexSarahReported,
    MeasuresVerified,
    Nature,
    NoteAdded,
    Phase,
    PositionTaken,
    Question,
    QuestionAnswered,
    ReportReceived,
    Role,
    SeverityAssessed,
    Source,
    Track,
)
from tests.samples import (
    ANNA,
    BO,
    CAUSE_2,
    CIM,
    DECIDED,
    DISA,
    EVA,
    INVESTIGATING,
    MEASURE_2,
    MONDAY,
    POINTS,
    POSITIONED,
    PROTECTED,
    QUESTIONS,
    TRIAGED,
    TRIAGED_GRAVE,
    VERIFIED,
    WORDS,
    answer,
    answer_complainant,
    assess,
    assign,
    cause,
    classify,
    close,
    complete,
    decide_it,
    decided,
    follow_up,
    grave,
    hand_over,
    history,
    inform_board,
    lived,
    measure,
    merge,
    missing,
    note,
    of,
    pass_on,
    played,
    policy,
    private,
    progress,
    question,
    raise_lex_sarah,
    receive,
    recuse,
    refused,
    register,
    reopen,
    report_misconduct,
    require_ivo,
    reroute,
    sas_says,
    start,
    submit,
    suggest,
    take_position,
    verify,
    waive,
    withdraw,
    withdraw_cause,
)
from workflows import Incomplete, NotAllowed, NotYours, Unknown
from workflows.access import MAY, OWNER, acting_role
from workflows.family import (
    OpensLexSarah,
    OpensNotification,
    follow_ons,
    may_join,
)
from workflows.rules.escalation import calls
from workflows.rules.urgency import flags

SERIOUS = [LexSarahOutcome.TANGIBLE_RISK_SERIOUS, LexSarahOutcome.SERIOUS_MISCONDUCT]

# The report


def test_a_report_of_misconduct_is_one_from_its_first_fact():
    [fact] = of(ReportReceived, lived(report_misconduct()))

    assert isinstance(fact, LexSarahReported)
    assert played(report_misconduct()).phase is Phase.REPORTED


def test_it_has_a_name():
    said = refused(report_misconduct(reporter=None), kind=Unknown, says="behöver ditt namn")

    assert said.detail["field"] == "anonymous"
    assert decided(report_misconduct(reporter=None, source=Source.IMPORT))


def test_whoever_answers_for_it_is_told_at_once_and_what_comes_from_before_tells_nobody():
    [call] = [it for fact in lived(report_misconduct()) for it in calls(fact, policy())]
    brought = lived(report_misconduct(source=Source.IMPORT, harm=Harm.SERIOUS))

    assert call.at_once
    assert call.to == (Role.SAS, Role.UNIT_MANAGER, Role.OPERATIONS_MANAGER)
    assert not [it for fact in brought for it in calls(fact, policy())]


def test_it_is_received_with_what_protects_the_individual():
    facts = decided(report_misconduct(), receive())

    assert LexSarahReceived(protection=WORDS) in facts
    assert DeadlineMet(code="protect", late=False) in facts
    refused(*PROTECTED, receive(), kind=NotAllowed, says="när ärendet är mottaget")


def test_nothing_is_investigated_before_the_individual_is_safe():
    refused(report_misconduct(), start(), kind=NotAllowed, says="när ärendet är rapporterat")
    assert played(*PROTECTED, start()).phase is Phase.INVESTIGATING


# Nothing lessens it


@pytest.mark.parametrize(
    "given", [(report_misconduct(),), PROTECTED, INVESTIGATING, POSITIONED, DECIDED, VERIFIED]
)
@pytest.mark.parametrize("score", [assess(), grave(), assess(consequence=4, likelihood=4)])
def test_no_score_moves_it(given, score):
    before, after = played(*given), played(*given, score)

    assert of(SeverityAssessed, decided(*given, score))
    assert (after.phase, after.lex_sarah) == (before.phase, before.lex_sarah)
    assert not after.sas_awaited
    assert ("sas_position", None) not in after.clocks


@pytest.mark.parametrize("given", [(report_misconduct(),), PROTECTED, INVESTIGATING, VERIFIED])
@pytest.mark.parametrize("away", [reroute(), sas_says(), raise_lex_sarah()])
def test_it_is_never_made_into_something_else(given, away):
    refused(*given, replace(away, role=Role.SAS), kind=NotAllowed)


@pytest.mark.parametrize(
    "given", [(report_misconduct(),), PROTECTED, INVESTIGATING, POSITIONED]
)
def test_it_is_not_closed_before_all_is_done(given):
    refused(*given, close(role=Role.SAS), kind=NotAllowed)


def test_it_joins_only_another_of_its_own_kind():
    assert may_join("lex_sarah", "lex_sarah")
    assert not may_join("lex_sarah", "deviation")
    assert not may_join("deviation", "lex_sarah")
    assert of(CaseMerged, decided(*PROTECTED, assess(), merge()))
    # Nothing grave is lost by it: the other is on the same path.
    ticked = (report_misconduct(harm=Harm.SERIOUS), receive())
    assert of(CaseMerged, decided(*ticked, merge()))
    assert of(CaseMerged, decided(*PROTECTED, suggest(possible_lex_sarah=True), merge()))


@pytest.mark.parametrize("given", [POSITIONED, DECIDED, VERIFIED])
def test_what_is_judged_does_not_join_another(given):
    refused(*given, merge(), kind=NotAllowed)


def test_the_units_manager_judges_and_ends_nothing():
    case = played(*VERIFIED)
    for action in MAY["lex_sarah"].keys() - {
        "read-case",
        "add-note",
        "complete-measure",
        "inform-board",
    }:
        assert acting_role(action, case, [Role.UNIT_MANAGER], []) is None


@pytest.mark.parametrize("action", ["close", "reopen", "merge", "verify-measures"])
def test_the_investigator_ends_nothing_either(action):
    assert acting_role(action, played(*VERIFIED), [Role.STAFF], [OWNER]) is None


# Who investigates


@pytest.mark.parametrize("act", [assign(of_unit=True), hand_over(of_unit=True)])
def test_nobody_of_the_unit_investigates(act):
    refused(*PROTECTED, act, kind=NotYours, says="inte höra till enheten")
    assert decided(*PROTECTED, replace(act, of_unit=False))


def test_nobody_of_the_unit_takes_it_by_beginning():
    refused(*PROTECTED, start(of_unit=True), kind=NotYours, says="inte höra till enheten")
    assert decided(*PROTECTED, assign(owner=BO), start(of_unit=True))
    assert decided(*TRIAGED, start(of_unit=True))


@pytest.mark.parametrize("act", [note(), take_position(), answer(), assign(owner=CIM)])
def test_who_was_shut_out_does_nothing_more(act):
    shut = (*INVESTIGATING, *POINTS, recuse(by=str(EVA), person=ANNA))

    assert played(*shut).owner is None
    refused(*shut, act, kind=NotYours, says="jäv")


def test_nobody_shuts_oneself_out_or_somebody_twice():
    refused(*PROTECTED, recuse(person=ANNA), kind=Unknown, says="Lämna över")
    assert decided(*PROTECTED, recuse(), recuse()) == []
    refused(*PROTECTED, recuse(), assign(owner=BO), kind=NotYours, says="jävig")
    refused(*PROTECTED, recuse(), hand_over(owner=BO), kind=Unknown, says="någon annan")


def test_who_was_shut_out_of_the_case_before_is_shut_out_of_this_one_too():
    told = report_misconduct(recused=(BO,))

    refused(told, note(by=str(BO)), kind=NotYours, says="jäv")
    refused(told, assign(owner=BO), kind=NotYours, says="jävig")
    assert decided(told, note())


# The nine points


@pytest.mark.parametrize("left_out", range(8))
def test_a_position_needs_every_point(left_out):
    told = [it for n, it in enumerate(POINTS) if n != left_out]

    said = refused(*INVESTIGATING, *told, take_position(), kind=Incomplete, says="Dokumentera")
    assert said.detail["missing"] == [POINTS[left_out].point]


def test_with_all_of_them_a_position_is_taken():
    facts = decided(*INVESTIGATING, *POINTS, take_position())

    assert len(POINTS) == 8
    assert PositionTaken(author=ANNA, outcome=LexSarahOutcome.MISCONDUCT, reason=WORDS) in facts
    [call] = [it for fact in facts for it in calls(fact, policy())]
    assert (call.to, call.at_once) == ((Role.DECISION_MAKER,), True)


def test_a_point_is_one_of_the_nine_and_of_misconduct_only():
    refused(*INVESTIGATING, note(point="weather"), kind=Unknown, says="Punkten finns inte")
    refused(*INVESTIGATING, note(point="decision"), kind=Unknown, says="Punkten finns inte")
    refused(submit(), note(point="causes"), kind=Unknown, says="Bara en lex Sarah-utredning")


def test_a_note_says_its_point_its_nature_and_the_writers_title():
    title = UUID(int=77)
    [fact] = of(
        NoteAdded,
        decided(
            *INVESTIGATING,
            note(point="causes", nature=Nature.ASSESSMENT, author_title=title),
        ),
    )

    assert (fact.point, fact.nature, fact.author_title) == ("causes", "assessment", title)


def test_a_position_is_not_taken_twice():
    refused(*POSITIONED, take_position(), kind=NotAllowed)


# The decision


def test_another_than_the_investigator_decides():
    facts = decided(*POSITIONED, decide_it())

    assert of(LexSarahDecided, facts)
    assert DeadlineMet(code="lex_sarah_investigation", late=False) in facts
    assert ("finish", None) in played(*DECIDED).clocks
    refused(*POSITIONED, decide_it(by=str(ANNA)), kind=NotYours, says="Den som har utrett")


def test_the_owner_does_not_decide_whoever_took_the_position():
    other = (*INVESTIGATING, *POINTS, take_position(by=str(EVA)))

    for by in (ANNA, EVA):
        refused(*other, decide_it(by=str(by)), kind=NotYours, says="Den som har utrett")


def test_giving_the_case_away_makes_nobody_fit_to_decide():
    """ANNA investigates, BO takes over and EVA takes the position: none of them decides."""
    passed = (*INVESTIGATING, assign(owner=BO), *POINTS, take_position(by=str(EVA)))
    away = (*passed, assign(owner=CIM))

    for by in (ANNA, BO, EVA):
        refused(*away, decide_it(by=str(by)), kind=NotYours, says="Den som har utrett")
    assert decided(*away, decide_it())


def test_who_was_given_the_case_before_it_was_investigated_may_decide():
    early = (*PROTECTED, assign(owner=DISA), assign(owner=ANNA), start(), *POINTS)

    assert decided(*early, take_position(), decide_it())


def test_who_investigated_does_not_decide_when_it_is_opened_again_either():
    again = (*VERIFIED, close(role=Role.SAS), reopen(), assign(owner=BO))
    taken = (*again, take_position(by=str(BO)))

    refused(*taken, decide_it(by=str(ANNA)), kind=NotYours, says="Den som har utrett")
    assert decided(*taken, decide_it())


def test_only_a_role_with_delegation_decides():
    for role in set(Role) - {Role.SAS, Role.DECISION_MAKER}:
        said = refused(*POSITIONED, decide_it(role=role), kind=NotYours, says="Delegationen")
        assert "Beslutsfattare enligt delegation" in str(said)
    assert decided(*POSITIONED, decide_it(by=str(EVA), role=Role.SAS))


def test_the_five_outcomes_and_only_two_go_to_ivo():
    for outcome in LexSarahOutcome:
        facts = decided(*POSITIONED, decide_it(outcome=outcome))
        assert bool(of(IvoFoundNecessary, facts)) is (outcome in SERIOUS)
        assert outcome.serious is (outcome in SERIOUS)
    assert len(LexSarahOutcome) == 5


def test_the_decision_need_not_follow_the_position():
    case = played(*POSITIONED, decide_it(outcome=LexSarahOutcome.NONE))

    assert case.lex_sarah.position is LexSarahOutcome.MISCONDUCT
    assert case.lex_sarah.decision is LexSarahOutcome.NONE


def test_what_ivo_is_to_know_already_is_not_asked_for_again():
    before = (*POSITIONED, require_ivo())
    again = decide_it(outcome=SERIOUS[0])

    assert not of(IvoFoundNecessary, decided(*before, again))
    assert not of(IvoFoundNecessary, decided(*before, progress(), again))
    withdrawn = (*before, progress(step="withdrawn"))
    assert of(IvoFoundNecessary, decided(*withdrawn, again))


@pytest.mark.parametrize(
    "given", [(report_misconduct(),), PROTECTED, INVESTIGATING, POSITIONED, DECIDED, VERIFIED]
)
def test_ivo_is_notified_from_any_phase_and_asked_for_once(given):
    facts = decided(*given, require_ivo())

    assert IvoFoundNecessary(reason=WORDS) in facts
    assert played(*given, require_ivo()).phase is played(*given).phase
    assert decided(*given, require_ivo(), require_ivo()) == []
    assert "ivo_required" in flags(played(*given, require_ivo()))


# Family


def asked_of_others(*given):
    state = played(*given)
    return follow_ons(state, decided(*given), given[-1].by, given[-1].at)


def test_a_notification_opens_for_each_time_it_is_found_necessary():
    assert asked_of_others(*PROTECTED, require_ivo()) == [OpensNotification(1)]
    again = (*PROTECTED, require_ivo(), progress(step="withdrawn"), require_ivo())
    assert asked_of_others(*again) == [OpensNotification(2)]
    assert asked_of_others(*POSITIONED, decide_it(outcome=SERIOUS[1])) == [OpensNotification(1)]


def test_a_case_of_misconduct_opens_when_sas_says_so_in_the_reporters_name():
    assert asked_of_others(*TRIAGED_GRAVE, sas_says(lex_sarah=True)) == [
        OpensLexSarah(CIM, WORDS, str(CIM))
    ]
    assert asked_of_others(*TRIAGED_GRAVE, sas_says(lex_sarah=False)) == []
    nobody = (submit(reporter=None), grave())
    assert asked_of_others(*nobody, sas_says(by=str(EVA), lex_sarah=True)) == [
        OpensLexSarah(EVA, WORDS, "sas")
    ]


def test_who_works_with_a_case_reports_misconduct_in_ones_own_name():
    assert LexSarahRaised(reporter=ANNA, reason=WORDS) in decided(*TRIAGED, raise_lex_sarah())
    assert asked_of_others(*TRIAGED, raise_lex_sarah()) == [
        OpensLexSarah(ANNA, WORDS, str(ANNA))
    ]
    raised = (*TRIAGED_GRAVE, raise_lex_sarah())
    assert asked_of_others(*raised, sas_says(lex_sarah=True)) == []


def test_raising_it_does_not_answer_for_sas():
    raised = (*TRIAGED_GRAVE, raise_lex_sarah())

    assert played(*raised).sas_awaited


# How the notification goes, told in the case


@pytest.mark.parametrize(
    ("step", "field"),
    [
        ("notified", "ivo_notified"),
        ("investigation_supplied", "ivo_supplied"),
        ("decided", "ivo_decided"),
    ],
)
def test_each_step_of_the_notification_is_remembered_and_lessens_nothing(step, field):
    case = played(*PROTECTED, require_ivo(), progress(step=step))

    assert getattr(case.lex_sarah, field) is True
    assert case.lex_sarah.ivo_required


def test_only_a_withdrawal_takes_the_duty_back():
    required = (*PROTECTED, require_ivo())

    assert not played(*required, progress(step="withdrawn")).lex_sarah.ivo_required
    for step in ("notified", "investigation_supplied", "decided"):
        assert played(*required, progress(step=step)).lex_sarah.ivo_required


def test_the_steps_are_told_also_when_the_case_is_closed():
    closed = (*VERIFIED, close(role=Role.SAS))

    assert of(IvoProgressed, decided(*closed, progress(step="decided")))


# The board of a private provider


def test_a_private_provider_tells_the_board_once():
    facts = decided(private(), inform_board())

    assert of(BoardInformed, facts)
    assert DeadlineMet(code="inform_board_report", late=False) in facts
    assert decided(private(), inform_board(), inform_board()) == []
    assert decided(private(), inform_board(), inform_board(news=BoardNews.NOTIFICATION))


def test_news_of_the_notification_is_none_of_the_report():
    told = played(private(), inform_board(news=BoardNews.NOTIFICATION))

    assert ("inform_board_report", None) in told.clocks


def test_the_board_does_not_tell_itself():
    refused(*PROTECTED, inform_board(), kind=Unknown, says="drivs av kommunen")
    assert ("inform_board_report", None) not in played(*PROTECTED).clocks


def test_the_board_is_not_told_tomorrow():
    later = inform_board(informed_at=MONDAY + timedelta(hours=2))

    refused(private(), later, kind=Unknown, says="inte ligger i framtiden")


# The registry


def test_the_case_is_registered_and_the_same_number_again_is_harmless():
    [fact] = of(CaseRegistered, decided(*PROTECTED, register(secrecy_mark="osl_26_1")))

    assert (fact.registry_number, fact.secrecy_mark) == ("SN 2026/123", "osl_26_1")
    assert decided(*PROTECTED, register(), register()) == []
    assert decided(*PROTECTED, register(), register(registry_number="SN 2026/124"))
    assert DeadlineMet(code="register", late=False) in decided(*PROTECTED, register())


def test_a_case_is_not_registered_tomorrow():
    tomorrow = register(registered_on=date(2026, 3, 3))

    refused(*PROTECTED, tomorrow, kind=Unknown, says="inte ligger i framtiden")


# Closing

ACTED = (
    *INVESTIGATING,
    *POINTS,
    cause(),
    measure(),
    take_position(),
    decide_it(),
    *QUESTIONS,
    answer(),
)


def test_a_case_of_misconduct_closes_when_everything_is_done():
    assert CaseClosed() in decided(*VERIFIED, close(role=Role.SAS))


def test_sas_vouches_only_for_what_was_done_and_looked_at():
    said = refused(*ACTED, verify(), kind=Incomplete, says="inte genomförda")
    assert said.detail["missing"] == ["measures_done"]
    done = (*ACTED, complete())
    said = refused(*done, verify(), kind=Incomplete, says="Följ upp varje åtgärd")
    assert said.detail["missing"] == ["measures_followed_up"]
    assert of(MeasuresVerified, decided(*done, follow_up(), verify()))
    assert CaseClosed() in decided(*done, follow_up(), verify(), close(role=Role.SAS))


def test_a_new_measure_is_vouched_for_anew():
    late = (*ACTED, complete(), follow_up(), verify(), measure(measure_id=MEASURE_2))
    done = (*late, complete(measure_id=MEASURE_2), follow_up(measure_id=MEASURE_2))

    assert "measures_verified" in missing(*late)
    assert missing(*done).keys() == {"measures_verified"}
    assert CaseClosed() in decided(*done, verify(), close(role=Role.SAS))


@pytest.mark.parametrize(
    ("act", "gate"),
    [
        (classify(), "category"),
        (assess(), "severity"),
        (register(), "registered"),
        (answer(), "reporter_answer"),
        (question(question=Question.INDIVIDUAL_INFORMED), "individual_informed"),
        (question(question=Question.NOTED_IN_FILE), "noted_in_file"),
        (question(question=Question.POLICE_REPORT), "police_report"),
    ],
)
def test_one_thing_left_out_keeps_it_open(act, gate):
    same = [
        it
        for it in VERIFIED
        if type(it) is type(act)
        and getattr(it, "question", None) is getattr(act, "question", None)
    ]
    rest = [it for it in VERIFIED if it not in same]

    assert missing(*rest).keys() == {gate}
    assert CaseClosed() in decided(*rest, act, close(role=Role.SAS))


def test_what_the_representative_knows_is_asked_and_keeps_nothing_open():
    rest = [
        it
        for it in VERIFIED
        if getattr(it, "question", None) is not Question.REPRESENTATIVE_INFORMED
    ]

    assert len(rest) == len(VERIFIED) - 1
    assert CaseClosed() in decided(*rest, close(role=Role.SAS))


def test_no_as_an_answer_is_an_answer_with_its_reason():
    [fact] = of(QuestionAnswered, decided(*PROTECTED, question(yes=False)))

    assert (fact.yes, fact.reason) == (False, WORDS)


@pytest.mark.parametrize(
    ("given", "gates"),
    [
        ((cause(),), {"cause_measure"}),
        ((cause(), measure()), {"measures_done", "measures_followed_up", "measures_verified"}),
        (
            (cause(), measure(), cause(cause_id=CAUSE_2), withdraw_cause()),
            {
                "cause_measure",
                "measure_cause",
                "measures_done",
                "measures_followed_up",
                "measures_verified",
            },
        ),
        ((assess(consequence=2, likelihood=2),), {"measures"}),
        ((pass_on(),), {"receivers"}),
        ((require_ivo(),), {"ivo_notified"}),
        ((require_ivo(), progress()), {"ivo_supplied"}),
    ],
)
def test_what_comes_up_late_keeps_it_open(given, gates):
    assert missing(*VERIFIED, *given).keys() == gates


def test_a_measure_without_a_cause_is_taken_back_before_it_closes():
    orphan = (*VERIFIED, cause(), measure(), withdraw_cause())

    assert "measure_cause" in missing(*orphan)
    done = (*orphan, withdraw(), verify())
    assert CaseClosed() in decided(*done, close(role=Role.SAS))


def test_what_is_serious_is_notified_and_investigated_before_it_closes():
    decision = decide_it(outcome=LexSarahOutcome.SERIOUS_MISCONDUCT)
    serious_case = [decision if it == decide_it() else it for it in VERIFIED]

    assert missing(*serious_case).keys() == {"ivo_notified"}
    assert missing(*serious_case, progress()).keys() == {"ivo_supplied"}
    told = (*serious_case, progress(), progress(step="investigation_supplied"))
    assert CaseClosed() in decided(*told, close(role=Role.SAS))
    withdrawn = (*serious_case, progress(step="withdrawn"))
    assert missing(*withdrawn).keys() == {"ivo_notified"}


def test_a_notification_withdrawn_lets_what_was_not_serious_close():
    thought = (*VERIFIED, require_ivo())

    assert missing(*thought).keys() == {"ivo_notified"}
    withdrawn = (*thought, progress(step="withdrawn"))
    assert CaseClosed() in decided(*withdrawn, close(role=Role.SAS))


def test_a_private_providers_case_waits_for_the_board_to_know():
    theirs = (private(), *VERIFIED[1:])

    assert missing(*theirs).keys() == {"board_report"}
    assert CaseClosed() in decided(*theirs, inform_board(), close(role=Role.SAS))


def test_who_complained_is_answered_too():
    told = (report_misconduct(complainant=WORDS), *VERIFIED[1:])

    assert missing(*told).keys() == {"complainant_answer"}
    assert CaseClosed() in decided(*told, answer_complainant(), close(role=Role.SAS))
    reason = waive(whose="complainant")
    assert of(AnswerWaived, decided(*told, reason))
    assert CaseClosed() in decided(*told, reason, close(role=Role.SAS))


@pytest.mark.parametrize(
    "order", list(permutations([register(), answer(), classify(), assess()]))[::4]
)
def test_the_order_of_what_is_left_does_not_matter(order):
    rest = [it for it in VERIFIED if it not in order]

    assert CaseClosed() in decided(*rest, *order, close(role=Role.SAS))


# Beginning again


def test_opened_again_it_owes_a_position_a_decision_and_that_sas_vouches():
    case = played(*VERIFIED, close(role=Role.SAS), reopen(role=Role.SAS))

    assert case.phase is Phase.INVESTIGATING
    assert case.lex_sarah.position is None
    assert case.lex_sarah.decision is None
    assert not case.lex_sarah.verified
    assert not case.reporter_told
    assert ("finish_reopened", None) in case.clocks
    assert case.lex_sarah.points == {it.point for it in POINTS}


def test_opened_again_it_closes_by_the_same_way():
    again = (*VERIFIED, close(role=Role.SAS), reopen(role=Role.SAS), answer())
    done = (*again, take_position(), decide_it(), verify())

    refused(*again, close(role=Role.SAS), kind=NotAllowed)
    assert CaseClosed() in decided(*done, close(role=Role.SAS))


def test_what_another_system_ended_can_be_opened_and_closed_here():
    brought = (
        report_misconduct(source=Source.IMPORT),
        history(category="omsorg", outcome="misconduct", closed_at=MONDAY),
        reopen(role=Role.SAS),
        assess(),
        register(),
        *POINTS,
        take_position(),
        decide_it(),
        *QUESTIONS,
        answer(),
        verify(),
    )

    assert played(*brought[:2]).lex_sarah.decision is LexSarahOutcome.MISCONDUCT
    assert CaseClosed() in decided(*brought, close(role=Role.SAS))


@pytest.mark.parametrize("told", [True, False, None])
def test_what_another_system_had_notified_it_had_supplied_too(told):
    brought = (report_misconduct(source=Source.IMPORT), history(ivo_notified=told))
    case = played(*brought).lex_sarah

    assert case.ivo_notified is bool(told)
    assert case.ivo_supplied is bool(told)


def test_what_is_imported_and_notified_from_here_is_supplied_from_here():
    brought = (report_misconduct(source=Source.IMPORT), history(category="omsorg"))
    rest = [it for it in VERIFIED[1:] if it != classify()]
    here = (*brought, *rest, require_ivo(), progress())

    assert missing(*here).keys() == {"ivo_supplied"}


def test_no_history_is_brought_for_what_is_begun_here():
    refused(*PROTECTED, history(closed_at=MONDAY), says="redan påbörjat")
    assert of(HistoryImported, decided(report_misconduct(), history(closed_at=MONDAY)))


def test_lss_has_its_own_word_from_the_first_fact():
    [fact] = [
        it
        for it in of(DeadlineSet, lived(report_misconduct(law=Track.LSS)))
        if it.code == "protect"
    ]

    assert (fact.legal_word, fact.basis) == ("utan dröjsmål", "24 e § LSS")
