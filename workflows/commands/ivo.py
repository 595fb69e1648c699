"""Making, approving, sending and following a notification to IVO."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from events import Checksum, Code, Number, OwnerType, RegistryNumber, SentHow, Track, Words
from workflows.commands.base import Asked, NewId


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIvoNotification(Asked):
    """Open the notification that a lex Sarah case requires; asked by that case."""

    says: ClassVar[str] = "öppna en anmälan till IVO"

    case_type: Code
    number: Number
    came_from: UUID
    required_at: datetime
    unit: Code
    law: Track = Track.SOL
    owner_type: OwnerType = OwnerType.IN_HOUSE
    recused: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPack(Asked):
    """Tell that a new version of the pack was made; asked by what made it."""

    says: ClassVar[str] = "ta fram underlaget"

    digest: Checksum
    missing: tuple[Code, ...] = ()
    with_investigation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovePack(Asked):
    """Approve a version of the pack; two persons must approve the same."""

    says: ClassVar[str] = "godkänna underlaget"

    version_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitNotification(Asked):
    """Record that the approved pack was sent: when, how, and IVO's receipt."""

    says: ClassVar[str] = "registrera att anmälan är skickad"

    submitted_at: AwareDatetime
    how: SentHow
    ivo_number: RegistryNumber | None = None
    receipt: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawNotification(Asked):
    """End a notification that is not to be sent, because it was not serious after all."""

    says: ClassVar[str] = "dra tillbaka anmälan"

    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterIvoNumber(Asked):
    """Record IVO's own number when it comes afterwards."""

    says: ClassVar[str] = "registrera IVO:s nummer"

    ivo_number: RegistryNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyInvestigation(Asked):
    """Record that IVO has got the finished investigation."""

    says: ClassVar[str] = "registrera att utredningen är skickad"

    supplied_at: AwareDatetime
    how: SentHow


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSupplement(Asked):
    """Record that IVO asks for more, and the day its letter names."""

    says: ClassVar[str] = "registrera en begäran om komplettering"

    request_id: NewId
    answer_by: date
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSupplement(Asked):
    """Record that IVO has got what it asked for."""

    says: ClassVar[str] = "registrera att kompletteringen är skickad"

    request_id: UUID
    answered_at: AwareDatetime
    how: SentHow
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterIvoDecision(Asked):
    """Record what IVO decided, and when."""

    says: ClassVar[str] = "registrera IVO:s beslut"

    decided_on: date
    decision: Code
    words: Words
