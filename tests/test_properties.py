"""What must hold for every case that could ever be."""

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings

from events import (
    CATALOGUE,
    BoardNews,
    CaseClosed,
    CaseReopened,
    CaseRerouted,
    DeadlineLapsed,
    DeadlineMet,
    DeadlineMissed,
    DeadlinePaused,
    DeadlineReminded,
    DeadlineSet,
    HistoryImported,
    IvoProgressed,
    LadderClimbed,
    LexSarahOutcome,
    LexSarahReported,
    MessageReceived,
    NotificationWithdrawn,
    OwnerType,
    PackApproved,
    Phase,
    Role,
    SasPositionTaken,
    SeverityAssessed,
)
from tests import samples
from tests.lives import ENDED, SYSTEM, corpus, lives
from workflows import CASE_TYPES, Refusal, commands, decide, fold
from workflows.diagram import steps
from workflows.rules.calendar import local_day
from workflows.rules.gates import GATES, missing

UNTOUCHED, DECIDER = UUID(int=255), UUID(int=254)
"""Two who never had to do with the case."""

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


SERIOUS = {LexSarahOutcome.SERIOUS_MISCONDUCT, LexSarahOutcome.TANGIBLE_RISK_SERIOUS}
EIGHT_POINTS = {
    "event_and_consequences",
    "how_noticed",
    "when_occurred",
    "causes",
    "happened_before",
    "can_recur",
    "measures_taken",
    "else_emerged",
}
"""law.md 1.3; the ninth is the position that ends the investigation."""


def unmet(state):
    """Say what closing still needs: from the product page and the law, not from the gates."""
    needs = {
        "deviation": _unmet_deviation,
        "complaint": _unmet_complaint,
        "lex_sarah": _unmet_lex_sarah,
        "ivo_notification": _unmet_notification,
    }
    return {what for what, lacking in needs[state.case_type](state).items() if lacking}


def _unmet_work(state):
    """Every cause a measure, every measure a cause, done, and looked at."""
    measures = state.measures.values()
    return {
        "causes": any(not any(c in it.causes for it in measures) for c in state.causes),
        "measures": any(not state.causes & {*it.causes} for it in measures),
        "done": any(not it.completed for it in measures),
        "effect": any(it.effect is None for it in measures),
        "complainant": state.has_complainant and not state.complainant_told,
        "receivers": any(it.awaited for it in state.passed_on.values()),
    }


def _unmet_graded(state):
    asked = max([it.measures for it in state.outcomes], default=0)
    return _unmet_work(state) | {
        "category": state.category is None,
        "severity": not state.assessed,
        "a measure": len(state.measures) < asked,
        "answer": not (state.reporter_told or state.imported),
    }


def _unmet_sas(state):
    asked = state.sas_required or any(it.sas_position for it in state.outcomes)
    return {"sas": asked and state.sas_position is None}


def _unmet_deviation(state):
    asked = state.outcomes
    alone = [it for it in state.measures.values() if it.together_with != "operations_manager"]
    return (
        _unmet_graded(state)
        | _unmet_sas(state)
        | {
            "together": bool(alone) and any(it.joint_follow_up for it in asked),
            "investigated": bool(state.causes or any(it.investigation for it in asked))
            and not state.investigated,
        }
    )


def _unmet_complaint(state):
    told = {"kind": state.complaint.kind is None, "complainant": not state.complainant_told}
    return _unmet_work(state) | _unmet_sas(state) | told


def _unmet_lex_sarah(state):
    lex = state.lex_sarah
    serious = lex.decision in SERIOUS or lex.ivo_required
    private = state.owner_type is OwnerType.PRIVATE
    return _unmet_graded(state) | {
        "protection": not (lex.protected or state.imported),
        "registry": state.registry_number is None,
        "points": not lex.points >= EIGHT_POINTS,
        "position": lex.position is None,
        "decision": lex.decision is None,
        "verified": not lex.verified,
        "told": not {"individual_informed", "noted_in_file", "police_report"} <= lex.answered,
        "board": private and BoardNews.REPORT not in lex.board_told,
        "notified": serious and not lex.ivo_notified,
        "supplied": lex.ivo_notified and not lex.ivo_supplied,
    }


def _unmet_notification(state):
    private = state.owner_type is OwnerType.PRIVATE
    return {
        "registry": state.registry_number is None,
        "sent": state.ivo.submitted_at is None,
        "investigation": not state.ivo.supplied,
        "requests": bool(state.ivo.requests),
        "decision": not state.ivo.decided,
        "board": private and BoardNews.NOTIFICATION not in state.lex_sarah.board_told,
    }


