"""Which cases of misconduct somebody may see, as states: nothing that was written is opened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from events import Event, Phase, Role, opened
from infra import store
from infra.people.identity import Actor
from services.give import Forbidden, role_in
from services.projections.case_index import CaseRow
from workflows import CaseState, fold
from workflows.access import GENERAL, MAY
from workflows.rules.calendar import ZONE

SEES: Final = GENERAL["read-queue"] & MAY["lex_sarah"]["read-case"] - {Role.UNIT_MANAGER}
"""Who follows misconduct over cases. A unit's manager is told of each, and judges none."""
MOST: Final = 500
"""Cases shown at once; a municipality has some tens a year."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show: open cases, or with `year` all that came in that year."""

    year: int | None = None
    unit: str | None = None
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A case that somebody may read, with its facts: they hold keys to words, and no words."""

    case_id: UUID
    state: CaseState
    facts: tuple[Event, ...]


async def seen(
    session: AsyncSession, actor: Actor, case_type: str, wanted: Wanted
) -> list[Seen]:
    """List the cases of a kind that an actor may read, the last come first."""
    query = select(CaseRow.case_id).where(CaseRow.case_type == case_type)
    if wanted.year is None:
        query = query.where(CaseRow.open)
    else:
        begins, ends = (datetime(wanted.year + n, 1, 1, tzinfo=ZONE) for n in (0, 1))
        query = query.where(CaseRow.received_at >= begins, CaseRow.received_at < ends)
    if wanted.unit is not None:
        query = query.where(CaseRow.unit == wanted.unit)
    newest = query.order_by(CaseRow.received_at.desc(), CaseRow.case_id).limit(MOST)
    return await _read(session, actor, list(await session.scalars(newest)))


async def notifications_of(
    session: AsyncSession, actor: Actor, cases: Iterable[Seen]
) -> Mapping[UUID, Seen]:
    """Return the last notification that each case led to, by the case that led to it."""
    links = {link for it in cases for link in it.state.links}
    query = select(CaseRow.case_id).where(
        CaseRow.case_id.in_(links), CaseRow.case_type == "ivo_notification"
    )
    children = await _read(session, actor, list(await session.scalars(query)))
    in_order = sorted(children, key=lambda it: it.state.number)
    return {it.state.came_from: it for it in in_order if it.state.came_from}


@dataclass(frozen=True, slots=True)
class Child:
    """A notification by its number and how far it has come."""

    case_id: UUID
    number: str
    phase: Phase
    open: bool


async def children_of(session: AsyncSession, state: CaseState) -> list[Child]:
    """List the notifications that a lex Sarah case has led to, in their order."""
    query = (
        select(CaseRow.case_id, CaseRow.number, CaseRow.phase, CaseRow.open)
        .where(CaseRow.case_id.in_(state.links), CaseRow.case_type == "ivo_notification")
        .order_by(CaseRow.number)
    )
    rows = await session.execute(query)
    return [Child(it.case_id, it.number, Phase(it.phase), it.open) for it in rows]


async def numbers_of(session: AsyncSession, case_ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """Return the numbers of cases; a number tells nothing of what is in them."""
    query = select(CaseRow.case_id, CaseRow.number).where(CaseRow.case_id.in_(set(case_ids)))
    return {row.case_id: row.number for row in await session.execute(query)}


async def _read(session: AsyncSession, actor: Actor, case_ids: list[UUID]) -> list[Seen]:
    histories = await store.load(session, case_ids)
    found = []
    for case_id in case_ids:
        facts = tuple(opened(envelope) for envelope in histories[case_id])
        state = fold(facts)
        if _reads(actor, state):
            found.append(Seen(case_id, state, facts))
    return found


def _reads(actor: Actor, state: CaseState) -> bool:
    try:
        role_in(actor, "read-case", state)
    except Forbidden:
        return False
    return True
