"""The one place where a command becomes facts."""

from typing import assert_never

from events import Event, Phase
from workflows import commands as c
from workflows.case_types import CASE_TYPES
from workflows.decisions import (
    answers,
    clocks,
    ending,
    intake,
    ivo,
    judgement,
    lex_sarah,
    passing,
    pauses,
    work,
)
from workflows.evolve import fold
from workflows.policy import Policy
from workflows.refusals import NotAllowed, NotYours, UnknownCase
from workflows.rules.deadlines import consequences
from workflows.state import CaseState


def decide(state: CaseState, command: c.Command, policy: Policy) -> list[Event]:
    """Answer a command with the facts it makes true, or raise a `Refusal`.

    The clocks that these facts start and stop come last. An empty list means that it was true
    already: saying it again is harmless.
    """
    _may(state, command)
    facts = _facts(state, command, policy)
    after = fold(facts, state)
    return [*facts, *consequences(after, facts, command.at, policy)]


def _may(state: CaseState, command: c.Command) -> None:
    if isinstance(command, c.Opening):
        name = command.case_type
    elif state.phase is Phase.NONE:
        raise UnknownCase
    else:
        name = state.case_type
    if name not in CASE_TYPES or not CASE_TYPES[name].allows(state.phase, command):
        raise NotAllowed(command.says, state.phase)
    if command.by in state.recused:
        raise NotYours("Du är jävig i ärendet.")


def _facts(  # noqa: C901, PLR0912, PLR0915 - one arm for each command, and mypy names the one missing
    state: CaseState, command: c.Command, policy: Policy
) -> list[Event]:
    match command:
        case c.SubmitReport():
            return intake.submitted(command, CASE_TYPES[command.case_type].begins)
        case c.OpenIvoNotification():
            return ivo.opened(command)
        case c.ImportHistory():
            return intake.imported(state, command)
        case c.CorrectReport():
            return intake.corrected(state, command)
        case c.SuggestClassification():
            return judgement.suggested(state, command)
        case c.ConfirmClassification():
            return judgement.confirmed(state, command, policy)
        case c.AssessSeverity():
            return judgement.assessed(state, command, policy)
        case c.Escalate():
            return judgement.escalated(state, command)
        case c.TakeSasPosition():
            return judgement.position_taken(command)
        case c.RaiseLexSarah():
            return lex_sarah.raised(state, command)
        case c.Assign():
            return work.assigned(state, command)
        case c.HandOver():
            return work.handed_over(state, command)
        case c.Recuse():
            return work.recused(state, command)
        case c.StartInvestigation():
            return work.started(state, command)
        case c.ConcludeInvestigation():
            return work.concluded(state, command)
        case c.AddNote():
            return work.noted(state, command)
        case c.AddAttachment():
            return work.attached(state, command)
        case c.AddCause():
            return work.cause_added(state, command)
        case c.WithdrawCause():
            return work.cause_withdrawn(state, command)
        case c.AddMeasure():
            return work.measure_added(state, command)
        case c.CompleteMeasure():
            return work.measure_completed(state, command)
        case c.WithdrawMeasure():
            return work.measure_withdrawn(state, command)
        case c.FollowUpMeasure():
            return work.measure_followed_up(state, command)
        case c.AnswerReporter():
            return answers.reporter_answered(state, command)
        case c.AnswerComplainant():
            return answers.complainant_answered(state, command)
        case c.WaiveAnswer():
            return answers.waived(state, command)
        case c.SendMessage():
            return answers.sent(state, command)
        case c.RecordMessage() | c.ReceiveMessage():
            return answers.received(state, command)
        case c.Acknowledge():
            return answers.acknowledged(state, command)
        case c.SetComplaintKind():
            return answers.kind_set(state, command)
        case c.ReceiveLexSarah():
            return lex_sarah.received(command)
        case c.Register():
            return lex_sarah.registered(state, command)
        case c.TakePosition():
            return lex_sarah.position_taken(state, command)
        case c.DecideLexSarah():
            return lex_sarah.decided(state, command, policy)
        case c.AnswerQuestion():
            return lex_sarah.answered(command)
        case c.VerifyMeasures():
            return lex_sarah.verified(state, command)
        case c.InformBoard():
            return lex_sarah.board_informed(state, command)
        case c.RequireIvoNotification():
            return lex_sarah.ivo_required(state, command)
        case c.RecordIvoProgress():
            return lex_sarah.ivo_progressed(state, command)
        case c.DraftPack():
            return ivo.drafted(state, command)
        case c.ApprovePack():
            return ivo.approved(state, command, policy)
        case c.SubmitNotification():
            return ivo.submitted(state, command)
        case c.WithdrawNotification():
            return ivo.withdrawn(command)
        case c.RegisterIvoNumber():
            return ivo.numbered(state, command)
        case c.SupplyInvestigation():
            return ivo.supplied(state, command)
        case c.RequestSupplement():
            return ivo.asked(state, command)
        case c.AnswerSupplement():
            return ivo.supplemented(state, command)
        case c.RegisterIvoDecision():
            return ivo.ivo_decided(state, command)
        case c.RemindDeadline():
            return clocks.reminded(state, command)
        case c.MissDeadline():
            return clocks.missed(state, command)
        case c.ClimbLadder():
            return clocks.climbed(state, command, policy)
        case c.ReportUndeliverable():
            return clocks.undeliverable(command)
        case c.PauseDeadline():
            return pauses.paused(state, command, policy)
        case c.Close():
            return ending.closed(state, command)
        case c.Reopen():
            return ending.reopened(state, command)
        case c.Reroute():
            return ending.rerouted(state, command, policy)
        case c.PassOn():
            return passing.passed_on(state, command, policy)
        case c.ConfirmReceipt():
            return passing.confirmed(state, command)
        case c.Merge():
            return ending.merged(state, command)
        case c.EraseWords():
            return ending.erased(state, command)
        case c.Link():
            return ending.linked(state, command)
        case _:
            assert_never(command)
