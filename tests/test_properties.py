"""What must hold for every case that could ever be."""

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings

from events import (
    CATALOGUE,
    CaseClosed,
    CaseReopened,
    DeadlineLapsed,
    DeadlineMet,
    DeadlineMissed,
    DeadlineReminded,
    DeadlineSet,
    HistoryImported,
    LadderClimbed,
    Phase,
    Role,
    SasPositionTaken,
    SeverityAssessed,
)
from tests import samples
from tests.lives import ENDED, corpus, lives
from workflows import CASE_TYPES, Refusal, decide, fold
from workflows.diagram import steps
from workflows.rules.gates import missing

UNTOUCHED = UUID(int=255)
"""Somebody who never had to do with the case."""

often = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@often
@given(lives())
def test_a_case_is_its_history(life):
    assert fold(life.history) == life.state
    assert life.state.sequence == len(life.history)


@often
@given(lives())
def test_a_history_survives_being_written_and_read(life):
    read = [
        CATALOGUE[fact.type].model_validate(fact.model_dump(mode="json"))
        for fact in life.history
    ]

    assert read == life.history
    assert fold(read) == life.state


@often
@given(lives())
def test_the_same_command_to_the_same_case_gives_the_same_facts(life):
    for step in life.steps:
        if step.refusal is None:
            assert decide(step.before, step.command, samples.policy()) == step.facts


@often
@given(lives())
def test_every_refusal_has_a_code_and_a_swedish_sentence(life):
    for step in life.steps:
        if step.refusal is not None:
            said = str(step.refusal)
            assert step.refusal.code
            assert said[0].isupper()
            assert said.endswith((".", "?"))
            assert step.facts == []


def unmet(state):
    """Say what closing still needs, written from the product page and not from the gates."""
    measures = state.measures.values()
    asked = state.outcomes
    told = state.reporter_told or state.imported
    return {
        "category": state.category is None,
        "severity": not state.assessed,
        "a measure": len(measures) < 1 and any(it.measures for it in asked),
        "causes": any(not any(c in it.causes for it in measures) for c in state.causes),
        "measures": any(not state.causes & {*it.causes} for it in measures),
        "done": any(not it.completed for it in measures),
        "effect": any(it.effect is None for it in measures),
        "together": any(it.joint_follow_up for it in asked)
        and any(it.together_with is not Role.OPERATIONS_MANAGER for it in measures),
        "investigated": bool(state.causes) and not state.investigated,
        "answer": not told,
        "complainant": state.has_complainant and not state.complainant_told,
    }


@often
@given(lives())
def test_no_case_closes_with_a_gate_unmet(life):
    for before, fact, _ in life.moments:
        if isinstance(fact, CaseClosed):
            assert not missing(before)
            assert not [what for what, lacking in unmet(before).items() if lacking]


@often
@given(lives())
def test_a_closed_case_is_at_rest_until_it_is_reopened(life):
    for step, after in zip(life.steps, _after(life), strict=True):
        if after.phase is Phase.CLOSED:
            assert not after.clocks
        if step.before.phase is Phase.CLOSED and after.phase is not Phase.CLOSED:
            assert isinstance(step.facts[0], CaseReopened)


@often
@given(lives())
def test_an_ended_case_has_no_clock_but_the_answer_it_owes(life):
    for after in _after(life):
        if after.phase in ENDED:
            assert after.clocks.keys() <= {("answer_reporter", None)}


def _after(life):
    """List the case as it was after each step."""
    return [*(step.before for step in life.steps[1:]), life.state]


@often
@given(lives())
def test_no_deadline_moves_once_it_is_set(life):
    running = {}
    for _, fact, after in life.moments:
        key = (getattr(fact, "code", None), getattr(fact, "about", None))
        if isinstance(fact, DeadlineSet):
            assert key not in running
            running[key] = fact.due_at
        elif isinstance(fact, DeadlineMet | DeadlineLapsed):
            del running[key]
        assert {name: clock.due_at for name, clock in after.clocks.items()} == running


@often
@given(lives())
def test_a_clock_is_set_once_but_for_each_reopening(life):
    counted = Counter((it.code, it.about) for it in life.history if isinstance(it, DeadlineSet))
    reopened = sum(isinstance(it, CaseReopened) for it in life.history)

    answers = sum(isinstance(it, SasPositionTaken) for it in life.history)

    assert counted.pop(("finish_reopened", None), 0) == reopened
    assert counted.pop(("sas_position", None), 0) <= 1 + answers
    assert all(times == 1 for times in counted.values())


@often
@given(lives())
def test_a_clock_is_reminded_of_and_missed_once_and_climbs_in_order(life):
    told, rungs = Counter(), {}
    for _, fact, _ in life.moments:
        key = (getattr(fact, "code", None), getattr(fact, "about", None))
        if isinstance(fact, DeadlineSet):
            rungs[key] = -1
            told[DeadlineReminded, key] = told[DeadlineMissed, key] = 0
        if isinstance(fact, DeadlineReminded | DeadlineMissed):
            told[type(fact), key] += 1
            assert told[type(fact), key] == 1
        if isinstance(fact, LadderClimbed):
            assert told[DeadlineMissed, key] == 1
            assert fact.rung == rungs[key] + 1
            rungs[key] = fact.rung


