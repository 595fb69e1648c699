"""The municipality's own confirmed cases as examples: what people made of what was told.

They are read inside the installation, and nothing of their words leaves the process.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from events import CaseRerouted, Event, Phase, ReportReceived, opened
from infra import store
from infra.vault import words as vault
from services.intake.history import NO_TEXT
from services.projections.case_index import CaseRow
from services.training.examples import LABELS, NOT_A_DEVIATION, ROUTES, SUBTYPES, Example
from workflows import fold

WRITER: Final = "own"
_WRITERS: Final = 5
"""As many as the groups that learning leaves out by turns: some are learned from each time."""
_TOGETHER: Final = 500
_AWAY: Final = frozenset(ROUTES)
_HELD_BACK: Final = 5
"""One in so many is held back to judge by: always the same ones, so that models compare."""


async def confirmed(session: AsyncSession) -> list[tuple[UUID, Example]]:
    """Return the deviations that a person has classified or passed on, oldest first.

    Erased stories are gone and in none. A case that went elsewhere is no deviation.
    """
    case_ids = (
        await session.scalars(
            select(CaseRow.case_id)
            .where(CaseRow.case_type == "deviation")
            .where(CaseRow.category.is_not(None) | (CaseRow.phase == Phase.REROUTED))
            .order_by(CaseRow.received_at, CaseRow.case_id)
        )
    ).all()
    found: list[tuple[UUID, Example]] = []
    for at in range(0, len(case_ids), _TOGETHER):
        histories = await store.load(session, case_ids[at : at + _TOGETHER])
        facts = {case_id: [opened(it) for it in past] for case_id, past in histories.items()}
        stories = {
            case_id: told[0].story
            for case_id, told in facts.items()
            if isinstance(told[0], ReportReceived)
        }
        words = await vault.read_many(session, stories.items())
        for case_id in case_ids[at : at + _TOGETHER]:
            text = words.get(stories[case_id]) if case_id in stories else None
            example = (
                _example(case_id, text, facts[case_id]) if text not in {None, NO_TEXT} else None
            )
            if example:
                found.append((case_id, example))
    return found


def held_back(case_id: UUID) -> bool:
    """Tell whether a case is kept to judge by, and never learned from."""
    return sha256(case_id.bytes).digest()[0] % _HELD_BACK == 0


def _example(case_id: UUID, story: str | None, facts: Sequence[Event]) -> Example | None:
    state = fold(facts)
    away = [it.route for it in facts if isinstance(it, CaseRerouted) and it.route in _AWAY]
    if not story or (state.category is None and not away):
        return None  # to a child's protection, say: it may be a deviation too
    category, detail = (
        (state.category, state.subtype) if state.category else (NOT_A_DEVIATION, away[0].value)
    )
    if category not in LABELS or (detail and detail not in (*SUBTYPES, *ROUTES)):
        return None  # a word of an older version
    return Example(
        text=story,
        category=category,
        second=None,
        near=None,
        detail=detail,
        kind=None,
        lex_sarah=None,
        second_lex_sarah=None,
        writer=f"{WRITER}-{case_id.int % _WRITERS}",
    )
