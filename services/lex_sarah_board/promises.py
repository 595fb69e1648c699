"""Measures of all lex Sarah cases: what is to be done, and what is to be looked at again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from events import MeasureAdded
from infra import clock
from infra.people.identity import Actor
from services.give import is_open_to
from services.lex_sarah_board.cases import Seen, Wanted, seen
from workflows.rules.calendar import local_day
from workflows.terms.codes import MEASURE_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A measure: which of its case's, what sort, by whom and when. Never what it says.

    `effect` is None until somebody has looked. `next_on` is the day something is to be done
    about it, None when all is done.
    """

    case_id: UUID
    number: str
    unit: str
    measure_id: UUID
    nth: int
    kind: str
    owner: UUID
    due_on: date
    follow_up_on: date
    completed: bool
    effect: bool | None
    may_complete: bool
    may_follow_up: bool

    @property
    def next_on(self) -> date | None:
        """When somebody is to do something about it."""
        if not self.completed:
            return self.due_on
        return self.follow_up_on if self.effect is None else None

    @property
    def late(self) -> bool:
        """Whether that day has passed."""
        return self.next_on is not None and self.next_on < local_day(clock.now())


async def promises(session: AsyncSession, actor: Actor, wanted: Wanted) -> list[Promise]:
    """List the measures of the cases an actor may see; what is to be done next comes first."""
    found = [
        promise
        for case in await seen(session, actor, "lex_sarah", wanted)
        for promise in _of(case, actor)
        if not wanted.mine
        or actor.works_for(promise.owner)
        or actor.works_for(case.state.owner)
    ]
    return sorted(found, key=lambda it: (it.next_on is None, it.next_on or it.follow_up_on))


def _of(case: Seen, actor: Actor) -> Iterable[Promise]:
    state = case.state
    kinds = {it.measure_id: it.kind for it in case.facts if isinstance(it, MeasureAdded)}
    for nth, (measure_id, it) in enumerate(state.measures.items(), start=1):
        yield Promise(
            case_id=case.case_id,
            number=state.number,
            unit=state.unit,
            measure_id=measure_id,
            nth=nth,
            kind=MEASURE_KINDS.get(kinds[measure_id], kinds[measure_id]),
            owner=it.owner,
            due_on=it.due_on,
            follow_up_on=it.follow_up_on,
            completed=it.completed,
            effect=it.effect,
            may_complete=not it.completed
            and is_open_to(actor, "complete-measure", state, measure_id),
            may_follow_up=it.completed
            and it.effect is None
            and is_open_to(actor, "follow-up-measure", state, measure_id),
        )
