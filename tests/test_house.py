"""The rules of the house, checked."""

import ast
import importlib
import inspect
import pkgutil
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest
from pydantic import AwareDatetime, BaseModel, TypeAdapter, ValidationError

import events
import infra
import services
import workflows
from events import (
    CATALOGUE,
    Checksum,
    Code,
    ComplaintKind,
    Event,
    Harm,
    LexSarahOutcome,
    Number,
    Phase,
    Question,
    RegistryNumber,
    ReportReceived,
    Role,
    Route,
    Rung,
    Sentence,
    holds_words,
)
from services.case_view.sentences import SENTENCES, sentence
from tests.lives import corpus
from workflows import CASE_TYPES
from workflows.access import COMMANDS, GENERAL, KINDS, MAY, MEASURE_OWNER, OWNER, RESPONSIBLE
from workflows.commands import (
    Asked,
    ByPeople,
    BySystem,
    Command,
    Opening,
    OpenIvoNotification,
    SubmitReport,
)
from workflows.diagram import mermaid, steps
from workflows.refusals import Refusal
from workflows.rules.duties import DUTIES
from workflows.rules.gates import GATES
from workflows.terms import codes, labels, points
from workflows.terms.categories import CATEGORIES
from workflows.terms.hints import hinted, known
from workflows.terms.kinds import EVERY, MISCONDUCT, OUTSIDE
from workflows.terms.tiles import TILES

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = (events, workflows, infra, services)
FILES = [path for it in PACKAGES for path in sorted(Path(it.__file__).parent.rglob("*.py"))]
NAMES = [str(path.relative_to(ROOT)) for path in FILES]
README = ROOT / "README.md"


@pytest.mark.parametrize("package", PACKAGES, ids=lambda it: it.__name__)
def test_our_packages_are_the_ones_in_this_repository(package):
    assert Path(package.__file__).parent.parent == ROOT


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_file_of_the_product_is_short_enough_to_read(path):
    if path.parent.name == "versions":
        return  # a list of tables as they once were: read from the top, never changed
    assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_module_says_in_a_sentence_what_it_is_for(path):
    if path.name.startswith("_") and path.name != "__init__.py":
        return
    said = ast.get_docstring(ast.parse(path.read_text()))
    assert said
    assert said.splitlines()[0].endswith((".", ":", "?"))


# Events


def written():
    """Find every event class in the package, whether or not anybody listed it."""
    modules = [
        importlib.import_module(f"events.{it.name}")
        for it in pkgutil.iter_modules(events.__path__)
    ]
    found = {
        cls for module in modules for _, cls in inspect.getmembers(module, inspect.isclass)
    }
    return {cls for cls in found if issubclass(cls, Event)} - {Event}


def test_every_event_is_in_the_catalogue():
    assert written() == set(CATALOGUE.values())


def test_every_event_is_given_to_those_who_import_the_language():
    assert {cls.__name__ for cls in written()} <= set(events.__all__)


def test_no_two_events_share_a_name():
    assert len({cls.type for cls in written()}) == len(written())
    assert all(name == cls.type for name, cls in CATALOGUE.items())


@pytest.mark.parametrize("cls", CATALOGUE.values(), ids=CATALOGUE)
def test_an_event_is_a_frozen_fact_with_a_docstring(cls):
    assert cls.type.startswith("case.")
    assert cls.version >= 1
    assert cls.model_config["frozen"]
    assert cls.model_config["extra"] == "forbid"
    assert (cls.__doc__ or "").rstrip().endswith(".")
    assert cls.enters is None or cls.enters in Phase


HARMLESS = (UUID, int, float, bool, date, datetime, NoneType)
NARROW = {Code, Number, RegistryNumber, Checksum, Sentence}


def loose(hint):
    """List the parts of a type in which somebody could write a name or a story."""
    if hint in NARROW or hint in HARMLESS or hint == AwareDatetime:
        return []
    if get_origin(hint) is Annotated:
        return loose(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType, tuple):
        return [it for part in get_args(hint) if part is not Ellipsis for it in loose(part)]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return []
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return [it for part in fields(hint).values() for it in loose(part)]
    return [hint]


def fields(cls):
    hints = get_type_hints(cls, include_extras=True)
    return {name: hints[name] for name in cls.model_fields}


@pytest.mark.parametrize("cls", CATALOGUE.values(), ids=CATALOGUE)
def test_no_event_has_room_for_a_name_or_a_story(cls):
    assert {name: loose(hint) for name, hint in fields(cls).items() if loose(hint)} == {}


