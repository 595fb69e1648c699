"""A lex Sarah case at a glance: how far it has come, what it waits for, how late it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from events import Phase
from infra import clock
from infra.people.identity import Actor
from services.give import is_open_to
from services.lex_sarah_board.cases import Seen, Wanted, notifications_of, seen
from services.projections.case_index import FOREVER
from workflows import CaseState
from workflows.rules.calendar import local_day
from workflows.state import Clock, Key
from workflows.terms.labels import DEADLINES
from workflows.terms.points import POINTS

_OWN_CLOCK = ("lex_sarah_investigation", None)


class Ivo(StrEnum):
    """How far the notification to IVO has come."""

    NOT_NEEDED = "not_needed"
    REQUIRED = "required"
    NOTIFIED = "notified"
    SUPPLIED = "supplied"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One case. Never a story, never a name; `owner` is an account's id.

    `day` counts from when it was reported, and `of_days` is when it is to be decided: None
    once it is. `waits_for` is the clock that is next, due at `due_at`; `late` names those that
    have run out. `notification` is its IVO case.
    """

    case_id: UUID
    number: str
    unit: str
    category: str | None
    phase: Phase
    received_at: datetime
    day: int
    of_days: int | None
    waits_for: str | None
    due_at: datetime | None
    late: list[str]
    points: int
    of_points: int
    protected: bool
    ivo: Ivo
    notification: UUID | None
    measures_done: int
    measures: int
    owner: UUID | None
    may_require_ivo: bool


async def cards(session: AsyncSession, actor: Actor, wanted: Wanted) -> list[Card]:
    """List the cases an actor may see: what is late first, then the least time left."""
    cases = await seen(session, actor, "lex_sarah", wanted)
    if wanted.mine:
        cases = [it for it in cases if actor.works_for(it.state.owner)]
    children = await notifications_of(session, actor, cases)
    drawn = [_card(it, children, actor) for it in cases]
    return sorted(drawn, key=lambda it: (not it.late, it.due_at or FOREVER, it.received_at))


def _card(case: Seen, children: Mapping[UUID, Seen], actor: Actor) -> Card:
    state, lex = case.state, case.state.lex_sarah
    assert state.received_at is not None  # noqa: S101 - a report has come in
    own = state.clocks.get(_OWN_CLOCK)
    since = local_day(state.received_at)
    child = children.get(case.case_id)
    following = next_clock(state)
    return Card(
        case_id=case.case_id,
        number=state.number,
        unit=state.unit,
        category=state.category,
        phase=state.phase,
        received_at=state.received_at,
        day=(local_day(clock.now()) - since).days,
        of_days=(local_day(own.due_at) - since).days if own else None,
        waits_for=DEADLINES[following[0][0]] if following else None,
        due_at=following[1].due_at if following else None,
        late=late_clocks(state),
        points=len(lex.points) + (lex.position is not None),
        of_points=len(POINTS),
        protected=lex.protected,
        ivo=_ivo(state),
        notification=child.case_id if child else None,
        measures_done=sum(it.completed for it in state.measures.values()),
        measures=len(state.measures),
        owner=state.owner,
        may_require_ivo=not lex.ivo_required
        and not lex.ivo_notified
        and is_open_to(actor, "require-ivo-notification", state),
    )


def next_clock(state: CaseState) -> tuple[Key, Clock] | None:
    """Return the clock that runs out next, or ran out first; None where none runs."""
    return min(state.clocks.items(), key=lambda it: it[1].due_at, default=None)


def late_clocks(state: CaseState) -> list[str]:
    """Name the clocks that have run out, each kind once."""
    late = (code for (code, _), it in state.clocks.items() if it.missed)
    return list(dict.fromkeys(DEADLINES[code] for code in late))


def _ivo(state: CaseState) -> Ivo:
    lex = state.lex_sarah
    steps = (
        (lex.ivo_decided, Ivo.DECIDED),
        (lex.ivo_supplied, Ivo.SUPPLIED),
        (lex.ivo_notified, Ivo.NOTIFIED),
        (lex.ivo_required, Ivo.REQUIRED),
    )
    return next((step for reached, step in steps if reached), Ivo.NOT_NEEDED)
