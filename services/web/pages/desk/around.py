"""What lies around a case: its files, the cases it hangs together with, and those like it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from events import LinkKind, Phase, Role, Track
from infra.people.identity import Actor
from infra.vault.attachments import Attachment
from services import case_files
from services.case_view import CaseView
from services.give import Forbidden, role_in
from services.projections.case_index import CaseRow
from workflows import CASE_TYPES, CaseState
from workflows.terms.labels import PHASES

NEAR: Final = timedelta(days=90)
MOST: Final = 8
_HOW: Final = {
    LinkKind.SAME_EVENT: "Samma händelse",
    LinkKind.PATTERN: "Samma mönster",
    LinkKind.CONSEQUENCE_OF: "Följd",
}


@dataclass(frozen=True, slots=True)
class Other:
    """Another case by its number: nothing of what it is about. `how` it hangs together.

    `readable` tells whether the reader may open it.
    """

    case_id: UUID
    number: str
    kind_says: str
    phase_says: str
    received_at: datetime
    how: str
    readable: bool


@dataclass(frozen=True, slots=True)
class Around:
    """The files, the tied cases, and the similar ones of the last ninety days."""

    files: Sequence[Attachment]
    links: Sequence[Other]
    similar: Sequence[Other]


async def around(session: AsyncSession, case: CaseView, actor: Actor, trace: str) -> Around:
    """Gather what lies around a case that the actor has just read."""
    has_files = any(it.type == "case.attachment_added" for it in case.timeline)
    files = (
        await case_files.list_files(session, actor, case.case_id, trace) if has_files else []
    )
    hows = _ties(case)
    rows = await session.scalars(select(CaseRow).where(CaseRow.case_id.in_(hows)))
    links = [_other(row, hows[row.case_id], actor) for row in rows]
    return Around(
        files=files,
        links=sorted(links, key=lambda it: it.received_at),
        similar=await _similar(session, case, actor, set(hows)),
    )


def _ties(case: CaseView) -> Mapping[UUID, str]:
    """Name every case this one hangs together with, and how."""
    told: dict[UUID, str] = dict.fromkeys(case.links, "Hör ihop")
    if case.came_from:
        told[case.came_from] = "Det här kom därifrån"
    if case.twin_of:
        told[case.twin_of] = "Samma rapport skickades med annat innehåll"
    for moment in case.timeline:
        if moment.type == "case.linked":
            told[UUID(moment.fact["other"])] = _HOW[LinkKind(moment.fact["kind"])]
        if moment.type == "case.merged":
            told[UUID(moment.fact["into"])] = "Hanteras i det här ärendet"
    return told


async def _similar(
    session: AsyncSession, case: CaseView, actor: Actor, tied: set[UUID]
) -> list[Other]:
    """List cases of the same kind and unit that are, or seem, about the same, newest first."""
    about = case.category or (case.suggestion.category if case.suggestion else None)
    if about is None or case.received_at is None:
        return []
    rows = await session.scalars(
        select(CaseRow)
        .where(
            CaseRow.unit == case.unit,
            CaseRow.case_type == case.kind,
            CaseRow.received_at.between(case.received_at - NEAR, case.received_at + NEAR),
            or_(
                CaseRow.category == about,
                CaseRow.category.is_(None) & (CaseRow.suggested_category == about),
            ),
            CaseRow.case_id.not_in(tied | {case.case_id}),
        )
        .order_by(CaseRow.received_at.desc())
        .limit(MOST)
    )
    found = [_other(row, "", actor) for row in rows]
    return [it for it in found if it.readable]


def _other(row: CaseRow, how: str, actor: Actor) -> Other:
    return Other(
        case_id=row.case_id,
        number=row.number,
        kind_says=CASE_TYPES[row.case_type].label,
        phase_says=PHASES[Phase(row.phase)],
        received_at=row.received_at,
        how=how,
        readable=_reads(actor, row),
    )


def _reads(actor: Actor, row: CaseRow) -> bool:
    """Tell whether a role reaches a case, as far as a list knows; the case asks again."""
    state = CaseState(
        case_type=row.case_type,
        unit=row.unit,
        owner=row.owner,
        tracks=tuple(Track(it) for it in row.tracks),
    )
    try:
        role_in(actor, "read-case", state)
    except Forbidden:
        return any(actor.has_in(Role(it), row.unit) for it in row.passed_to)
    return True
