"""What a fact in one case asks of another: cases that open others, and tell them how it goes.

Pure: `services.family` does it, in the same transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import events as e
from events import Event, IvoStep
from workflows.state import CaseState


@dataclass(frozen=True, slots=True)
class OpensLexSarah:
    """A lex Sarah case of its own follows, reported by this account; one for each `key`."""

    reporter: UUID
    reason: UUID
    key: str


@dataclass(frozen=True, slots=True)
class OpensNotification:
    """A notification to IVO follows, the n-th of this case."""

    count: int


@dataclass(frozen=True, slots=True)
class TellsParent:
    """The lex Sarah case is to know how far its notification has come."""

    step: IvoStep
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class ShutsOut:
    """Who is partial in this case is so in those that it opened."""

    person: UUID


FollowOn = OpensLexSarah | OpensNotification | TellsParent | ShutsOut


def follow_ons(
    after: CaseState, facts: Iterable[Event], by: str, at: datetime
) -> list[FollowOn]:
    """List what these facts ask of other cases, in order."""
    return [it for fact in facts if (it := _follow_on(after, fact, by, at)) is not None]


def _follow_on(after: CaseState, fact: Event, by: str, at: datetime) -> FollowOn | None:
    match fact:
        case e.LexSarahRaised():
            return OpensLexSarah(fact.reporter, fact.reason, str(fact.reporter))
        case e.SasPositionTaken(lex_sarah=True) if not after.lex_sarah_raised:
            # Who saw it is the reporter, and not the one who decided what it was.
            # Nobody did of an anonymous one: then SAS does, once, whoever says it again.
            key = str(after.reporter or "sas")
            return OpensLexSarah(after.reporter or UUID(by), fact.reason, key)
        case e.IvoFoundNecessary():
            return OpensNotification(after.lex_sarah.notifications)
        case e.PersonRecused() | e.CaseHandedOver():
            return ShutsOut(fact.recused)
        case e.NotificationSubmitted():
            return TellsParent(IvoStep.NOTIFIED, fact.submitted_at)
        case e.InvestigationSupplied():
            return TellsParent(IvoStep.SUPPLIED, fact.supplied_at)
        case e.IvoDecided():
            return TellsParent(IvoStep.DECIDED, at)
        case e.NotificationWithdrawn():
            return TellsParent(IvoStep.WITHDRAWN, at)
        case _:
            return None


def may_join(kind: str, other: str) -> bool:
    """Tell whether a case may go on in another: only in one of its own kind."""
    return kind == other
