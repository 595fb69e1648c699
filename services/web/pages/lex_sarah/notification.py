"""The page of a notification to IVO: what goes in, who has approved, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from events import Phase
from infra.people.identity import Actor
from infra.vault import packs
from services.case_view import CaseView
from services.give import Forbidden, role_in, state_of
from services.ivo_pack import kept
from services.ivo_pack.draft import foreseen
from services.ivo_pack.preview import preview_of
from services.lex_sarah_board.cases import numbers_of
from services.web.pages.desk.faces import Face
from services.web.pages.lex_sarah import judged
from services.web.pages.lex_sarah.checklist import checklist
from services.web.pages.lex_sarah.road import NOTIFICATION
from services.web.pages.lex_sarah.way_on import way_on
from services.web.pages.steps.choices import Scene
from workflows import CASE_TYPES, CaseState
from workflows.commands import DraftPack

_ENDED: Final = frozenset({Phase.CLOSED})


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the pack: when and by whom it was made, what it lacked, who approved it."""

    number: int
    at: datetime
    by_name: str
    lacks: int
    digest: str
    approved_by: list[str]


async def _gather(session: AsyncSession, scene: Scene, actor: Actor) -> Mapping[str, Any]:
    case = scene.case
    state = await state_of(session, case.case_id)
    version = state.ivo.version_number
    sheet = await kept.sheet_of(session, case.case_id, version) if version else None
    pack = await packs.read(session, case.case_id, version) if version else None
    drafts = _may_draft(actor, state)
    unsent = state.ivo.submitted_at is None and state.phase not in _ENDED
    today = await foreseen(session, case.case_id, state) if unsent else None
    told = sheet or today
    numbers = await numbers_of(session, [state.came_from] if state.came_from else [])
    return {
        "road": NOTIFICATION,
        "way": await way_on(session, state, actor, scene.policy),
        "unit_name": {it.code: it.name for it in scene.units}.get(case.unit, case.unit),
        "parent_number": numbers.get(state.came_from) if state.came_from else None,
        "version": version,
        "versions": _versions(case),
        "approvers": _approvers(case, state),
        "sheet": sheet,
        "told": told,
        "rows": checklist(told, case.case_id, state.came_from) if told else [],
        "changed": today.differs_from(sheet) if today and sheet else [],
        "preview": preview_of(pack) if pack else None,
        "drafts": drafts,
        "unsent": unsent,
        "board_rows": judged.board_rows(case),
    }


def _may_draft(actor: Actor, state: CaseState) -> bool:
    if DraftPack not in CASE_TYPES[state.case_type].flow[state.phase]:
        return False
    try:
        role_in(actor, "draft-pack", state)
    except Forbidden:
        return False
    return True


def _versions(case: CaseView) -> list[Version]:
    """List the versions, the last one first."""
    made = [
        Version(
            number=it.fact["version_number"],
            at=it.at,
            by_name=it.by_name or "Någon",
            lacks=len(it.fact["missing"]),
            digest=it.fact["digest"],
            approved_by=_approved_by(case, it.fact["version_number"]),
        )
        for it in judged.told(case, "case.pack_drafted")
    ]
    return made[::-1]


def _approved_by(case: CaseView, version: int) -> list[str]:
    return [
        it.by_name or "Någon"
        for it in judged.told(case, "case.pack_approved")
        if it.fact["version_number"] == version
    ]


def _approvers(case: CaseView, state: CaseState) -> list[tuple[str, datetime]]:
    """List whose approval of the last version counts, and since when."""
    return [
        (it.by_name or "Någon", it.at)
        for it in judged.told(case, "case.pack_approved")
        if it.fact["version_number"] == state.ivo.version_number
        and it.fact["approver"] in {str(who) for who in state.ivo.approvers}
    ]


FACE: Final = Face("lex_sarah/notification.html", _gather)
