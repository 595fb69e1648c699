"""Making, approving, sending and following a notification to IVO."""

from datetime import datetime
from uuid import UUID

from events import (
    Event,
    InvestigationSupplied,
    IvoDecided,
    IvoNotificationRequired,
    IvoNumberRegistered,
    NotificationApproved,
    NotificationSubmitted,
    NotificationWithdrawn,
    PackApproved,
    PackDrafted,
    SupplementAnswered,
    SupplementRequested,
)
from workflows.commands import (
    AnswerSupplement,
    ApprovePack,
    DraftPack,
    OpenIvoNotification,
    RegisterIvoDecision,
    RegisterIvoNumber,
    RequestSupplement,
    SubmitNotification,
    SupplyInvestigation,
    WithdrawNotification,
)
from workflows.policy import Policy
from workflows.refusals import Incomplete, NotYours, Unknown
from workflows.rules.calendar import local_day
from workflows.state import CaseState
from workflows.terms.codes import IVO_DECISIONS


def opened(command: OpenIvoNotification) -> list[Event]:
    """Open the notification of a lex Sarah case."""
    return [
        IvoNotificationRequired(
            case_type=command.case_type,
            number=command.number,
            came_from=command.came_from,
            required_at=command.required_at,
            unit=command.unit,
            law=command.law,
            owner_type=command.owner_type,
        )
    ]


def drafted(state: CaseState, command: DraftPack) -> list[Event]:
    """Tell of a new version; what was approved before was another one."""
    return [
        PackDrafted(
            version_number=state.ivo.version_number + 1,
            digest=command.digest,
            missing=command.missing,
            with_investigation=command.with_investigation,
        )
    ]


def approved(state: CaseState, command: ApprovePack, policy: Policy) -> list[Event]:
    """Approve the version that lies there; the second of two persons makes it final."""
    if command.version_number != state.ivo.version_number:
        raise Unknown(
            f"Det är version {state.ivo.version_number} som gäller. Läs den först.",
            field="version_number",
        )
    if state.ivo.missing:
        raise Incomplete(
            "Underlaget är inte komplett. Läs vad som saknas och ta fram en ny version.",
            missing=list(state.ivo.missing),
        )
    if command.role is not None and command.role not in policy.decides.ivo:
        raise NotYours("Delegationen gäller inte dig.")
    approver = UUID(command.by)
    if approver in state.ivo.approvers:
        return []
    fact = PackApproved(version_number=command.version_number, approver=approver)
    if not state.ivo.approvers:
        return [fact]
    return [fact, NotificationApproved(version_number=command.version_number)]


def submitted(state: CaseState, command: SubmitNotification) -> list[Event]:
    """Record what was sent, when and how. The two months are counted from then."""
    _has_been(command.submitted_at, command.at, state.received_at, "submitted_at")
    facts: list[Event] = [
        NotificationSubmitted(
            version_number=state.ivo.version_number,
            submitted_at=command.submitted_at,
            how=command.how,
            ivo_number=command.ivo_number,
            receipt=command.receipt,
            with_investigation=state.ivo.with_investigation,
        )
    ]
    if state.ivo.with_investigation:
        supplied = InvestigationSupplied(supplied_at=command.submitted_at, how=command.how)
        facts.append(supplied)
    return facts


def withdrawn(command: WithdrawNotification) -> list[Event]:
    """End what was never sent."""
    return [NotificationWithdrawn(reason=command.reason)]


def numbered(state: CaseState, command: RegisterIvoNumber) -> list[Event]:
    """Record IVO's number; the same again changes nothing."""
    if state.ivo.ivo_number == command.ivo_number:
        return []
    return [IvoNumberRegistered(ivo_number=command.ivo_number)]


def supplied(state: CaseState, command: SupplyInvestigation) -> list[Event]:
    """Record when IVO got the investigation."""
    _has_been(command.supplied_at, command.at, state.ivo.submitted_at, "supplied_at")
    return [InvestigationSupplied(supplied_at=command.supplied_at, how=command.how)]


def asked(state: CaseState, command: RequestSupplement) -> list[Event]:
    """Record what IVO asks for and by when, once for each letter."""
    if command.request_id in state.ivo.requests | state.ivo.answered:
        return []
    if state.ivo.submitted_at and command.answer_by < local_day(state.ivo.submitted_at):
        raise Unknown("Dagen ligger före anmälan.", field="answer_by")
    return [
        SupplementRequested(
            request_id=command.request_id, answer_by=command.answer_by, words=command.words
        )
    ]


def supplemented(state: CaseState, command: AnswerSupplement) -> list[Event]:
    """Record that a request was answered."""
    if command.request_id in state.ivo.answered:
        return []
    if command.request_id not in state.ivo.requests:
        raise Unknown("IVO:s begäran finns inte i ärendet.", field="request_id")
    _has_been(command.answered_at, command.at, state.ivo.submitted_at, "answered_at")
    return [
        SupplementAnswered(
            request_id=command.request_id,
            answered_at=command.answered_at,
            how=command.how,
            words=command.words,
        )
    ]


def ivo_decided(state: CaseState, command: RegisterIvoDecision) -> list[Event]:
    """Record IVO's decision."""
    if command.decision not in IVO_DECISIONS:
        raise Unknown(
            "Beslutet finns inte på listan.", field="decision", choices=list(IVO_DECISIONS)
        )
    if command.decided_on > local_day(command.at):
        raise Unknown("Ange en dag som inte ligger i framtiden.", field="decided_on")
    if state.ivo.submitted_at and command.decided_on < local_day(state.ivo.submitted_at):
        raise Unknown("Dagen ligger före anmälan.", field="decided_on")
    return [
        IvoDecided(
            decided_on=command.decided_on, decision=command.decision, words=command.words
        )
    ]


def _has_been(moment: datetime, at: datetime, not_before: datetime | None, name: str) -> None:
    if moment > at:
        raise Unknown("Ange en tid som inte ligger i framtiden.", field=name)
    if not_before is not None and local_day(moment) < local_day(not_before):
        raise Unknown("Tiden ligger före det som den följer på.", field=name)
