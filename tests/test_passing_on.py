"""What also, or only, belongs to somebody else: on which ground, and that it got there."""

from datetime import datetime

import pytest

from events import (
    CasePassedOn,
    CaseRerouted,
    DeadlineMet,
    OwnerType,
    Phase,
    ReceiptConfirmed,
    Role,
    Route,
    Track,
)
from tests.samples import (
    ACTING,
    OTHER_CASE,
    PROTECTED,
    ROUTE_ID,
    SUBMITTED,
    TRIAGED,
    TRIAGED_GRAVE,
    WORDS,
    answer,
    close,
    complain,
    confirm,
    decided,
    grave,
    lived,
    merge,
    missing,
    of,
    pass_on,
    played,
    policy,
    receive,
    refused,
    report_misconduct,
    reroute,
    submit,
)
from workflows import Incomplete, NotAllowed, Unknown
from workflows.access import acting_role
from workflows.rules.calendar import ZONE
from workflows.rules.escalation import calls
from workflows.rules.routing import ROUTING

GROUNDS = ("consent", "no_harm", "necessary", "duty", "nobody")

# Written out from the rulebook's table of what belongs where.
WAYS = {
    # route: (may be told aside, needs a ground, at once, whose role here, what the law says)
    Route.HEALTH_CARE: (
        True,
        True,
        False,
        Role.MAS,
        "3 kap. 8 § PSL (2010:659), snarast: patienten informeras om en vårdskada.",
    ),
    Route.WORK_ENVIRONMENT: (
        True,
        False,
        False,
        Role.OPERATIONS_MANAGER,
        (
            "3 kap. 3 a § AML (1977:1160), 2 § AMF, utan dröjsmål: "
            "arbetsgivaren underrättar Arbetsmiljöverket om dödsfall, "
            "svårare personskada eller allvarligt tillbud."
        ),
    ),
    Route.OTHER_AUTHORITY: (True, True, False, Role.REGISTRAR, ""),
    Route.CHILD_AT_RISK: (
        True,
        False,
        True,
        Role.SAS,
        (
            "19 kap. 1 § SoL (2025:400), genast: "
            "misstanke om att ett barn far illa anmäls till socialnämnden."
        ),
    ),
    Route.PERSONAL_DATA_INCIDENT: (
        True,
        False,
        True,
        Role.REGISTRAR,
        (
            "Artikel 33 i dataskyddsförordningen (GDPR): "
            "en personuppgiftsincident anmäls till IMY inom 72 timmar (ej bekräftat)."
        ),
    ),
    Route.CLIENT_DECLINED: (False, False, False, None, ""),
    Route.NOT_A_DEVIATION: (False, False, False, None, ""),
}


def test_every_route_is_in_the_table():
    assert WAYS.keys() == ROUTING.keys() == set(Route)


@pytest.mark.parametrize("route", Route)
def test_a_route_says_who_has_it_on_which_ground_and_what_the_law_asks(route):
    _, ground, at_once, role, basis = WAYS[route]
    secrecy = "duty" if ground else None
    [fact] = of(CaseRerouted, decided(submit(), reroute(route=route, secrecy=secrecy)))

    assert (fact.tell, fact.at_once, fact.basis) == (role, at_once, basis)
    assert fact.awaits_receipt is (role is not None)
    assert (fact.route_id, fact.receiver, fact.secrecy) == (ROUTE_ID, WORDS, secrecy)
    assert played(submit(), reroute(route=route, secrecy=secrecy)).phase is Phase.REROUTED


@pytest.mark.parametrize("route", Route)
def test_what_has_somebody_to_tell_is_told_while_the_case_goes_on(route):
    aside, ground, at_once, role, basis = WAYS[route]
    act = pass_on(route=route, secrecy="consent" if ground else None)
    if not aside:
        refused(*TRIAGED, act, kind=Unknown, says="ingen annan att meddela")
        return
    [fact] = of(CasePassedOn, decided(*TRIAGED, act))

    assert (fact.tell, fact.at_once, fact.basis) == (role, at_once, basis)
    assert played(*TRIAGED, act).phase is Phase.TRIAGED


@pytest.mark.parametrize("route", [Route.HEALTH_CARE, Route.OTHER_AUTHORITY])
@pytest.mark.parametrize("way", [pass_on, reroute])
def test_nothing_leaves_the_social_services_without_a_ground(route, way):
    said = refused(submit(), way(route=route), kind=Incomplete, says="Pröva sekretessen")
    assert said.detail["missing"] == ["secrecy"]
    said = refused(submit(), way(route=route, secrecy="nonsense"), kind=Unknown, says="Grunden")
    assert set(said.detail["choices"]) == set(GROUNDS)
    for ground in GROUNDS:
        assert decided(submit(), way(route=route, secrecy=ground))


def test_a_ground_that_is_not_on_the_list_is_refused_also_where_none_is_needed():
    refused(submit(), pass_on(secrecy="nonsense"), kind=Unknown, says="Grunden")


@pytest.mark.parametrize(
    ("at", "basis"),
    [
        (datetime(2025, 6, 30, 23, 59, tzinfo=ZONE), "14 kap. 1 § SoL (2001:453), genast"),
        (datetime(2025, 7, 1, 0, 0, tzinfo=ZONE), "19 kap. 1 § SoL (2025:400), genast"),
    ],
)
def test_a_child_at_risk_is_told_by_the_act_of_the_day(at, basis):
    child = pass_on(route=Route.CHILD_AT_RISK, at=at)
    [fact] = of(CasePassedOn, decided(submit(at=at, received_at=at), child))

    assert fact.basis.startswith(basis)