@often
@given(lives())
def test_no_case_closes_with_a_gate_unmet(life):
    for before, fact, _ in life.moments:
        if isinstance(fact, CaseClosed):
            assert not missing(before)
            assert not unmet(before)


def test_none_of_the_thousand_closed_with_a_gate_unmet_and_each_could_have_said_no():
    said = set()
    for life in corpus():
        for step in life.steps:
            if any(isinstance(fact, CaseClosed) for fact in step.facts):
                assert not unmet(step.before), life
            elif step.before.phase is not Phase.NONE:
                said |= {(step.before.case_type, it) for it in unmet(step.before)}

    assert said >= {("lex_sarah", "supplied"), ("lex_sarah", "notified"), ("deviation", "sas")}
    assert len(said) == 13 + 8 + 20 + 6, sorted(said)


LIVES_ON = {"read_message", "destroy_documents"}
"""What may run in a closed case: somebody wrote to it, or documents are kept."""


@often
@given(lives())
def test_a_closed_case_is_at_rest_until_it_is_reopened(life):
    for step, after in zip(life.steps, _after(life), strict=True):
        if after.phase is Phase.CLOSED:
            assert {code for code, _ in after.clocks} <= LIVES_ON
        if step.before.phase is Phase.CLOSED and after.phase is not Phase.CLOSED:
            assert isinstance(step.facts[0], CaseReopened)


@often
@given(lives())
def test_in_a_closed_case_only_those_outside_and_the_system_say_anything(life):
    people = {commands.Reopen, commands.Link, commands.SendMessage, commands.InformBoard}
    people |= {commands.ConfirmReceipt, commands.Recuse}
    for step in life.steps:
        if step.before.phase is Phase.CLOSED and step.facts:
            assert type(step.command) in SYSTEM | people


@often
@given(lives())
def test_an_ended_case_has_no_clock_but_those_that_outlive_it(life):
    owed = {"answer_reporter", "answer_complainant", "reach_receiver"}
    for after in _after(life):
        if after.phase in ENDED - {Phase.CLOSED}:
            assert {code for code, _ in after.clocks} <= LIVES_ON | owed


@often
@given(lives())
def test_every_open_case_has_a_clock_that_runs(life):
    for after in _after(life):
        if after.phase is not Phase.NONE and after.phase not in ENDED and not after.imported:
            assert after.clocks


def test_every_open_case_of_the_thousand_has_a_clock_that_runs():
    for life in corpus():
        for after in _after(life):
            if after.phase is not Phase.NONE and after.phase not in ENDED:
                assert after.clocks, life


def test_every_ended_private_case_of_misconduct_keeps_its_documents():
    seen = set()
    for life in corpus():
        for after in _after(life):
            kept = after.case_type in ("lex_sarah", "ivo_notification") and after.private
            if kept and after.phase in ENDED and not after.imported and not after.erased:
                assert ("destroy_documents", None) in after.clocks, life
                seen.add((after.case_type, after.phase))

    assert seen == {
        ("lex_sarah", Phase.CLOSED),
        ("lex_sarah", Phase.MERGED),
        ("ivo_notification", Phase.CLOSED),
    }


def _after(life):
    """List the case as it was after each step."""
    return [*(step.before for step in life.steps[1:]), life.state]


@often
@given(lives())
def test_no_deadline_moves_once_it_is_set_but_by_a_decision_and_never_the_laws(life):
    running, kept = {}, {}
    for _, fact, after in life.moments:
        key = (getattr(fact, "code", None), getattr(fact, "about", None))
        if isinstance(fact, DeadlineSet):
            assert key not in running
            running[key], kept[key] = fact.due_at, fact
        elif isinstance(fact, DeadlineMet | DeadlineLapsed):
            del running[key]
        elif isinstance(fact, DeadlinePaused):
            assert not kept[key].statutory
            assert kept[key].legal_word is None
            assert fact.due_at >= running[key]
            running[key] = fact.due_at
        assert {name: clock.due_at for name, clock in after.clocks.items()} == running


@often
@given(lives())
def test_only_a_persons_command_pauses_a_clock(life):
    for step in life.steps:
        for fact in step.facts:
            if isinstance(fact, DeadlinePaused):
                assert isinstance(step.command, commands.PauseDeadline)
                assert fact.reason


