"""How often people agree with the classifier, label by label: whether it earns its trust."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from events import ComplaintKind, Phase
from services.projections.case_index import CaseRow
from services.projections.statistics import CaseCount
from workflows.classify import MISCONDUCT, NOT_A_DEVIATION
from workflows.terms.categories import CATEGORIES
from workflows.terms.labels import COMPLAINT_KINDS

NONE: Final = "none"
MISCONDUCT_SAYS: Final = "Möjligt missförhållande"
LABELS: Final = {
    **{it.code: it.label for it in CATEGORIES.values()},
    NOT_A_DEVIATION: "Ingen avvikelse",
    NONE: "Inget förslag",
}


@dataclass(frozen=True, slots=True)
class Earned:
    """What became of the suggestions of one label; `waiting` have not met a person yet.

    Of reports without a suggestion, those that a person has classified count as changed.
    """

    label: str
    says: str
    confirmed: int
    changed: int
    waiting: int

    @property
    def share(self) -> float | None:
        """The share confirmed of those that a person has seen, None where there are none."""
        seen = self.confirmed + self.changed
        return round(self.confirmed / seen, 3) if seen else None


async def earned(session: AsyncSession, *during: Any) -> list[Earned]:
    """Count deviations by what was suggested and what a person made of it.

    Imported history met no suggestion and is left out; `during` are conditions on
    `CaseCount`, none for all time.
    """
    away = case((CaseRow.suggested_route.is_not(None), NOT_A_DEVIATION), else_=NONE)
    label = func.coalesce(CaseRow.suggested_category, away)
    met = (
        CaseCount.agreed.is_not(None)
        | CaseCount.category.is_not(None)
        | (CaseCount.phase == Phase.REROUTED)
    )
    rows = await session.execute(
        select(
            label,
            func.count().filter(CaseCount.agreed.is_(True)),
            func.count().filter(met & CaseCount.agreed.is_not(True)),
            func.count().filter(~met),
        )
        .join(CaseRow, CaseRow.case_id == CaseCount.case_id)
        .where(CaseCount.case_type == "deviation", ~CaseCount.imported, *during)
        .group_by(label)
    )
    found = {code: counts for code, *counts in rows}
    return [Earned(it, says, *found.get(it, (0, 0, 0))) for it, says in LABELS.items()]


async def kinds_earned(session: AsyncSession, *during: Any) -> list[Earned]:
    """Count what people outside said by the kind that was suggested, in the same way.

    Staff choose between feedback, complaint and praise: what was suggested as misconduct is
    confirmed as a complaint.
    """
    suggested, kind = CaseRow.suggested_kind, CaseCount.complaint_kind
    same = (kind == suggested) | (suggested == MISCONDUCT) & (kind == ComplaintKind.COMPLAINT)
    rows = await session.execute(
        select(
            suggested,
            func.count().filter(same),
            func.count().filter(kind.is_not(None) & ~same),
            func.count().filter(kind.is_(None)),
        )
        .join(CaseRow, CaseRow.case_id == CaseCount.case_id)
        .where(CaseCount.case_type == "complaint", suggested.is_not(None), *during)
        .group_by(suggested)
    )
    found = {code: counts for code, *counts in rows}
    names = {
        **{str(it): says for it, says in COMPLAINT_KINDS.items()},
        MISCONDUCT: MISCONDUCT_SAYS,
    }
    return [Earned(it, says, *found.get(it, (0, 0, 0))) for it, says in names.items()]
