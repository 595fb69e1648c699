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
from services.classifier import duplicates
from services.give import Forbidden, role_in
from services.may_read import may_read
from services.projections.case_index import CaseRow
from workflows import CASE_TYPES, CaseState
from workflows.rules.urgency import LIKELY_THE_SAME
from workflows.state import ENDED
from workflows.terms.labels import PHASES

NEAR: Final = timedelta(days=90)
MOST: Final = 8
_SIGN: Final = {
    "person": "samma person",
    "place": "samma enhet",
    "time": "nära i tid",
    "words": "liknande ord",
    "kind": "samma slags händelse",
}
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
    """The files, tied cases, those that may tell of the same event, and similar ones.

    `elsewhere`: one of the second kind is likely, and the reader may not read it.
    """

    files: Sequence[Attachment]
    links: Sequence[Other]
    same_event: Sequence[Other]
    elsewhere: bool
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
    doubles, elsewhere = await _same_event(session, case, actor, set(hows))
    known = {*hows, *(it.case_id for it in doubles)}
    return Around(
        files=files,
        links=sorted(links, key=lambda it: it.received_at),
        same_event=doubles,
        elsewhere=elsewhere,
        similar=await _similar(session, case, actor, known),
    )


async def _same_event(
    session: AsyncSession, case: CaseView, actor: Actor, tied: set[UUID]
) -> tuple[list[Other], bool]:
    """List cases, of any unit, that may tell of the same event, the likeliest first.

    Looked for anew: what was told later is found too. An ended case has no more to compare.
    Those that the reader may not read are not named: the second answer tells that there is a
    likely one.
    """
    if Phase(case.phase) in ENDED:
        return [], False
    doubles = await duplicates.others(session, case.case_id)
    found = {it.case_id: it for it in doubles if it.case_id not in tied}
    allowed = await may_read(session, actor, found)
    rows = await session.scalars(select(CaseRow).where(CaseRow.case_id.in_(allowed)))
    others = {
        row.case_id: _other(row, _signs(found[row.case_id].because), actor) for row in rows
    }
    hidden = any(
        it.confidence >= LIKELY_THE_SAME for key, it in found.items() if key not in allowed
    )
    return [others[it] for it in found if it in others], hidden


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


def _signs(because: Sequence[str]) -> str:
    said = ", ".join(_SIGN[it] for it in because)
    return said[:1].upper() + said[1:]


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
