"""What a notification to IVO answers: two approve the same, somebody sends it, IVO decides."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import ValidationError

from events import (
    BoardNews,
    CaseClosed,
    DeadlineMet,
    DeadlineSet,
    InvestigationSupplied,
    IvoDecided,
    IvoNumberRegistered,
    IvoStep,
    NotificationApproved,
    NotificationReopened,
    NotificationSubmitted,
    NotificationWithdrawn,
    OwnerType,
    PackApproved,
    PackDrafted,
    Phase,
    Role,
    SupplementAnswered,
    SupplementRequested,
)
from tests.samples import (
    ANNA,
    APPROVED,
    BO,
    DIGEST,
    DISA,
    DRAFTED,
    EVA,
    IVO_DECIDED,
    MONDAY,
    OTHER_CASE,
    REQUEST,
    REQUIRED,
    ROUTE_ID,
    SUBMITTED,
    SUPPLIED,
    WORDS,
    answer_ivo,
    approve,
    ask_more,
    assess,
    assign,
    classify,
    close,
    decided,
    draft,
    drop,
    hand_over,
    inform_board,
    ivo_says,
    lived,
    merge,
    missing,
    number_came,
    of,
    open_ivo,
    played,
    policy,
    recuse,
    refused,
    register,
    reopen,
    report_misconduct,
    reroute,
    submitted,
    supply,
)
from workflows import Incomplete, NotAllowed, NotYours, Unknown
from workflows.access import MAY, OWNER, acting_role
from workflows.family import TellsParent, follow_ons
from workflows.rules.escalation import calls

UNSENT = [REQUIRED, DRAFTED, (*DRAFTED, approve()), APPROVED]


def test_a_notification_begins_as_the_child_of_a_case_of_misconduct():
    case = played(*REQUIRED)

    assert (case.phase, case.came_from, case.case_type) == (
        Phase.REQUIRED,
        OTHER_CASE,
        "ivo_notification",
    )
    assert case.links == {OTHER_CASE}
    assert case.clocks.keys() == {("notify_ivo", None), ("register", None)}
    [call] = [it for fact in lived(*REQUIRED) for it in calls(fact, policy())]
    assert (call.to, call.at_once) == ((Role.DECISION_MAKER, Role.SAS), True)


def test_nobody_opens_one_by_a_report_or_a_report_by_one():
    refused(report_misconduct(case_type="ivo_notification"), kind=NotAllowed)
    refused(open_ivo(case_type="lex_sarah"), kind=NotAllowed)
    refused(open_ivo(), open_ivo(), kind=NotAllowed)


# The pack


def test_each_draft_is_a_version_of_its_own():
    [fact] = of(PackDrafted, decided(*DRAFTED, draft(digest="f" * 64)))

    assert (fact.version_number, fact.digest) == (2, "f" * 64)
    assert played(*REQUIRED, draft()).ivo.version_number == 1


def test_a_digest_is_a_checksum():
    with pytest.raises(ValidationError):
        decided(*REQUIRED, draft(digest="Anna Andersson"))
    assert len(DIGEST) == 64


def test_one_approval_is_not_enough():
    assert played(*DRAFTED, approve()).phase is Phase.DRAFTED
    refused(*DRAFTED, approve(), submitted(), kind=NotAllowed, says="när ärendet är ett utkast")


def test_the_second_of_two_persons_makes_it_final():
    facts = decided(*DRAFTED, approve(), approve(by=str(DISA)))

    assert facts[:2] == [
        PackApproved(version_number=1, approver=DISA),
        NotificationApproved(version_number=1),
    ]
    assert played(*APPROVED).ivo.approvers == {ANNA, DISA}


def test_the_same_person_twice_is_one():
    assert decided(*DRAFTED, approve(), approve()) == []
    assert decided(*DRAFTED, approve(role=Role.SAS), approve(role=Role.DECISION_MAKER)) == []
    assert played(*DRAFTED, approve(), approve(), approve()).phase is Phase.DRAFTED


def test_a_pack_that_changed_is_approved_anew():
    changed = (*APPROVED, draft())

    assert played(*changed).phase is Phase.DRAFTED
    assert played(*changed).ivo.approvers == frozenset()
    refused(*changed, submitted(), kind=NotAllowed)
    refused(*changed, approve(version_number=1), kind=Unknown, says="version 2 som gäller")
    one = (*changed, approve(version_number=2))
    refused(*one, submitted(), kind=NotAllowed)
    both = (*one, approve(version_number=2, by=str(DISA)))
    [fact] = of(NotificationSubmitted, decided(*both, submitted()))
    assert fact.version_number == 2


def test_a_new_version_between_the_two_takes_the_first_approval_away():
    between = (*DRAFTED, approve(), draft(), approve(version_number=2, by=str(DISA)))

    assert played(*between).phase is Phase.DRAFTED
    assert played(*between).ivo.approvers == {DISA}


@pytest.mark.parametrize("version", [0, 2, -1])
def test_nobody_approves_a_version_that_does_not_lie_there(version):
    refused(*DRAFTED, approve(version_number=version), kind=Unknown, says="Läs den först")


def test_what_lacks_something_is_not_approved():
    lacking = (*REQUIRED, draft(missing=("position", "causes")))

    said = refused(*lacking, approve(), kind=Incomplete, says="inte komplett")
    assert said.detail["missing"] == ["position", "causes"]
    assert decided(*lacking, draft())
    assert decided(*lacking, draft(), approve(version_number=2))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SAS, Role.DECISION_MAKER}))
def test_only_a_role_with_delegation_approves(role):
    refused(*DRAFTED, approve(role=role), kind=NotYours, says="Delegationen")


@pytest.mark.parametrize("role", [Role.SAS, Role.DECISION_MAKER])
def test_those_with_delegation_do(role):
    assert decided(*DRAFTED, approve(role=role))


def test_who_is_shut_out_approves_nothing():
    shut = (*DRAFTED, recuse(by=str(EVA), person=BO))

    refused(*shut, approve(by=str(BO)), kind=NotYours, says="jäv")


@pytest.mark.parametrize("act", [assign(of_unit=True), hand_over(of_unit=True)])
def test_nobody_of_the_unit_owns_it(act):
    refused(*REQUIRED, act, kind=NotYours, says="inte höra till enheten")


def test_who_was_shut_out_of_the_case_of_misconduct_is_shut_out_here_too():
    given = (open_ivo(recused=(BO,)), draft())

    refused(*given, approve(by=str(BO)), kind=NotYours, says="jäv")
    refused(*given, assign(owner=BO), kind=NotYours, says="jävig")
    assert decided(*given, approve())


# Sent by hand


def test_what_was_sent_says_when_how_and_what_ivo_answered():
    [fact] = of(NotificationSubmitted, decided(*APPROVED, submitted(ivo_number="8.2-1/2026")))

    assert (fact.submitted_at, fact.how, fact.ivo_number, fact.receipt) == (
        MONDAY + timedelta(hours=1),
        "e_service",
        "8.2-1/2026",
        WORDS,
    )
    assert not fact.with_investigation


@pytest.mark.parametrize("given", UNSENT[:-1])
def test_nothing_is_sent_that_two_have_not_approved(given):
    refused(*given, submitted(), kind=NotAllowed)


def test_it_is_sent_once():
    refused(*SUBMITTED, submitted(), kind=NotAllowed, says="när ärendet är anmält till IVO")
    refused(*SUBMITTED, draft(), kind=NotAllowed)
    refused(*SUBMITTED, approve(), kind=NotAllowed)
    refused(*SUBMITTED, drop(), kind=NotAllowed)


def test_it_was_not_sent_tomorrow_nor_before_it_was_required():
    tomorrow = submitted(submitted_at=MONDAY + timedelta(hours=3))
    before = submitted(submitted_at=MONDAY - timedelta(days=1))

    refused(*APPROVED, tomorrow, kind=Unknown, says="inte ligger i framtiden")
    refused(*APPROVED, before, kind=Unknown, says="före det som den följer på")
    assert decided(*APPROVED, submitted(submitted_at=MONDAY - timedelta(hours=1)))


def test_what_was_sent_meets_its_clock_and_starts_the_two_months():
    facts = decided(*APPROVED, submitted())

    assert DeadlineMet(code="notify_ivo", late=False) in facts
    assert {it.code for it in of(DeadlineSet, facts)} == {"supply_investigation"}


def test_what_was_sent_whole_is_supplied_the_same_moment():
    whole = (*REQUIRED, draft(with_investigation=True), approve(), approve(by=str(DISA)))
    facts = decided(*whole, submitted())

    [supplied] = of(InvestigationSupplied, facts)
    assert supplied.supplied_at == MONDAY + timedelta(hours=1)
    assert played(*whole, submitted()).phase is Phase.SUPPLIED
    assert {it.code for it in of(DeadlineSet, facts)} == {"finish"}


@pytest.mark.parametrize("given", UNSENT)
def test_what_was_not_serious_is_withdrawn_before_it_is_sent(given):
    facts = decided(*given, drop(role=Role.DECISION_MAKER))

    assert NotificationWithdrawn(reason=WORDS) in facts
    assert played(*given, drop()).phase is Phase.CLOSED
    assert played(*given, drop()).clocks == {}
    refused(*given, drop(), reopen(), kind=Unknown, says="Begär en ny")


def test_a_withdrawn_one_of_a_private_provider_is_kept_all_the_same():
    case = played(open_ivo(owner_type=OwnerType.PRIVATE), drop())

    assert case.clocks.keys() == {("destroy_documents", None)}


def test_only_a_decision_maker_withdraws():
    for role in Role:
        found = acting_role("withdraw-notification", played(*DRAFTED), [role], [OWNER])
        assert (found is Role.DECISION_MAKER) is (role is Role.DECISION_MAKER)


# The investigation, and what IVO asks


def test_the_investigation_is_supplied_once_and_not_tomorrow_nor_before():
    facts = decided(*SUBMITTED, supply())

    assert DeadlineMet(code="supply_investigation", late=False) in facts
    assert ("finish", None) in played(*SUPPLIED).clocks
    refused(*SUPPLIED, supply(), kind=NotAllowed)
    tomorrow = supply(supplied_at=MONDAY + timedelta(hours=5))
    refused(*SUBMITTED, tomorrow, kind=Unknown, says="framtiden")
    refused(*SUBMITTED, supply(supplied_at=MONDAY - timedelta(days=1)), says="före det som")


def test_late_is_late_and_recorded():
    late = datetime(2026, 5, 3, 8, tzinfo=UTC)
    facts = decided(*SUBMITTED, supply(at=late, supplied_at=late))

    assert DeadlineMet(code="supply_investigation", late=True) in facts


@pytest.mark.parametrize("given", [SUBMITTED, SUPPLIED, IVO_DECIDED])
def test_ivo_asks_for_more_any_number_of_times(given):
    once = (*given, ask_more())
    twice = (*once, ask_more(request_id=ROUTE_ID, answer_by=date(2026, 4, 1)))

    assert of(SupplementRequested, decided(*once))
    assert decided(*once, ask_more()) == []
    assert {about for code, about in played(*twice).clocks if code == "answer_ivo"} == {
        REQUEST,
        ROUTE_ID,
    }
    assert played(*twice).ivo.requests == {REQUEST, ROUTE_ID}


def test_a_request_is_answered_once():
    answered = (*SUBMITTED, ask_more(), answer_ivo())

    facts = decided(*answered)
    assert of(SupplementAnswered, facts)
    assert DeadlineMet(code="answer_ivo", about=REQUEST, late=False) in facts
    assert decided(*answered, answer_ivo()) == []
    assert decided(*answered, ask_more()) == []
    assert played(*answered).ivo.answered == {REQUEST}
    refused(*SUBMITTED, answer_ivo(), kind=Unknown, says="begäran finns inte")


def test_a_request_is_not_answered_tomorrow_nor_due_before_the_notification():
    asked = (*SUBMITTED, ask_more())

    refused(*asked, answer_ivo(answered_at=MONDAY + timedelta(hours=7)), says="framtiden")
    early = ask_more(answer_by=date(2026, 3, 1))
    refused(*SUBMITTED, early, kind=Unknown, says="före anmälan")


@pytest.mark.parametrize("given", [SUBMITTED, SUPPLIED, IVO_DECIDED])
def test_ivos_number_may_come_afterwards(given):
    assert of(IvoNumberRegistered, decided(*given, number_came()))
    assert decided(*given, number_came(), number_came()) == []
    assert decided(*given, number_came(), number_came(ivo_number="3.2.1-9/2026"))


def test_ivos_decision_is_one_on_the_list_and_not_of_tomorrow():
    assert of(IvoDecided, decided(*SUPPLIED, ivo_says()))
    refused(*SUPPLIED, ivo_says(decision="happy"), kind=Unknown, says="finns inte på listan")
    refused(*SUPPLIED, ivo_says(decided_on=date(2026, 3, 3)), says="framtiden")
    refused(*SUPPLIED, ivo_says(decided_on=date(2026, 3, 1)), says="före anmälan")
    refused(*SUBMITTED, ivo_says(), kind=NotAllowed)


# The board of a private provider

THEIRS = (open_ivo(owner_type=OwnerType.PRIVATE), *IVO_DECIDED[1:])


def test_a_private_provider_tells_the_board_of_the_notification():
    assert ("inform_board_notification", None) in played(*THEIRS).clocks
    assert missing(*THEIRS).keys() == {"board_notification"}
    told = inform_board(news=BoardNews.NOTIFICATION)
    assert DeadlineMet(code="inform_board_notification", late=False) in decided(*THEIRS, told)
    assert CaseClosed() in decided(*THEIRS, told, close())
    of_report = inform_board(news=BoardNews.REPORT)
    assert missing(*THEIRS, of_report).keys() == {"board_notification"}


def test_the_board_does_not_tell_itself():
    told = inform_board(news=BoardNews.NOTIFICATION)

    refused(*SUBMITTED, told, kind=Unknown, says="drivs av kommunen")
    assert ("inform_board_notification", None) not in played(*SUBMITTED).clocks


# Ending, and beginning again


def test_it_closes_when_ivo_has_decided_and_has_all_it_asked_for():
    assert CaseClosed() in decided(*IVO_DECIDED, close())
    assert missing(*IVO_DECIDED, ask_more()).keys() == {"supplements"}
    answered = (*IVO_DECIDED, ask_more(), answer_ivo())
    assert CaseClosed() in decided(*answered, close())


def test_it_closes_only_when_registered():
    assert missing(*SUPPLIED, ivo_says()).keys() == {"registered"}


@pytest.mark.parametrize("given", [*UNSENT, SUBMITTED, SUPPLIED])
def test_it_is_not_closed_before_ivo_has_decided(given):
    refused(*given, register(), close(role=Role.SAS), kind=NotAllowed)


@pytest.mark.parametrize("given", [REQUIRED, SUBMITTED, IVO_DECIDED])
@pytest.mark.parametrize("act", [reroute(), merge(), assess(), classify()])
def test_nothing_else_becomes_of_it(given, act):
    refused(*given, act, kind=NotAllowed)


def test_what_was_sent_can_be_opened_again_and_owes_a_new_decision():
    again = (*IVO_DECIDED, close(), reopen())
    case = played(*again)

    assert NotificationReopened(reason=WORDS) in decided(*again)
    assert (case.phase, case.ivo.decided) == (Phase.SUPPLIED, False)
    assert ("finish_reopened", None) in case.clocks
    refused(*again, close(), kind=NotAllowed)
    assert CaseClosed() in decided(*again, ivo_says(), close())


# What the case of misconduct is told


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ((*APPROVED, submitted()), TellsParent(IvoStep.NOTIFIED, MONDAY + timedelta(hours=1))),
        ((*SUBMITTED, supply()), TellsParent(IvoStep.SUPPLIED, MONDAY + timedelta(hours=3))),
        ((*SUPPLIED, ivo_says()), TellsParent(IvoStep.DECIDED, MONDAY + timedelta(hours=1))),
        ((*DRAFTED, drop()), TellsParent(IvoStep.WITHDRAWN, MONDAY + timedelta(hours=1))),
    ],
)
def test_each_step_is_told_to_the_case_of_misconduct(given, told):
    facts = decided(*given)

    assert follow_ons(played(*given), facts, given[-1].by, given[-1].at) == [told]


def test_what_is_sent_whole_is_told_as_notified_and_supplied():
    whole = (*REQUIRED, draft(with_investigation=True), approve(), approve(by=str(DISA)))
    given = (*whole, submitted())
    asked = follow_ons(played(*given), decided(*given), given[-1].by, given[-1].at)

    assert [it.step for it in asked] == [IvoStep.NOTIFIED, IvoStep.SUPPLIED]


# Who


def test_the_units_manager_sends_and_decides_nothing():
    case = played(*DRAFTED)
    for action in MAY["ivo_notification"].keys() - {"inform-board"}:
        assert acting_role(action, case, [Role.UNIT_MANAGER], []) is None


def test_the_registrar_sends_what_others_approved_and_approves_nothing():
    case = played(*APPROVED)

    assert acting_role("submit-notification", case, [Role.REGISTRAR], []) is Role.REGISTRAR
    assert acting_role("approve-pack", case, [Role.REGISTRAR], []) is None
    assert acting_role("draft-pack", case, [Role.REGISTRAR], []) is None
    assert acting_role("close", case, [Role.REGISTRAR], []) is None