def test_a_complaint_on_health_care_is_answered_by_its_own_section():
    given = (complain(), pass_on(route=Route.HEALTH_CARE, secrecy="consent"))
    [fact] = of(CasePassedOn, decided(*given))

    assert fact.basis == (
        "3 kap. 8 b § PSL (2010:659), snarast: klagomål på hälso- och sjukvård besvaras."
    )


# What must work however grave it is, and what must not


def test_a_child_at_risk_is_told_of_while_sas_is_awaited():
    waits = TRIAGED_GRAVE
    child = pass_on(route=Route.CHILD_AT_RISK)

    assert played(*waits).sas_awaited
    assert of(CasePassedOn, decided(*waits, child))
    assert played(*waits, child).sas_awaited
    assert ("sas_position", None) in played(*waits, child).clocks
    gone = reroute(route=Route.CHILD_AT_RISK)
    refused(*waits, gone, kind=Incomplete, says="SAS ska ta ställning")


def test_a_child_at_risk_is_told_of_before_misconduct_is_even_received():
    child = pass_on(route=Route.CHILD_AT_RISK)

    assert of(CasePassedOn, decided(report_misconduct(), child))
    assert played(report_misconduct(), child).phase is Phase.REPORTED


@pytest.mark.parametrize("given", [(report_misconduct(),), PROTECTED])
@pytest.mark.parametrize("route", Route)
def test_misconduct_is_never_passed_away(given, route):
    refused(*given, reroute(route=route, secrecy="duty"), kind=NotAllowed)


def test_a_notification_is_passed_on_to_nobody_but_ivo():
    refused(*SUBMITTED, pass_on(), kind=NotAllowed)
    refused(*SUBMITTED, reroute(), kind=NotAllowed)


def test_misconduct_joins_another_report_only_when_the_individual_is_safe():
    refused(report_misconduct(), merge(), kind=NotAllowed, says="när ärendet är rapporterat")
    assert played(report_misconduct(), receive(), merge()).phase is Phase.MERGED


# That it got there


def test_it_is_not_done_until_the_receiver_has_it():
    told = (*TRIAGED, answer(), pass_on())

    assert missing(*told).keys() == {"receivers"}
    assert ("reach_receiver", ROUTE_ID) in played(*told).clocks
    facts = decided(*told, confirm())
    assert ReceiptConfirmed(route_id=ROUTE_ID, words=WORDS) in facts
    assert DeadlineMet(code="reach_receiver", about=ROUTE_ID, late=False) in facts
    assert played(*told, confirm(), close()).phase is Phase.CLOSED


def test_it_is_told_once_and_confirmed_once():
    assert decided(*ACTING, pass_on(), pass_on()) == []
    assert decided(*ACTING, pass_on(), confirm(), confirm()) == []
    refused(*ACTING, confirm(), kind=Unknown, says="inte lämnats till den mottagaren")


def test_two_may_be_told_and_each_is_waited_for():
    two = (*ACTING, pass_on(), pass_on(route=Route.CHILD_AT_RISK, route_id=OTHER_CASE))

    assert {about for code, about in played(*two).clocks if code == "reach_receiver"} == {
        ROUTE_ID,
        OTHER_CASE,
    }
    assert "receivers" in missing(*two, confirm())
    assert "receivers" not in missing(*two, confirm(), confirm(route_id=OTHER_CASE))


def test_where_there_is_nobody_there_is_nobody_to_wait_for():
    left = (submit(), answer(), reroute(route=Route.CLIENT_DECLINED))

    assert played(*left).clocks == {}


def test_our_own_role_is_told_and_reaches_that_case():
    told = pass_on(route=Route.HEALTH_CARE, secrecy="consent")
    [call] = [it for fact in lived(submit(), told) for it in calls(fact, policy())]

    assert (call.to, call.at_once) == ((Role.MAS,), False)
    assert call.rule == f"to.{ROUTE_ID}"
    assert acting_role("read-case", played(submit(), told), [Role.MAS], []) is Role.MAS
    assert acting_role("confirm-receipt", played(submit(), told), [Role.MAS], []) is Role.MAS
    assert acting_role("close", played(submit(), told), [Role.MAS], []) is None
    assert acting_role("read-case", played(submit()), [Role.MAS], []) is None


def test_a_child_at_risk_is_told_at_once():
    child = pass_on(route=Route.CHILD_AT_RISK)
    [call] = [it for fact in decided(submit(), child) for it in calls(fact, policy())]

    assert call.at_once
    assert call.to == (Role.SAS,)
    assert "genast" in call.why


@pytest.mark.parametrize("law", Track)
@pytest.mark.parametrize("owner", OwnerType)
@pytest.mark.parametrize("route", [it for it in Route if WAYS[it][0]])
def test_every_route_is_open_from_every_kind_of_unit(route, law, owner):
    told = submit(law=law, owner_type=owner)

    assert decided(told, pass_on(route=route, secrecy="duty"))
    assert decided(told, grave(), pass_on(route=route, secrecy="duty"))