@often
@given(lives())
def test_no_score_closes_the_path_to_sas(life):
    asked = answered = False
    for _, fact, after in life.moments:
        if isinstance(fact, SeverityAssessed):
            asked = asked or any(it.sas_position for it in fact.outcomes)
        answered = answered or isinstance(fact, SasPositionTaken)
        if asked and not answered:
            assert after.phase not in ENDED


@often
@given(lives())
def test_whoever_stepped_aside_does_nothing_more(life):
    for step in life.steps:
        if step.command.by in step.before.recused:
            assert step.refusal is not None
    assert str(life.state.owner) not in life.state.recused


@often
@given(lives())
def test_the_same_ids_given_again_make_nothing_true(life):
    once = {"AddNote", "AddCause", "AddMeasure", "AddAttachment", "Link", "ImportHistory"}
    for step in life.steps:
        if type(step.command).__name__ in once and step.facts:
            after = fold(step.facts, step.before)
            assert _answer(after, step.command) == []


def _answer(state, command):
    try:
        return decide(state, command, samples.policy())
    except Refusal:
        return [] if state.phase in ENDED else None


@often
@given(lives())
def test_no_open_case_is_locked(life):
    if life.state.phase is not Phase.NONE and life.state.phase not in ENDED:
        assert finished(life.state).phase is Phase.CLOSED


def test_none_of_the_three_hundred_is_locked_at_any_step_where_it_could_rest():
    for life in corpus():
        for step in life.steps[::15]:
            if step.before.phase not in {Phase.NONE, *ENDED}:
                assert finished(step.before).phase is Phase.CLOSED, life


def finished(state):
    """Do, as somebody who never touched the case, what still stands between it and its end."""
    who = {"by": str(UNTOUCHED), "at": samples.MONDAY}
    new_cause, new_measure = (UUID(int=n) for n in (901, 902))

    def do(command):
        nonlocal state
        state = fold(decide(state, command, samples.policy()), state)

    do(samples.classify(category="omsorg", **who))
    do(samples.assess(consequence=4, likelihood=4, **who))
    if state.phase is Phase.TRIAGED:
        do(samples.start(**who))
    do(samples.cause(cause_id=new_cause, **who))
    for key, it in [*state.measures.items()]:
        if not set(it.causes) & state.causes:
            do(samples.withdraw(measure_id=key, **who))
    causes = tuple(sorted(state.causes))
    do(samples.measure(measure_id=new_measure, causes=causes, owner=UNTOUCHED, **who))
    if state.phase is Phase.INVESTIGATING:
        do(samples.conclude(**who))
    for key in state.measures:
        do(samples.complete(measure_id=key, **who))
        do(samples.follow_up(measure_id=key, together_with=Role.OPERATIONS_MANAGER, **who))
    do(samples.waive(ground="declined", **who))
    if state.has_complainant:
        do(samples.waive(whose="complainant", ground="declined", **who))
    do(samples.sas_says(**who))
    do(samples.close(**who))
    return state


# The generator itself: without these it could rot and every property would still hold.


def test_the_lives_reach_every_phase():
    for kind in CASE_TYPES.values():
        reached = Counter(
            after.phase
            for life in corpus()
            if life.state.case_type == kind.name
            for after in {step.before.phase: step.before for step in life.steps}.values()
        )
        assert all(reached[phase] >= 5 for phase in kind.flow), reached


def test_the_lives_close_reopen_merge_and_pass_on():
    told = Counter(type(fact).__name__ for life in corpus() for fact in life.history)

    assert {
        name for name in (it.__name__ for it in CATALOGUE.values()) if told[name] < 5
    } == set()
    assert told["CaseClosed"] >= 50


def test_the_lives_give_every_command_with_and_without_success():
    done = {type(it.command) for life in corpus() for it in life.steps if it.facts}
    allowed = {it for kind in CASE_TYPES.values() for row in kind.flow.values() for it in row}

    assert allowed == done


def test_the_lives_meet_every_gate():
    said = {
        it["code"]
        for life in corpus()
        for step in life.steps
        if step.refusal is not None and step.refusal.code == "incomplete"
        for it in step.refusal.detail["missing"]
        if isinstance(it, dict)
    }

    assert len(said) == 12


@pytest.mark.parametrize("kind", CASE_TYPES.values(), ids=CASE_TYPES)
def test_the_picture_shows_every_step_that_a_life_takes(kind):
    taken = {
        (before.phase, fact.type.removeprefix("case."), after.phase)
        for life in corpus()
        if life.state.case_type == kind.name
        for before, fact, after in life.moments
        if before.phase is not after.phase
    }

    assert taken == set(steps(kind))


def test_an_imported_ending_is_the_only_one_that_asks_no_gate():
    endings = {
        type(fact)
        for life in corpus()
        for before, fact, after in life.moments
        if after.phase is Phase.CLOSED and before.phase is not Phase.CLOSED
    }

    assert endings == {CaseClosed, HistoryImported}