@often
@given(lives())
def test_a_clock_is_set_once_but_for_each_reopening(life):
    counted = Counter((it.code, it.about) for it in life.history if isinstance(it, DeadlineSet))
    reopened = sum(isinstance(it, CaseReopened) for it in life.history)
    ended = sum(
        after.phase in ENDED
        for _, fact, after in life.moments
        if fact.enters or isinstance(fact, HistoryImported)
    )

    answers = sum(isinstance(it, SasPositionTaken) for it in life.history)
    written = sum(isinstance(it, MessageReceived) for it in life.history)

    assert counted.pop(("finish_reopened", None), 0) == reopened
    assert counted.pop(("sas_position", None), 0) <= 1 + answers
    assert counted.pop(("read_message", None), 0) <= written
    assert counted.pop(("destroy_documents", None), 0) <= ended
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
        if isinstance(fact, SeverityAssessed) and after.case_type != "lex_sarah":
            asked = asked or any(it.sas_position for it in fact.outcomes)
        answered = answered or isinstance(fact, SasPositionTaken)
        if asked and not answered:
            assert after.phase not in ENDED


@often
@given(lives())
def test_no_score_lessens_a_case_of_misconduct(life):
    for step, after in zip(life.steps, _after(life), strict=True):
        before = step.before
        if isinstance(step.command, commands.AssessSeverity):
            assert after.sas_required >= before.sas_required
            assert after.lex_sarah == before.lex_sarah
            assert after.sas_position is before.sas_position or after.sas_awaited
            if before.case_type != "deviation":
                assert after.phase is before.phase


@often
@given(lives())
def test_only_a_notification_withdrawn_takes_back_that_ivo_must_know(life):
    for before, fact, after in life.moments:
        if before.lex_sarah.ivo_required and not after.lex_sarah.ivo_required:
            assert fact == IvoProgressed(step="withdrawn", happened_at=fact.happened_at)


@often
@given(lives())
def test_no_case_becomes_another_kind_and_no_misconduct_is_passed_away(life):
    for before, fact, after in life.moments:
        if before.phase is not Phase.NONE:
            assert after.case_type == before.case_type
        if before.case_type == "lex_sarah":
            assert not isinstance(fact, CaseRerouted)
        if after.phase is Phase.MERGED and after.case_type == "lex_sarah":
            assert after.lex_sarah.protected or after.imported


def test_no_flow_of_misconduct_has_a_way_to_make_it_less():
    lessening = {commands.Reroute, commands.TakeSasPosition, commands.ConcludeInvestigation}
    flow = CASE_TYPES["lex_sarah"].flow

    assert not lessening & frozenset().union(*flow.values())
    assert {phase for phase, row in flow.items() if commands.Close in row} == {
        Phase.FOLLOWED_UP
    }
    assert CASE_TYPES["lex_sarah"].begins is LexSarahReported


@often
@given(lives())
def test_what_is_sent_to_ivo_two_persons_approved(life):
    version, approvers = 0, set()
    for fact in life.history:
        match fact.type:
            case "case.pack_drafted":
                version, approvers = fact.version_number, set()
            case "case.pack_approved":
                assert isinstance(fact, PackApproved)
                assert fact.version_number == version
                approvers.add(fact.approver)
            case "case.notification_submitted":
                assert fact.version_number == version
                assert len(approvers) >= 2


@often
@given(lives())
def test_nobody_decides_on_an_investigation_of_ones_own(life):
    investigated = set()
    for step in life.steps:
        if step.facts and isinstance(step.command, commands.TakePosition):
            investigated.add(step.command.by)
        if step.before.phase is Phase.INVESTIGATING:
            investigated.add(str(step.before.owner))
        if step.facts and isinstance(step.command, commands.DecideLexSarah):
            assert step.command.by not in investigated


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
    once |= {"SendMessage", "RecordMessage", "ReceiveMessage", "RequestSupplement", "PassOn"}
    once |= {"AnswerSupplement", "ConfirmReceipt", "ApprovePack", "Register", "Recuse"}
    once |= {"RaiseLexSarah", "RequireIvoNotification", "InformBoard", "SetComplaintKind"}
    for step in life.steps:
        if type(step.command).__name__ in once and step.facts:
            after = fold(step.facts, step.before)
            assert _answer(after, step.command) == []


def _answer(state, command):
    try:
        return decide(state, command, samples.policy())
    except Refusal:
        # A step that ended the case, or moved it past the command, said it all.
        return [] if not CASE_TYPES[state.case_type].allows(state.phase, command) else None


@often
@given(lives())
def test_no_open_case_is_locked(life):
    if life.state.phase is not Phase.NONE and life.state.phase not in ENDED:
        assert finished(life.state).phase is Phase.CLOSED


