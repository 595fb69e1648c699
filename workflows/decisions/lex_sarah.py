"""Receiving, judging, deciding and following up misconduct."""

from uuid import UUID

from events import (
    BoardInformed,
    CaseRegistered,
    Event,
    IvoFoundNecessary,
    IvoProgressed,
    IvoStep,
    LexSarahDecided,
    LexSarahRaised,
    LexSarahReceived,
    MeasuresVerified,
    PositionTaken,
    QuestionAnswered,
)
from workflows.commands import (
    AnswerQuestion,
    DecideLexSarah,
    InformBoard,
    RaiseLexSarah,
    ReceiveLexSarah,
    RecordIvoProgress,
    Register,
    RequireIvoNotification,
    TakePosition,
    VerifyMeasures,
)
from workflows.policy import Policy
from workflows.refusals import Incomplete, NotYours, Unknown
from workflows.rules.calendar import local_day
from workflows.state import CaseState
from workflows.terms.labels import ROLES
from workflows.terms.points import POINTS, TO_INVESTIGATE


def raised(state: CaseState, command: RaiseLexSarah) -> list[Event]:
    """Report misconduct from another case, once for each who does."""
    reporter = UUID(command.by)
    if reporter in state.lex_sarah_raised:
        return []
    return [LexSarahRaised(reporter=reporter, reason=command.reason)]


def received(command: ReceiveLexSarah) -> list[Event]:
    """Receive the report with what protects the individual now."""
    return [LexSarahReceived(protection=command.protection)]


def registered(state: CaseState, command: Register) -> list[Event]:
    """Enter the registry; the same number again changes nothing."""
    if state.registry_number == command.registry_number:
        return []
    if command.registered_on > local_day(command.at):
        raise Unknown("Ange en dag som inte ligger i framtiden.", field="registered_on")
    return [
        CaseRegistered(
            registry_number=command.registry_number,
            registered_on=command.registered_on,
            secrecy_mark=command.secrecy_mark,
        )
    ]


def position_taken(state: CaseState, command: TakePosition) -> list[Event]:
    """End the investigation once every point of it is documented.

    Which they are, and on what authority: `workflows.terms.points`. The ninth is this position.
    """
    lacking = [code for code in TO_INVESTIGATE if code not in state.lex_sarah.points]
    if lacking:
        said = "; ".join(POINTS[code].lower() for code in lacking)
        raise Incomplete(f"Dokumentera först: {said}.", missing=lacking)
    return [
        PositionTaken(
            author=UUID(command.by),
            outcome=command.outcome,
            reason=command.reason,
            author_title=command.author_title,
        )
    ]


def decided(state: CaseState, command: DecideLexSarah, policy: Policy) -> list[Event]:
    """Decide by delegation; what is serious must go to IVO, whatever was thought before."""
    if command.role is not None and command.role not in policy.decides.lex_sarah:
        who = ", ".join(ROLES[role] for role in policy.decides.lex_sarah)
        raise NotYours(f"Delegationen gäller inte dig. De som får besluta: {who}.")
    if UUID(command.by) in state.lex_sarah.investigators | {state.owner}:
        raise NotYours("Den som har utrett kan inte själv besluta.")
    fact = LexSarahDecided(
        outcome=command.outcome,
        reason=command.reason,
        delegation=command.delegation,
        author_title=command.author_title,
    )
    unsent = not state.lex_sarah.ivo_notified and not state.lex_sarah.ivo_required
    if command.outcome.serious and unsent:
        return [fact, IvoFoundNecessary(reason=command.reason)]
    return [fact]


def answered(command: AnswerQuestion) -> list[Event]:
    """Record yes or no, and why; a later answer stands beside the earlier one."""
    return [QuestionAnswered(question=command.question, yes=command.yes, reason=command.reason)]


def verified(state: CaseState, command: VerifyMeasures) -> list[Event]:
    """Let SAS say that everything planned was done and looked at."""
    if state.open_measures:
        raise Incomplete("Alla åtgärder är inte genomförda än.", missing=["measures_done"])
    if any(it.effect is None for it in state.measures.values()):
        raise Incomplete(
            "Följ upp varje åtgärd först: hade den effekt, och vad hände?",
            missing=["measures_followed_up"],
        )
    return [MeasuresVerified(words=command.words)]


def board_informed(state: CaseState, command: InformBoard) -> list[Event]:
    """Record that a private provider has told the board; others are the board."""
    if not state.private:
        raise Unknown("Enheten drivs av kommunen. Nämnden informeras inte på det sättet.")
    if command.informed_at > command.at:
        raise Unknown("Ange en tid som inte ligger i framtiden.", field="informed_at")
    if command.news in state.lex_sarah.board_told:
        return []
    return [
        BoardInformed(news=command.news, informed_at=command.informed_at, words=command.words)
    ]


def ivo_required(state: CaseState, command: RequireIvoNotification) -> list[Event]:
    """Open the way to IVO, once; it is open from every phase."""
    if state.lex_sarah.ivo_required:
        return []
    return [IvoFoundNecessary(reason=command.reason)]


def ivo_progressed(state: CaseState, command: RecordIvoProgress) -> list[Event]:
    """Tell how far the notification has come; what is decided to be serious must be sent."""
    decision = state.lex_sarah.decision
    if command.step is IvoStep.WITHDRAWN and decision is not None and decision.serious:
        raise Incomplete(
            "Beslutet är att det är allvarligt. Då ska anmälan skickas till IVO.",
            missing=["ivo_notified"],
        )
    return [IvoProgressed(step=command.step, happened_at=command.happened_at)]
