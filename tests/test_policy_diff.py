"""What differs between two policies, in values, in sentences and in the cells of the matrix."""

import copy

import pytest

from events import Role, Track
from infra import policy_files
from tests.samples import policy
from workflows.rules.policy_check import checked
from workflows.rules.policy_diff import cells, changes, in_words


def document():
    return copy.deepcopy(policy_files.read_file(policy_files.DEFAULT))


def with_rule(name, **changed):
    found = document()
    for rule in found["escalation"]:
        if rule["rule"] == name:
            rule.update(changed)
    return found


def with_target(code, **changed):
    found = document()
    found["targets"][code].update(changed)
    found["targets"][code] = {k: v for k, v in found["targets"][code].items() if v is not None}
    return found


def with_part(part, **changed):
    found = document()
    found[part].update(changed)
    return found


def said(new):
    parts = in_words(policy(), checked(new))
    parts.pop("Följder i matrisen", None)
    return [line for lines in parts.values() for line in lines]


def test_a_policy_does_not_differ_from_itself():
    assert changes(policy(), policy()) == []
    assert in_words(policy(), policy()) == {}
    assert cells(policy(), policy()) == []


def test_the_order_of_rules_and_bands_is_no_difference():
    turned = document()
    turned["escalation"].reverse()
    turned["matrix"]["bands"].reverse()

    assert changes(policy(), checked(turned)) == []


@pytest.mark.parametrize(
    ("new", "says"),
    [
        (
            with_target("answer_reporter", working_days=5),
            "Målet Svara rapportören: 10 arbetsdagar → 5 arbetsdagar.",
        ),
        (
            with_target("answer_reporter", working_days=1),
            "Målet Svara rapportören: 10 arbetsdagar → 1 arbetsdag.",
        ),
        (
            with_target("answer_reporter", working_days=None, hours=1.5),
            "Målet Svara rapportören: 10 arbetsdagar → 1,5 timmar.",
        ),
        (
            with_target("answer_reporter", remind_working_days_before=0),
            "Målet Svara rapportören: påminnelse 2 arbetsdagar före → samma dag.",
        ),
        (
            with_target("answer_reporter", remind_working_days_before=None),
            "Målet Svara rapportören: påminnelse 2 arbetsdagar före → ingen.",
        ),
        (
            with_target("triage", what="Bedöma"),
            "Målet Läsa och bedöma rapporten, what: Läsa och bedöma rapporten → Bedöma.",
        ),
        (
            with_rule("sas_position", when=[{"value": 4}, {}]),
            (
                "Eskalering sas_position: tröskeln värde minst 8 och konsekvens minst 3, "
                "eller konsekvens minst 4 → värde minst 4, eller alltid."
            ),
        ),
        (
            with_rule("operations_manager", tell=["operations_manager", "mas"]),
            (
                "Eskalering operations_manager: meddelas: "
                "Verksamhetschef → Verksamhetschef, MAS/MAR."
            ),
        ),
        (
            with_rule("operations_manager", at_once=True),
            "Eskalering operations_manager: genast: nej → ja.",
        ),
        (
            with_target("finish", days=90),
            "Målet Avsluta ärendet: 180 dagar → 90 dagar.",
        ),
        (with_part("notices", reminder="Annat."), "Text reminder ändrad."),
        ({**document(), "silent_unit_days": 30}, "silent_unit_days: 90 → 30."),
        ({**document(), "version": 2}, "Version: 1 → 2."),
        ({**document(), "categories_off": ["omsorg"]}, "Kategorin Omsorg stängs av."),
        (
            with_part("matrix", likelihood=["Aldrig", "Liten", "Stor", "Jämt"]),
            (
                "matrix.likelihood: Mycket liten, Liten, Stor, Mycket stor → "
                "Aldrig, Liten, Stor, Jämt."
            ),
        ),
        (
            with_part("danger_words", on_call=True),
            "danger_words.on_call: nej → ja.",
        ),
    ],
)
def test_one_change_is_one_sentence_in_the_words_of_the_policy(new, says):
    assert said(new) == [says]


def test_a_rule_that_comes_or_goes_is_named_with_its_threshold():
    more = document()
    more["escalation"].append({"rule": "board", "why": "Nämnden.", "when": [{"value": 16}]})

    assert "Eskalering board tillkommer (värde minst 16)." in said(more)
    assert in_words(checked(more), policy())["Eskalering"] == [
        "Eskalering board tas bort (värde minst 16)."
    ]


def test_a_band_that_gets_another_name_is_told_by_where_it_begins():
    new = document()
    new["matrix"]["bands"][1]["label"] = "Mellan"

    [change] = changes(policy(), checked(new))

    assert (change.path, change.old, change.new) == (
        ("matrix", "bands", "4", "label"),
        "Medel",
        "Mellan",
    )


def test_every_difference_is_told_under_the_heading_of_its_part():
    new = with_target("triage", working_days=1) | {"version": 2, "silent_unit_days": 1}

    assert list(in_words(policy(), checked(new))) == ["Policyn", "Mål", "Övrigt"]


# From the table of product.md 4: value 4 or more where SAS is not asked already.
NEWLY_ASKED = {(1, 4), (2, 2), (2, 3), (2, 4), (3, 2)}


def test_the_cells_where_sas_is_asked_earlier_are_those_and_no_others():
    found = cells(policy(), checked(with_rule("sas_position", when=[{"value": 4}])))

    assert {(it.consequence, it.likelihood) for it in found} == NEWLY_ASKED
    for cell in found:
        assert cell.tracks == tuple(Track)
        assert [(it.kind, it.more, it.role) for it in cell.moves] == [
            ("sas_position", True, None),
            ("told", True, Role.SAS),
        ]


def test_a_cell_says_on_which_tracks_something_else_follows():
    found = cells(policy(), checked(with_rule("health_care", when=[{"consequence": 4}])))

    assert {(it.consequence, it.likelihood) for it in found} == {
        (2, 4),
        *((3, n + 1) for n in range(4)),
    }
    assert {it.tracks for it in found} == {(Track.HSL,)}
    words = in_words(policy(), checked(with_rule("health_care", when=[{"consequence": 4}])))
    assert (
        "Konsekvens 3, sannolikhet 1 (hsl): MAS/MAR meddelas inte längre."
        in words["Följder i matrisen"]
    )


@pytest.mark.parametrize(
    ("changed", "cell", "says"),
    [
        ({"investigate_from_value": 8}, (2, 2), "händelsen behöver inte längre utredas"),
        (with_rule("measure_required", measures=2), (2, 2), "åtgärder som krävs: 1 → 2"),
        (with_rule("operations_manager", on_call=True), (2, 4), "jouren ska ringas"),
        (
            with_rule("operations_manager", at_once=True),
            (2, 4),
            "Verksamhetschef meddelas genast",
        ),
        (
            with_rule("operations_manager", joint_follow_up=False),
            (2, 4),
            "verksamhetschefen deltar inte längre i uppföljningen",
        ),
    ],
)
def test_a_cell_says_what_follows(changed, cell, says):
    found = {
        (it.consequence, it.likelihood): it
        for it in cells(policy(), checked(document() | changed))
    }

    assert [it.now for it in found[cell].moves] == [says]
    assert (1, 1) not in found