def test_none_of_the_thousand_is_locked_at_any_step_where_it_could_rest():
    for life in corpus():
        for step in life.steps[::15]:
            if step.before.phase not in {Phase.NONE, *ENDED}:
                assert finished(step.before).phase is Phase.CLOSED, life


def test_no_notification_of_the_thousand_is_locked_after_it_was_withdrawn():
    withdrawn = [
        after
        for life in corpus()
        for _, fact, after in life.moments
        if isinstance(fact, NotificationWithdrawn)
    ]
    assert withdrawn
    assert {after.phase for after in withdrawn} == {Phase.CLOSED}


def finished(state):
    """Do, as two who never touched the case, what still stands between it and its end."""
    way = {
        "deviation": _finish_deviation,
        "complaint": _finish_complaint,
        "lex_sarah": _finish_lex_sarah,
        "ivo_notification": _finish_notification,
    }
    return way[state.case_type](_Finisher(state)).state


class _Finisher:
    """Gives a case one command after another, as SAS who never touched it."""

    def __init__(self, state):
        self.state = state
        sent = state.ivo.submitted_at or samples.MONDAY
        self.at = max(sent, samples.MONDAY)
        self.who = {"by": str(UNTOUCHED), "role": Role.SAS, "at": self.at}

    def do(self, command, **said):
        given = command(**(self.who | said))
        self.state = fold(decide(self.state, given, samples.policy()), self.state)
        return self

    def work(self):
        """Give every cause a measure, and follow every measure to its end."""
        new_cause, new_measure = (UUID(int=n) for n in (901, 902))
        self.do(samples.cause, cause_id=new_cause)
        for key, it in [*self.state.measures.items()]:
            if not set(it.causes) & self.state.causes:
                self.do(samples.withdraw, measure_id=key)
        causes = tuple(sorted(self.state.causes))
        today = local_day(self.at)
        promise = {"measure_id": new_measure, "causes": causes, "owner": UNTOUCHED}
        return self.do(samples.measure, **promise, due_on=today, follow_up_on=today)

    def look(self):
        for key in self.state.measures:
            self.do(samples.complete, measure_id=key)
            told = {"measure_id": key, "together_with": Role.OPERATIONS_MANAGER}
            self.do(samples.follow_up, **told)
        return self

    def answer(self):
        self.do(samples.waive, ground="declined")
        if self.state.has_complainant or self.state.case_type == "complaint":
            self.do(samples.waive, whose="complainant", ground="declined")
        for route in self.state.passed_on:
            self.do(samples.confirm, route_id=route)
        return self

    def board(self):
        for news in BoardNews if self.state.private else ():
            self.do(samples.inform_board, news=news, informed_at=self.at)
        return self


def _finish_deviation(it):
    it.do(samples.classify, category="omsorg").do(samples.assess, consequence=4, likelihood=4)
    if it.state.phase is Phase.TRIAGED:
        it.do(samples.start)
    it.work()
    if it.state.phase is Phase.INVESTIGATING:
        it.do(samples.conclude)
    return it.look().answer().do(samples.sas_says).do(samples.close)


def _finish_complaint(it):
    it.do(samples.assess, consequence=4, likelihood=4).answer().do(samples.set_kind)
    return it.work().look().do(samples.sas_says).do(samples.close)


def _finish_lex_sarah(it):
    it.do(samples.classify, category="omsorg").do(samples.assess, consequence=4, likelihood=4)
    if it.state.phase is Phase.REPORTED:
        it.do(samples.receive)
    if it.state.phase is Phase.RECEIVED:
        it.do(samples.start)
    if it.state.phase is Phase.INVESTIGATING:
        for n, point in enumerate(sorted(EIGHT_POINTS)):
            it.do(samples.note, note_id=UUID(int=910 + n), point=point)
        it.do(samples.take_position)
    if it.state.phase is Phase.POSITION_TAKEN:
        serious = LexSarahOutcome.SERIOUS_MISCONDUCT
        it.do(samples.decide_it, by=str(DECIDER), outcome=serious)
    it.do(samples.require_ivo)
    for step in ("notified", "investigation_supplied"):
        it.do(samples.progress, step=step)
    it.work().look().answer().board().do(samples.verify).do(samples.register)
    for asked in samples.QUESTIONS:
        it.do(samples.question, question=asked.question)
    return it.do(samples.close)


