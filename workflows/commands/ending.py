"""Closing, reopening, passing on, merging and linking."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from events import Code, LinkKind, Route, Words
from workflows.commands.base import Asked, NewId


@dataclass(frozen=True, slots=True, kw_only=True)
class Reroute(Asked):
    """Pass on what is not a deviation of ours to the one who shall have it."""

    says: ClassVar[str] = "lämna ärendet vidare"

    route: Route
    route_id: NewId
    receiver: Words
    reason: Words
    secrecy: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOn(Asked):
    """Tell another one who must know as well, while the case goes on here.

    `secrecy` is the ground on which it may be told outside the social services.
    """

    says: ClassVar[str] = "meddela någon annan"

    route: Route
    route_id: NewId
    receiver: Words
    reason: Words
    secrecy: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmReceipt(Asked):
    """Record that the one it was passed on to has it, and how we know."""

    says: ClassVar[str] = "bekräfta att mottagaren har ärendet"

    route_id: UUID
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Asked):
    """Let this report go on in the case of the same event."""

    says: ClassVar[str] = "sammanföra ärendet med ett annat"

    into: UUID
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Asked):
    """Tie the case to another that belongs to it."""

    says: ClassVar[str] = "koppla ärendet till ett annat"

    other: UUID
    kind: LinkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Close(Asked):
    """End the case."""

    says: ClassVar[str] = "avsluta ärendet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen(Asked):
    """Take up a closed case again, and say why."""

    says: ClassVar[str] = "öppna ärendet igen"

    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseWords(Asked):
    """Tell that the case's words are thrown away for good; asked by the eraser only."""

    says: ClassVar[str] = "radera texterna"

    ground: Code
