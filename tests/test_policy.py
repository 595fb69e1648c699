"""What the default policy says of each cell, what none may say, and what none moves."""

import copy

import pytest

from events import CaseEscalated, DeadlineSet, Role, SeverityAssessed, Track
from infra import policy_files
from services.policies import default
from tests.samples import (
    TO_CLOSE_GRAVE,
    TRIAGED,
    answer,
    assess,
    classify,
    close,
    decided,
    escalate,
    grave,
    lived,
    of,
    played,
    policy,
    refused,
    serious,
    submit,
    suggest,
)
from workflows import Incomplete, decide, fold
from workflows.rules.escalation import calls, outcomes
from workflows.rules.policy_check import NOTICE_CODES, BadPolicy, checked
from workflows.terms.categories import CATEGORIES

OM, S, M = Role.OPERATIONS_MANAGER, Role.SAS, Role.MAS

# Written out from product.md 4, not computed. For each consequence (rows) and likelihood
# (columns): the value; how many measures are asked for; who is told on the social-services
# tracks (SoL and LSS alike) and on the health-care track; "!" is at once, with the jour.
VALUES = [
    [1, 2, 3, 4],
    [2, 4, 6, 8],
    [3, 6, 9, 12],
    [4, 8, 12, 16],
]
LABELS = [
    ["Låg", "Låg", "Låg", "Medel"],
    ["Låg", "Medel", "Medel", "Hög"],
    ["Låg", "Medel", "Hög", "Hög"],
    ["Medel", "Hög", "Hög", "Hög"],
]
MEASURES = [
    [0, 0, 0, 1],
    [0, 1, 1, 1],
    [0, 1, 1, 1],
    [1, 1, 1, 1],
]
JOINT = [
    [0, 0, 0, 0],
    [0, 0, 0, 1],
    [0, 0, 1, 1],
    [0, 1, 1, 1],
]
SAS_ASKED = [
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 1, 1],
    [1, 1, 1, 1],
]
AT_ONCE = [
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 1, 1],
]
TOLD_SOCIAL = [
    [set(), set(), set(), set()],
    [set(), set(), set(), {OM}],
    [set(), set(), {OM, S}, {OM, S}],
    [{S}, {OM, S}, {OM, S}, {OM, S}],
]
TOLD_HEALTH = [
    [set(), set(), set(), set()],
    [set(), set(), set(), {OM, M}],
    [{M}, {M}, {OM, S, M}, {OM, S, M}],
    [{S, M}, {OM, S, M}, {OM, S, M}, {OM, S, M}],
]
CELLS = [(row, column) for row in range(4) for column in range(4)]


def found(row, column, *tracks):
    return outcomes(policy(), row + 1, column + 1, tracks)


def told(asked):
    return {role for it in asked for role in it.tell}


@pytest.mark.parametrize(("row", "column"), CELLS)
def test_a_cell_has_its_value_and_its_word(row, column):
    [fact] = of(
        SeverityAssessed,
        decided(submit(), assess(consequence=row + 1, likelihood=column + 1)),
    )

    assert (fact.value, fact.label) == (VALUES[row][column], LABELS[row][column])


@pytest.mark.parametrize("track", [Track.SOL, Track.LSS])
@pytest.mark.parametrize(("row", "column"), CELLS)
def test_a_cell_on_the_social_tracks(row, column, track):
    asked = found(row, column, track)

    assert told(asked) == TOLD_SOCIAL[row][column]
    assert any(it.sas_position for it in asked) == SAS_ASKED[row][column]
    assert max([it.measures for it in asked], default=0) == MEASURES[row][column]
    assert any(it.joint_follow_up for it in asked) == JOINT[row][column]