def _finish_notification(it):
    if it.state.phase in (Phase.REQUIRED, Phase.DRAFTED):
        it.do(samples.draft)
        for by in (UNTOUCHED, DECIDER):
            it.do(samples.approve, by=str(by), version_number=it.state.ivo.version_number)
    if it.state.phase is Phase.APPROVED:
        since = it.at = max(it.at, it.state.received_at)
        it.who["at"] = since
        it.do(samples.submitted, submitted_at=since)
    if it.state.phase is Phase.SUBMITTED:
        it.do(samples.supply, supplied_at=it.at)
    for request in it.state.ivo.requests:
        it.do(samples.answer_ivo, request_id=request, answered_at=it.at)
    if it.state.phase is Phase.SUPPLIED:
        it.do(samples.ivo_says, decided_on=local_day(it.at))
    return it.do(samples.register, registered_on=local_day(it.at)).board().do(samples.close)


@often
@given(lives())
def test_a_notification_not_yet_sent_can_be_withdrawn(life):
    state = life.state
    unsent = (Phase.REQUIRED, Phase.DRAFTED, Phase.APPROVED)
    if state.case_type == "ivo_notification" and state.phase in unsent:
        it = _Finisher(state).do(samples.drop, by=str(DECIDER), role=Role.DECISION_MAKER)
        assert it.state.phase is Phase.CLOSED


# The generator itself: without these it could rot and every property would still hold.


def test_the_lives_reach_every_phase():
    for kind in CASE_TYPES.values():
        reached = Counter(
            phase
            for life in corpus()
            if life.state.case_type == kind.name
            for phase in {step.before.phase for step in life.steps} | {life.state.phase}
        )
        assert all(reached[phase] >= 5 for phase in kind.flow), (kind.name, reached)


def test_the_lives_make_every_fact_true():
    told = Counter(type(fact).__name__ for life in corpus() for fact in life.history)

    assert {
        name for name in (it.__name__ for it in CATALOGUE.values()) if told[name] < 5
    } == set()


def test_the_lives_of_every_kind_close():
    closed = Counter(
        life.state.case_type
        for life in corpus()
        for fact in life.history
        if isinstance(fact, CaseClosed)
    )

    assert all(closed[kind] >= 15 for kind in CASE_TYPES), closed


MOOT = {
    "AddAttachment",
    "ClimbLadder",
    "DraftPack",
    "Escalate",
    "MissDeadline",
    "OpenIvoNotification",
    "ReceiveMessage",
    "RemindDeadline",
    "ReportUndeliverable",
    "SuggestClassification",
}
"""Told by the system where it may be told at all: without effect where it is moot."""


def test_the_lives_give_every_command_with_and_without_success():
    done = {type(it.command).__name__ for life in corpus() for it in life.steps if it.facts}
    refused = {
        type(it.command).__name__ for life in corpus() for it in life.steps if it.refusal
    }
    allowed = {
        it.__name__ for kind in CASE_TYPES.values() for row in kind.flow.values() for it in row
    }

    assert done == allowed
    by_chance = {"WithdrawNotification", "RecordIvoProgress"}
    assert refused == allowed - MOOT - by_chance | (refused & by_chance)


SEEN_TO = {
    ("complaint", "complainant_answer"),
    ("ivo_notification", "ivo_decision"),
    ("lex_sarah", "decision"),
    ("lex_sarah", "nine_points"),
    ("lex_sarah", "position"),
    ("lex_sarah", "protected"),
}
"""What the flow already sees to before anybody can ask to close, and the gate says again."""


def test_the_lives_meet_every_gate():
    asked, said = set(), set()
    for life in corpus():
        for state in (it.before for it in life.steps if it.before.phase is not Phase.NONE):
            lacking = {(state.case_type, gate.code) for gate in missing(state)}
            asked |= lacking
            if commands.Close in CASE_TYPES[state.case_type].flow[state.phase] and (
                lacking - said
            ):
                said |= lacking
                with pytest.raises(Refusal):
                    decide(state, samples.close(role=Role.SAS), samples.policy())
    every = {(kind, gate.code) for gate in GATES for kind in gate.case_types}

    assert asked == every
    assert len(every - SEEN_TO - said) <= 3, every - SEEN_TO - said


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


def test_only_an_imported_ending_and_a_withdrawn_notification_ask_no_gate():
    endings = {
        type(fact)
        for life in corpus()
        for before, fact, after in life.moments
        if after.phase is Phase.CLOSED and before.phase is not Phase.CLOSED
    }

    assert endings == {CaseClosed, HistoryImported, NotificationWithdrawn}