def test_the_test_above_would_see_a_story():
    class Loose(BaseModel):
        story: str
        about: str | None
        more: tuple[str, ...]
        extra: dict[str, object]
        place: Annotated[str, "any"]
        code: Code

    assert {name for name, hint in fields(Loose).items() if loose(hint)} == {
        "story",
        "about",
        "more",
        "extra",
        "place",
    }


@pytest.mark.parametrize("cls", CATALOGUE.values(), ids=CATALOGUE)
def test_words_are_told_by_their_key_in_the_vault(cls):
    hints = fields(cls)
    marked = {name for name, hint in hints.items() if holds_words(hint)}

    assert set(cls.vault_fields()) == marked
    for name in marked:
        assert {it for it in plain(hints[name]) if it is not NoneType} == {UUID}
    assert {
        "story",
        "words",
        "reason",
        "summary",
        "about",
        "receiver",
    } & hints.keys() <= marked | {
        name for name in ("about",) if cls.type.startswith(("case.deadline", "case.ladder"))
    }


def plain(hint):
    """Return the bare types of a hint."""
    if get_origin(hint) is Annotated:
        return plain(get_args(hint)[0])
    parts = get_args(hint)
    return {it for part in parts for it in plain(part)} if parts else {hint}


def test_a_code_is_too_narrow_for_a_name():
    for said in ("Anna Andersson", "19121212-1212 Anna", "å", "", "x" * 61):
        with pytest.raises(ValidationError):
            TypeAdapter(Code).validate_python(said)


@pytest.mark.parametrize(
    "said",
    [
        "Anna Andersson",
        "Anna",
        "19121212-1212",  # a personal number
        "191212121212",
        "121212-1212",
        "121212+1212",
        "070-123 45 67",
        "0701234567",
        "070-123-45-67",
        "19121212.1212",
        "121212/2012",
        "SN 121212-1212",
        "anna 1/1",
        "SN 2026/1 Anna",
        "SN 2026/1 ",
        "",
        "SN",
    ],
)
@pytest.mark.parametrize("narrow", [RegistryNumber, Checksum], ids=["registry", "checksum"])
def test_a_registry_number_and_a_checksum_are_too_narrow_for_a_name(narrow, said):
    with pytest.raises(ValidationError):
        TypeAdapter(narrow).validate_python(said)


@pytest.mark.parametrize(
    "said",
    ["SN 2026/123", "SN-2026-123", "2026/123", "3.2.1-12345/2026", "VON2026/1", "SN 26/123"],
)
def test_a_registry_number_has_room_for_those_that_are(said):
    assert TypeAdapter(RegistryNumber).validate_python(said) == said


def test_a_checksum_is_one():
    assert TypeAdapter(Checksum).validate_python("0af9" * 16)
    for said in ("0af9" * 15, "0AF9" * 16, "g" * 64):
        with pytest.raises(ValidationError):
            TypeAdapter(Checksum).validate_python(said)


def test_every_event_has_a_sentence_for_the_timeline():
    assert SENTENCES.keys() == set(CATALOGUE.values())


def test_every_fact_that_ever_was_is_said_in_a_sentence():
    for life in corpus():
        for fact in life.history:
            said = sentence(fact)
            assert said[0].isupper()
            assert said.endswith(".")
            assert "None" not in said


# Commands and flows


def every(union):
    return set(get_args(union))


@pytest.mark.parametrize("kind", CASE_TYPES.values(), ids=CASE_TYPES)
def test_every_phase_of_a_case_type_has_a_row_and_every_row_is_reached(kind):
    reached = {Phase.NONE} | {end for _, _, end in steps(kind)}

    assert reached == set(kind.flow)
    assert all(start in kind.flow for start, _, _ in steps(kind))


def test_every_phase_of_the_language_is_used():
    assert {phase for kind in CASE_TYPES.values() for phase in kind.flow} == set(Phase)


def test_every_event_that_enters_a_phase_does_so_in_a_picture():
    drawn = {event for kind in CASE_TYPES.values() for _, event, _ in steps(kind)}
    entering = {
        cls.type.removeprefix("case.") for cls in CATALOGUE.values() if cls.enters is not None
    }

    assert entering <= drawn


@pytest.mark.parametrize("kind", CASE_TYPES.values(), ids=CASE_TYPES)
def test_a_case_type_has_a_name_a_label_and_letters_of_its_own(kind):
    assert CASE_TYPES[kind.name] is kind
    assert kind.label[0].isupper()
    assert len({it.prefix for it in CASE_TYPES.values()}) == len(CASE_TYPES)
    opening = {SubmitReport} if kind.name != "ivo_notification" else {OpenIvoNotification}
    assert kind.flow[Phase.NONE] == opening
    assert issubclass(kind.begins, ReportReceived)


