"""Notifications to IVO at a glance: what each lacks, who has approved, what runs out when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from events import Phase
from infra.people.identity import Actor
from services.lex_sarah_board.cards import late_clocks, next_clock
from services.lex_sarah_board.cases import Seen, Wanted, numbers_of, seen
from services.projections.case_index import FOREVER
from workflows.terms.labels import DEADLINES


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notification; `parent` is its lex Sarah case, `waits_for` the clock that is next."""

    case_id: UUID
    number: str
    parent: UUID | None
    parent_number: str | None
    unit: str
    phase: Phase
    version: int
    lacks: int
    approvals: int
    ivo_number: str | None
    requests: int
    waits_for: str | None
    due_at: datetime | None
    late: list[str]


async def notices(session: AsyncSession, actor: Actor, wanted: Wanted) -> list[Notice]:
    """List the notifications an actor may see; what is late first, then the least time left."""
    found = await seen(session, actor, "ivo_notification", wanted)
    if wanted.mine:
        found = [it for it in found if actor.works_for(it.state.owner)]
    parents = await numbers_of(
        session, (it.state.came_from for it in found if it.state.came_from)
    )
    drawn = [_notice(it, parents) for it in found]
    return sorted(drawn, key=lambda it: (not it.late, it.due_at or FOREVER, it.number))


def _notice(case: Seen, numbers: Mapping[UUID, str]) -> Notice:
    state, ivo = case.state, case.state.ivo
    following = next_clock(state)
    return Notice(
        case_id=case.case_id,
        number=state.number,
        parent=state.came_from,
        parent_number=numbers.get(state.came_from) if state.came_from else None,
        unit=state.unit,
        phase=state.phase,
        version=ivo.version_number,
        lacks=len(ivo.missing),
        approvals=len(ivo.approvers),
        ivo_number=ivo.ivo_number,
        requests=len(ivo.requests),
        waits_for=DEADLINES[following[0][0]] if following else None,
        due_at=following[1].due_at if following else None,
        late=late_clocks(state),
    )