@pytest.mark.parametrize(("row", "column"), CELLS)
def test_a_cell_on_the_health_care_track(row, column):
    asked = found(row, column, Track.HSL)

    assert told(asked) == TOLD_HEALTH[row][column]
    assert any(it.sas_position for it in asked) == SAS_ASKED[row][column]
    assert max([it.measures for it in asked], default=0) == MEASURES[row][column]
    assert any(it.joint_follow_up for it in asked) == JOINT[row][column]


@pytest.mark.parametrize("track", Track)
@pytest.mark.parametrize(("row", "column"), CELLS)
def test_a_cell_that_passes_quiet_hours_and_rings_the_jour(row, column, track):
    asked = found(row, column, track)
    now = [it for it in asked if it.at_once]

    assert bool(now) == AT_ONCE[row][column]
    assert [it for it in asked if it.on_call] == now
    assert all(set(it.tell) == {OM, S} for it in now)


@pytest.mark.parametrize(("row", "column"), CELLS)
def test_an_event_on_two_tracks_is_told_on_both(row, column):
    both = found(row, column, Track.SOL, Track.HSL)

    assert told(both) == TOLD_SOCIAL[row][column] | TOLD_HEALTH[row][column]


def test_a_measure_asked_for_by_a_value_is_told_with_its_rule_and_version():
    [rule] = [it for it in found(1, 1, Track.SOL) if it.measures]

    assert (rule.rule, rule.policy_version) == ("measure_required", 1)
    assert rule.why.startswith("Värdet är 4 eller högre")


def test_each_outcome_that_tells_somebody_becomes_a_call():
    facts = decided(submit(), assess(consequence=4, likelihood=4))
    called = {call.rule: call for fact in facts for call in calls(fact, policy())}

    assert called.keys() == {"operations_manager", "sas_position", "at_once"}
    assert called["at_once"].at_once
    assert called["at_once"].on_call
    assert not called["sas_position"].at_once
    assert of(CaseEscalated, decided(submit(), escalate(rule="at_once")))


def test_a_ticked_box_and_words_of_danger_call_the_unit_manager_at_once():

    [ticked] = [it for fact in lived(serious()) for it in calls(fact, policy())]
    [danger] = [
        it
        for fact in decided(submit(), suggest(immediate_danger=True))
        for it in calls(fact, policy())
    ]
    for call in (ticked, danger):
        assert call.to == (Role.UNIT_MANAGER,)
        assert call.at_once
    assert not [it for fact in lived(submit(), suggest()) for it in calls(fact, policy())]


# What a policy may not say


def document(**changed):
    return copy.deepcopy(policy_files.read_file(policy_files.DEFAULT)) | changed


def without(rule):
    return [it for it in document()["escalation"] if it["rule"] != rule]


def faults(given):
    with pytest.raises(BadPolicy) as bad:
        checked(given)
    for fault in bad.value.faults:
        assert fault.endswith("."), fault
    return bad.value.faults


def test_the_default_policy_is_one_that_may_be_used():
    assert default().version == 1
    assert checked(document()) == default()


@pytest.mark.parametrize("track", ["sol", "lss"])
@pytest.mark.parametrize(
    ("row", "column"), [cell for cell in CELLS if SAS_ASKED[cell[0]][cell[1]]]
)
def test_no_policy_closes_the_path_to_sas_in_any_cell(row, column, track):
    every = [{"consequence": c + 1, "likelihood": k + 1} for c, k in CELLS if SAS_ASKED[c][k]]

    def asks(cells, tracks):
        rule = {"rule": f"sas_{tracks[0]}", "why": "SAS.", "sas_position": True}
        return rule | {"when": cells, "tracks": tracks}

    # A floor reaches every cell beyond it, so leave out all that would cover this one.
    kept = [
        it
        for it in every
        if not (it["consequence"] <= row + 1 and it["likelihood"] <= column + 1)
    ]
    other = "lss" if track == "sol" else "sol"
    rules = [*without("sas_position"), asks(every, [other])]
    if kept:
        rules.append(asks(kept, [track]))

    said = faults(document(escalation=rules))
    cell = f"Konsekvens {row + 1} och sannolikhet {column + 1} ({track}) måste gå till SAS."
    assert cell in said
    assert not [it for it in said if f"({other})" in it]