def test_the_groups_of_kinds_name_the_case_types_that_are():
    assert set(CASE_TYPES) == EVERY
    assert EVERY == OUTSIDE | MISCONDUCT


def test_every_command_is_in_some_flow_and_nothing_else_is():
    given = {it for kind in CASE_TYPES.values() for row in kind.flow.values() for it in row}

    assert given == every(Command)


def test_every_command_is_of_people_or_of_the_system_or_opens_a_case():
    assert every(Command) == every(ByPeople) | every(BySystem) | every(Opening)
    assert not every(ByPeople) & every(BySystem)
    assert not every(Opening) & (every(ByPeople) | every(BySystem))


@pytest.mark.parametrize("command", sorted(every(Command), key=lambda it: it.__name__))
def test_a_command_says_itself_after_det_gar_inte_att(command):
    assert issubclass(command, Asked)
    assert command.says
    assert command.says[0].islower()
    assert not command.says.endswith(".")
    assert (command.__doc__ or "").rstrip().endswith(".")
    assert not any(
        hint is str or hint == (str | None)
        for name, hint in get_type_hints(command, include_extras=True).items()
        if name not in ("says", "by", "why")
    )


# Who may do what

OTHER_ACTIONS = {"read-case", "draft-pack"}
"""What is asked of a case, or of what makes its pack, and is no command of people."""


def flow_of(kind):
    """List the kebab names of the commands of people that a kind's flow has somewhere."""
    given = frozenset().union(*CASE_TYPES[kind].flow.values())
    return {name for name, command in COMMANDS.items() if command in given}


@pytest.mark.parametrize("kind", CASE_TYPES)
def test_every_command_of_people_in_a_flow_says_who_may_give_it_and_no_other_does(kind):
    assert flow_of(kind) | {"read-case"} <= MAY[kind].keys()
    assert MAY[kind].keys() - flow_of(kind) - OTHER_ACTIONS - only_of_the_others(kind) == set()


def only_of_the_others(kind):
    """List what a kind shares a table with another kind for, and has not itself."""
    sharing = [it for it in CASE_TYPES if it != kind and MAY[it] is MAY[kind]]
    return set().union(*(flow_of(it) for it in sharing))


def test_every_command_of_people_is_in_some_table():
    assert set(COMMANDS.values()) == every(ByPeople)
    assert set().union(*(flow_of(kind) for kind in CASE_TYPES)) == COMMANDS.keys()
    assert MAY.keys() == CASE_TYPES.keys()


@pytest.mark.parametrize("table", [GENERAL, *MAY.values()])
def test_every_row_of_who_may_names_somebody_that_is(table):
    assert all(table.values())
    assert {who for row in table.values() for who in row} <= {*Role, OWNER, MEASURE_OWNER}


def test_nobody_but_sas_speaks_for_sas():
    for kind, action in [
        ("deviation", "take-sas-position"),
        ("complaint", "take-sas-position"),
        ("lex_sarah", "verify-measures"),
        ("lex_sarah", "follow-up-measure"),
        ("lex_sarah", "close"),
        ("lex_sarah", "reopen"),
        ("lex_sarah", "merge"),
        ("lex_sarah", "pause-deadline"),
        ("ivo_notification", "close"),
        ("ivo_notification", "reopen"),
    ]:
        assert MAY[kind][action] == {Role.SAS}, (kind, action)


def test_only_the_delegated_decide_and_take_back():
    assert MAY["lex_sarah"]["decide-lex-sarah"] == {Role.SAS, Role.DECISION_MAKER}
    assert MAY["ivo_notification"]["withdraw-notification"] == {Role.DECISION_MAKER}


def test_the_units_manager_judges_and_ends_nothing_of_misconduct():
    mine = {name for name, row in MAY["lex_sarah"].items() if Role.UNIT_MANAGER in row}

    assert mine == {"read-case", "add-note", "complete-measure", "inform-board"}
    theirs = {name for name, row in MAY["ivo_notification"].items() if Role.UNIT_MANAGER in row}
    assert theirs == {"inform-board"}


def test_staff_reach_no_case_but_through_a_tie():
    for table in MAY.values():
        for row in table.values():
            assert not row & {Role.STAFF, Role.ALARM_OPERATOR, Role.BOARD}


def test_the_administrator_reaches_no_case_and_gets_none():
    assert not [it for table in MAY.values() for it, row in table.items() if Role.ADMIN in row]
    assert {name for name, row in GENERAL.items() if Role.ADMIN in row} == {
        "administer",
        "file-report",
        "print-sheet",
        "read-access-log",
    }
    assert Role.ADMIN not in RESPONSIBLE


