"""Who is to be told of which fact: one row a fact. Looking them up is for others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final
from uuid import UUID

import events as e
from events import Event, Role, Rung
from workflows.rules.ladder import GRAVE


class To(Enum):
    """How those are found who are to be told."""

    ROLE = "role"
    OWNER = "owner"
    STAND_INS = "stand_ins"
    ACCOUNT = "account"
    REPORTER = "reporter"


@dataclass(frozen=True, slots=True)
class Telling:
    """A fixed text to a role where the case is, or to somebody who stands in one.

    `role` is who is told where the person can't be, and who it is said of where nobody can;
    the reporter's answer is nobody else's. `grave` mail does not wait out the quiet hours.
    """

    code: str
    to: To = To.ROLE
    role: Role = Role.UNIT_MANAGER
    account: UUID | None = None
    grave: bool = False


_SERIOUS: Final = "received_serious"


def _received(fact: e.ReportReceived, _: str) -> Iterable[Telling]:
    # An urgent one is told by the escalation that follows from the box; history is no news.
    if not fact.urgent and fact.source is not e.Source.IMPORT:
        complaint = fact.case_type == "complaint"
        yield Telling("received_complaint" if complaint else "received")


def _corrected(fact: e.ReportCorrected, _: str) -> Iterable[Telling]:
    if fact.unit is not None:
        yield Telling("received")  # news to the unit it came to


def _escalated(fact: e.CaseEscalated, _: str) -> Iterable[Telling]:
    code = _SERIOUS if fact.at_once else "escalated"
    for role in fact.to:
        yield Telling(code, role=role, grave=fact.at_once)


def _reminded(fact: e.DeadlineReminded, _: str) -> Iterable[Telling]:
    yield Telling("reminder", To.OWNER, grave=fact.code in GRAVE)


_PERSONS: Final = {Rung.OWNER: To.OWNER, Rung.SUBSTITUTE: To.STAND_INS}


def _climbed(fact: e.LadderClimbed, _: str) -> Iterable[Telling]:
    to = To.ROLE if fact.step is None else _PERSONS.get(fact.step, To.ROLE)
    yield Telling("overdue", to, fact.to, grave=fact.code in GRAVE)


def _assigned(fact: e.CaseAssigned | e.CaseHandedOver, by: str) -> Iterable[Telling]:
    if by != str(fact.owner):
        yield Telling("assigned", To.ACCOUNT, account=fact.owner)


def _answered(_: e.ReporterAnswered, __: str) -> Iterable[Telling]:
    yield Telling("answered", To.REPORTER)


def _message(fact: e.MessageReceived, _: str) -> Iterable[Telling]:
    if fact.way is e.AnswerWay.CODE:  # what staff typed in they have read
        yield Telling("message", To.OWNER)


ROWS: Final[dict[type[Event], Callable[[Any, str], Iterable[Telling]]]] = {
    e.ReportReceived: _received,
    e.ReportCorrected: _corrected,
    e.CaseEscalated: _escalated,
    e.DeadlineReminded: _reminded,
    e.LadderClimbed: _climbed,
    e.CaseAssigned: _assigned,
    e.CaseHandedOver: _assigned,
    e.ReporterAnswered: _answered,
    e.MessageReceived: _message,
}


def tellings(fact: Event, by: str) -> list[Telling]:
    """List who is to be told of a fact that `by` made true; most facts are told to nobody."""
    row = ROWS.get(type(fact))
    return [] if row is None else list(row(fact, by))