def test_a_policy_may_open_the_path_to_sas_earlier():
    early = {"rule": "sas_early", "why": "SAS.", "sas_position": True, "when": [{}]}

    assert checked(document(escalation=[early]))


def test_a_policy_names_every_target_and_no_other():
    fewer = {code: it for code, it in document()["targets"].items() if code != "triage"}
    more = document()["targets"] | {"guess": document()["targets"]["triage"]}

    assert faults(document(targets=fewer)) == ["Målet triage saknas i targets."]
    assert faults(document(targets=more)) == [
        "Målet guess i targets finns inte i programmet. Ta bort raden."
    ]


@pytest.mark.parametrize("code", sorted(NOTICE_CODES))
def test_a_policy_has_a_text_for_every_notice(code):
    fewer = {name: it for name, it in document()["notices"].items() if name != code}

    assert faults(document(notices=fewer)) == [f"Texten {code} saknas i notices."]


def test_a_policy_has_no_text_that_nobody_sends():
    more = document()["notices"] | {"poem": "En dikt."}

    assert faults(document(notices=more)) == [
        "Texten poem i notices finns inte i programmet. Ta bort raden."
    ]


@pytest.mark.parametrize("words", ["Hej {namn}.", "{}", "{enhet.__class__}", "{enhet", "}"])
def test_a_text_has_no_place_for_anything_but_unit_and_number(words):
    [fault] = faults(document(notices=document()["notices"] | {"received": words}))

    assert fault.startswith("Texten received har")


def test_a_policy_turns_off_only_categories_that_are_and_not_all():

    assert "annat" in faults(document(categories_off=["annat"]))[0]
    assert faults(document(categories_off=[*CATEGORIES])) == [
        "Minst en kategori måste vara på."
    ]
    assert checked(document(categories_off=["omsorg"]))


def test_a_category_turned_off_is_not_a_choice():

    off = checked(document(categories_off=["omsorg"]))
    assert refused(submit(), classify(category="annat")).detail["choices"]
    with pytest.raises(Exception, match="Kategorin finns inte på listan"):
        decide(played(submit()), classify(category="omsorg"), off)


def test_the_matrix_starts_at_one():
    bands = [{"from_value": 2, "label": "Låg"}]

    assert faults(document(matrix=document()["matrix"] | {"bands": bands})) == [
        "matrix: Matrisens lägsta band måste börja på 1."
    ]


def test_two_rules_do_not_share_a_name():
    rules = document()["escalation"]

    assert faults(document(escalation=[*rules, rules[0]])) == [
        "Två eskaleringsregler har samma namn."
    ]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"version": 0}, "version ska vara minst 1."),
        ({"version": "ett"}, "version har ett värde som inte går att använda."),
        ({"surprise": 1}, "surprise finns inte i en policy. Ta bort det."),
        ({"investigate_from_value": 17}, "investigate_from_value ska vara högst 16."),
        ({"ladder": {"roles": [], "hours_between": 1}}, "ladder.rungs ska ha minst 1 värden."),
        ({"ladder": {"roles": ["sas"], "hours_between": 0}}, "ska vara mer än 0."),
        (
            {"ladder": {"roles": ["kungen"], "hours_between": 1}},
            "ladder.rungs.0 ska vara ett av",
        ),
        ({"ladder": {"rungs": ["kungen"], "hours_between": 1}}, "ladder.rungs.0 ska vara"),
        ({"ladder": {"roles": {"sas": 1}, "hours_between": 1}}, "ladder.roles finns inte"),
        (
            {"ladder": {"rungs": ["sas", "sas"], "hours_between": 1}},
            "ladder: Samma steg står två gånger.",
        ),
        ({"quiet_hours": {"begins": "18:00", "ends": "18:00"}}, "Ange två olika klockslag"),
        ({"quiet_hours": {"begins": "18:00Z", "ends": "07:00"}}, "Ange två olika klockslag"),
        ({"quiet_hours": {"begins": "kväll", "ends": "07:00"}}, "quiet_hours.begins har ett"),
    ],
)
def test_what_is_wrong_is_said_in_swedish(changed, says):
    assert any(says in fault for fault in faults(document(**changed)))


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ({"what": ""}, "targets.triage.what är tomt."),
        ({"what": "x" * 201}, "targets.triage.what får ha högst 200 tecken."),
        ({"hours": 4}, "targets.triage: Ange ett av working_days, days och hours."),
        ({"working_days": None}, "targets.triage: Ange ett av working_days, days och hours."),
    ],
)
def test_a_target_says_what_and_one_measure_of_time(target, says):
    targets = document()["targets"]
    targets["triage"] |= target

    assert says in faults(document(targets=targets))