def test_those_of_some_kinds_only_have_rows_in_those_kinds():
    for role, kinds in KINDS.items():
        named = {kind for kind, table in MAY.items() for row in table.values() if role in row}
        assert kinds <= named, role


# Words


def test_a_tile_speaks_for_categories_that_are():
    for tile in TILES.values():
        assert set(tile.categories) <= CATEGORIES.keys()
        assert hinted(tile.code) == tile.categories
        assert tile.label
    assert [code for code, it in TILES.items() if not it.categories] == ["vetej"]


def test_a_code_that_is_both_tile_and_category_means_the_same():
    for code in TILES.keys() & CATEGORIES.keys():
        assert hinted(code) == (code,)


def test_every_hint_is_known_and_nothing_else_is():
    for hint in (*TILES, *CATEGORIES):
        assert known(hint)
    for hint in CATEGORIES.keys() - TILES.keys():
        assert hinted(hint) == (hint,)
    assert not known("annat")
    assert hinted(None) == hinted("annat") == ()


def test_the_ten_categories_are_those_of_the_client():
    assert [it.label for it in CATEGORIES.values()] == [
        "Utebliven insats",
        "Omsorg",
        "Otrygghet",
        "Information",
        "Dokumentation",
        "Bemötande",
        "Handläggning",
        "Sekretess",
        "Larm/telefoni",
        "Värdesaker",
    ]
    assert all(code == it.code for code, it in CATEGORIES.items())


@pytest.mark.parametrize(
    ("words", "closed"),
    [
        (labels.PHASES, Phase),
        (labels.HARMS, Harm),
        (labels.ROLES, Role),
        (labels.ROUTES, Route),
        (labels.RUNGS, Rung),
        (labels.OUTCOMES, LexSarahOutcome),
        (labels.QUESTIONS, Question),
        (labels.COMPLAINT_KINDS, ComplaintKind),
    ],
)
def test_every_word_of_a_closed_list_has_its_swedish(words, closed):
    assert words.keys() == set(closed)
    assert all(words.values())


@pytest.mark.parametrize(
    "rows",
    [
        codes.CAUSE_AREAS,
        codes.MEASURE_KINDS,
        codes.WAIVER_GROUNDS,
        codes.ANSWER_WAYS,
        codes.ANSWER_SECRECY,
        codes.ERASURE_GROUNDS,
        codes.IMPORT_OUTCOMES,
        codes.IVO_DECISIONS,
        codes.PASSING_SECRECY,
        points.POINTS,
        {it.code: it.label for it in CATEGORIES.values()},
        {code: label for it in CATEGORIES.values() for code, label in it.subtypes},
        {it.code: it.label for it in TILES.values()},
    ],
)
def test_every_code_fits_in_an_event_and_has_its_swedish(rows):
    for code, label in rows.items():
        assert TypeAdapter(Code).validate_python(code) == code
        assert label[0].isupper()


def test_every_clock_has_its_swedish():
    assert labels.DEADLINES.keys() == {duty.code for duty in DUTIES}
    assert all(words[0].islower() for words in labels.DEADLINES.values())


def test_every_gate_has_a_code_of_its_own_and_a_sentence():
    assert len({gate.code for gate in GATES}) == len(GATES)
    assert all(gate.says[0].isupper() and gate.says.endswith((".", "?")) for gate in GATES)


def test_every_refusal_has_a_code_of_its_own():
    kinds = Refusal.__subclasses__()

    assert len({it.code for it in kinds}) == len(kinds)
    assert {it.__name__ for it in kinds} <= set(workflows.__all__)


# The picture


def test_the_picture_names_phases_and_events_in_the_codes_own_words():
    drawn = mermaid(CASE_TYPES["deviation"]).splitlines()

    assert drawn[0] == "stateDiagram-v2"
    assert "    [*] --> received: report_received" in drawn
    assert "    rerouted --> investigating: reopened" in drawn
    assert "    merged --> investigating: reopened" in drawn


def blocks():
    """Return the Mermaid state diagrams of the README; nothing where there is none."""
    text = README.read_text() if README.exists() else ""
    parts = text.split("```mermaid\n")[1:]
    found = [part.split("\n```")[0] for part in parts]
    return [it for it in found if it.startswith("stateDiagram")]


@pytest.mark.parametrize("kind", CASE_TYPES.values(), ids=CASE_TYPES)
def test_the_picture_in_the_readme_is_the_one_the_code_draws(kind):
    assert mermaid(kind) in blocks()


def test_the_readme_has_no_picture_that_the_code_does_not_draw():
    assert set(blocks()) <= {mermaid(kind) for kind in CASE_TYPES.values()}
