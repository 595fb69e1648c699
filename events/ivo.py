"""The notification to IVO: drafted, approved by two, sent by hand, supplemented, decided.

We never send: IVO has no way in for systems, and nothing can be changed after sending.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from events.base import Checksum, Code, Event, Number, RegistryNumber, Words
from events.vocabulary import OwnerType, Phase, SentHow, Track


class IvoNotificationRequired(Event):
    """A lex Sarah case must be notified; `came_from` is that case, `recused` who left it."""

    type: ClassVar[str] = "case.ivo_notification_required"
    enters: ClassVar[Phase | None] = Phase.REQUIRED

    case_type: Code
    number: Number
    came_from: UUID
    required_at: AwareDatetime
    unit: Code
    law: Track = Track.SOL
    owner_type: OwnerType = OwnerType.IN_HOUSE
    recused: tuple[UUID, ...] = ()


class PackDrafted(Event):
    """A version of the pack was made and will not change; `missing` is what it lacks."""

    type: ClassVar[str] = "case.pack_drafted"
    enters: ClassVar[Phase | None] = Phase.DRAFTED

    version_number: int
    digest: Checksum
    missing: tuple[Code, ...] = ()
    with_investigation: bool = False


class PackApproved(Event):
    """One of two persons has approved this version."""

    type: ClassVar[str] = "case.pack_approved"

    version_number: int
    approver: UUID


class NotificationApproved(Event):
    """Two persons have approved the same version: it may be sent."""

    type: ClassVar[str] = "case.notification_approved"
    enters: ClassVar[Phase | None] = Phase.APPROVED

    version_number: int


class NotificationSubmitted(Event):
    """Somebody sent it, and this is when, how, and what IVO answered."""

    type: ClassVar[str] = "case.notification_submitted"
    enters: ClassVar[Phase | None] = Phase.SUBMITTED

    version_number: int
    submitted_at: AwareDatetime
    how: SentHow
    ivo_number: RegistryNumber | None = None
    receipt: Words
    with_investigation: bool = False


class NotificationWithdrawn(Event):
    """It was not serious after all, and nothing had been sent."""

    type: ClassVar[str] = "case.notification_withdrawn"
    enters: ClassVar[Phase | None] = Phase.CLOSED

    reason: Words


class IvoNumberRegistered(Event):
    """IVO's own number came afterwards."""

    type: ClassVar[str] = "case.ivo_number_registered"

    ivo_number: RegistryNumber


class InvestigationSupplied(Event):
    """IVO has the finished investigation."""

    type: ClassVar[str] = "case.investigation_supplied"
    enters: ClassVar[Phase | None] = Phase.SUPPLIED

    supplied_at: AwareDatetime
    how: SentHow


class SupplementRequested(Event):
    """IVO asks for more, by a day that its letter names."""

    type: ClassVar[str] = "case.supplement_requested"

    request_id: UUID
    answer_by: date
    words: Words


class SupplementAnswered(Event):
    """IVO has got what it asked for."""

    type: ClassVar[str] = "case.supplement_answered"

    request_id: UUID
    answered_at: AwareDatetime
    how: SentHow
    words: Words


class IvoDecided(Event):
    """IVO has ended its case, or gone on to supervision."""

    type: ClassVar[str] = "case.ivo_decided"
    enters: ClassVar[Phase | None] = Phase.DECIDED

    decided_on: date
    decision: Code
    words: Words