def test_the_longest_words_that_pass_the_check_fit_in_a_deadline():
    targets = document()["targets"]
    targets["triage"]["what"] = "Å" * 200
    facts = lived(submit(), under=checked(document(targets=targets)))

    assert {"triage"} <= {fact.code for fact in of(DeadlineSet, facts)}


def test_everything_wrong_is_said_at_once():
    said = faults(document(categories_off=["annat"], notices={}, targets={}))

    assert len(said) > len(NOTICE_CODES) + 1


# What a policy never moves


def stricter():
    """Return a later policy that asks for more, sooner, and of everything."""
    all_of_it = {
        "rule": "everything",
        "why": "Allt.",
        "when": [{}],
        "tell": ["board"],
        "measures": 5,
        "sas_position": True,
        "joint_follow_up": True,
    }
    targets = document()["targets"]
    targets["triage"] = targets["triage"] | {"working_days": 1}
    return checked(
        document(version=2, escalation=[all_of_it], targets=targets, investigate_from_value=1)
    )


def laxer():
    only_sas = [it for it in document()["escalation"] if it["rule"] == "sas_position"]
    return checked(document(version=2, escalation=only_sas, investigate_from_value=16))


def test_the_history_is_read_without_any_policy():
    facts = lived(*TO_CLOSE_GRAVE)

    assert fold(facts) == played(*TO_CLOSE_GRAVE)
    assert {it.policy_version for it in fold(facts).outcomes} == {1}


def test_a_stricter_policy_asks_nothing_more_of_an_old_case():

    old = played(*TRIAGED, answer())

    assert fold(decide(old, close(), stricter()), old).phase == "closed"


def test_a_laxer_policy_asks_nothing_less_of_an_old_case():

    old = played(submit(), classify(), grave())
    with pytest.raises(Incomplete) as no:
        decide(old, close(), laxer())

    assert {"investigation", "measures", "sas_position"} <= {
        it["code"] for it in no.value.detail["missing"]
    }


def test_a_clock_that_runs_is_not_moved_by_a_later_policy():
    old = played(submit())
    before = old.clocks["triage", None]
    after = fold(decide(old, assess(), stricter()), old)

    assert after.clocks["triage", None] == before


def test_a_new_assessment_is_judged_by_the_policy_of_its_day():
    old = played(submit(), grave())
    after = fold(decide(old, assess(), stricter()), old)

    assert {it.policy_version for it in after.outcomes} == {2}
    assert "everything" in {it.rule for it in after.outcomes}


@pytest.mark.parametrize("on_call", [True, False])
def test_the_policy_says_whether_an_alarm_rings_the_jour(on_call):
    alarm = document()["ticked_serious"] | {"on_call": on_call}
    under = checked(document(ticked_serious=alarm))
    [call] = [it for fact in lived(serious()) for it in calls(fact, under)]

    assert call.on_call is on_call
