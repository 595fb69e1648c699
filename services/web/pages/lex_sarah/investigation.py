"""The page of a lex Sarah case: its investigation."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from events import Role
from infra.people.identity import Actor
from services.give import role_in, state_of
from services.lex_sarah_board.cases import children_of
from services.web.pages.desk.faces import Face
from services.web.pages.lex_sarah import judged
from services.web.pages.lex_sarah.points import notes_of, points_of
from services.web.pages.lex_sarah.road import MISCONDUCT
from services.web.pages.lex_sarah.way_on import way_on
from services.web.pages.steps.choices import Scene
from workflows.terms.labels import OUTCOMES, PHASES


async def _gather(session: AsyncSession, scene: Scene, actor: Actor) -> Mapping[str, Any]:
    case = scene.case
    state = await state_of(session, case.case_id)
    lex = state.lex_sarah
    points = points_of(case)
    return {
        "road": MISCONDUCT,
        "way": await way_on(session, state, actor, scene.policy),
        "told_only": role_in(actor, "read-case", state) is Role.UNIT_MANAGER,
        "unit_name": {it.code: it.name for it in scene.units}.get(case.unit, case.unit),
        "points": points,
        "lacking": [it for it in points if not it.done],
        "loose_notes": notes_of(case.notes, None),
        "protections": judged.told(case, "case.lex_sarah_received"),
        "answers": judged.answers_of(case),
        "position": judged.standing(
            case, "case.position_taken", stands=lex.position is not None
        ),
        "decision": judged.standing(
            case, "case.lex_sarah_decided", stands=lex.decision is not None
        ),
        "three_facts": judged.three_facts(case),
        "meanings": judged.THE_FIVE,
        "outcomes": OUTCOMES,
        "board_rows": judged.board_rows(case),
        "notifications": await children_of(session, state),
        "phases": PHASES,
    }


FACE: Final = Face("lex_sarah/investigation.html", _gather)
