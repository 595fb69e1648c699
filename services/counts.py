"""The year in numbers: every figure with its numerator, its denominator and its day."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from events import Phase, Role, Route
from services import suggestions
from services.projections.statistics import CaseCount
from workflows.rules.calendar import ZONE
from workflows.terms.categories import CATEGORIES
from workflows.terms.labels import COMPLAINT_KINDS, OUTCOMES, ROUTES

UNCLASSIFIED: Final = "oklassad"
UNSAID: Final = "inte_angivet"
UNDECIDED: Final = "inget_beslut"
ANSWERED_WITHIN: Final = (7, 14, 30)
"""Days from the report to the answer that its sender has got."""

_APART: Final = frozenset({Phase.REROUTED, Phase.MERGED})
_MANAGERS: Final = frozenset({Role.UNIT_MANAGER, Role.OPERATIONS_MANAGER})
_CATEGORIES: Final = {it.code: it.label for it in CATEGORIES.values()} | {
    UNCLASSIFIED: "Oklassad"
}
_KINDS: Final = {str(it): says for it, says in COMPLAINT_KINDS.items()} | {
    UNSAID: "Inte angivet än"
}
_OUTCOMES: Final = {str(it): says for it, says in OUTCOMES.items()} | {
    UNDECIDED: "Inget beslut än"
}


class _Same(NamedTuple):
    """Cases that are counted alike, and how many they are."""

    case_type: str
    phase: str
    category: str | None
    complaint_kind: str | None
    outcome: str | None
    ivo_notified: bool
    raised_by_case: bool
    reporter_role: str | None
    routes: Sequence[str]
    n: int


def year_of(year: int) -> tuple[datetime, datetime]:
    """Return a Swedish year's first moment and the one after its last."""
    start, end = (datetime.combine(date(it, 1, 1), time(), ZONE) for it in (year, year + 1))
    return start, end


async def yearly(session: AsyncSession, year: int, now: datetime) -> dict[str, Any]:
    """Count what came in during a year, each kind of case on its own.

    What was passed on, and reports merged into another, are told apart from the rest: the event
    of a merged one is counted once, in the case it went into. Of a lex Sarah case class, how
    grave, and whether IVO was notified are three figures. Municipality-wide figures only: no
    unit, no person.
    """
    start, end = year_of(year)
    alike = [getattr(CaseCount, name) for name in _Same._fields if name != "n"]
    found = await session.execute(
        select(*alike, func.count())
        .where(CaseCount.received_at >= start, CaseCount.received_at < end)
        .group_by(*alike)
    )
    kinds: dict[str, list[_Same]] = {}
    for row in found:
        kinds.setdefault(row.case_type, []).append(_Same._make(row))
    deviations, complaints, lex_sarah, notifications = (
        kinds.get(kind, [])
        for kind in ("deviation", "complaint", "lex_sarah", "ivo_notification")
    )
    totals = _totals(deviations)
    answered = await _answered(session, start, end)
    during = (CaseCount.received_at >= start, CaseCount.received_at < end)
    return {
        "year": year,
        "counted_at": now.astimezone(ZONE).isoformat(timespec="minutes"),
        "deviations": totals.pop("count"),
        **totals,
        "by_category": _by(
            "category",
            deviations,
            lambda it: it.category or UNCLASSIFIED,
            _CATEGORIES,
        ),
        "answered_within": answered["deviation"],
        "complaints": _complaints(complaints) | {"answered_within": answered["complaint"]},
        "lex_sarah": _lex_sarah(lex_sarah),
        "ivo_notifications": _notifications(notifications),
        "suggestions": [_earned(it) for it in await suggestions.earned(session, *during)],
        "suggested_kinds": [
            _earned(it) for it in await suggestions.kinds_earned(session, *during)
        ],
        "by_route": _by_route([*deviations, *complaints, *lex_sarah]),
    }


async def _answered(
    session: AsyncSession, start: datetime, end: datetime
) -> dict[str, list[dict[str, Any]]]:
    """Count how soon senders were answered; what was imported was answered elsewhere."""
    soon = [
        func.count().filter(
            CaseCount.answered_at <= CaseCount.received_at + timedelta(days=days)
        )
        for days in ANSWERED_WITHIN
    ]
    found = await session.execute(
        select(CaseCount.case_type, func.count(), *soon)
        .where(CaseCount.received_at >= start, CaseCount.received_at < end)
        .where(CaseCount.phase.not_in(_APART), ~CaseCount.imported)
        .group_by(CaseCount.case_type)
    )
    told = {kind: (of, counts) for kind, of, *counts in found}
    none = (0, [0] * len(ANSWERED_WITHIN))
    return {
        kind: [
            {"days": days, **_share(count, of)}
            for of, counts in [told.get(kind, none)]
            for days, count in zip(ANSWERED_WITHIN, counts, strict=True)
        ]
        for kind in ("deviation", "complaint")
    }


def _earned(it: suggestions.Earned) -> dict[str, Any]:
    return {
        "suggested": it.label,
        "label": it.says,
        "waiting": it.waiting,
        **_share(it.confirmed, it.confirmed + it.changed),
    }


def _complaints(rows: Sequence[_Same]) -> dict[str, Any]:
    return _totals(rows) | {
        "by_kind": _by("kind", rows, lambda it: it.complaint_kind or UNSAID, _KINDS)
    }


def _lex_sarah(rows: Sequence[_Same]) -> dict[str, Any]:
    told = [it for it in _kept(rows) if it.reporter_role is not None]
    managers = _sum(it for it in told if it.reporter_role in _MANAGERS)
    total = _sum(_kept(rows))
    return _totals(rows) | {
        "by_outcome": _by("outcome", rows, lambda it: it.outcome or UNDECIDED, _OUTCOMES),
        "notified_to_ivo": _share(_sum(it for it in _kept(rows) if it.ivo_notified), total),
        "raised_from_case": _share(_sum(it for it in _kept(rows) if it.raised_by_case), total),
        "reported_by_managers": _share(managers, _sum(told)),
    }


def _notifications(rows: Sequence[_Same]) -> dict[str, Any]:
    total = _sum(rows)
    return {"count": total, "sent": _share(_sum(it for it in rows if it.ivo_notified), total)}


def _by_route(rows: Sequence[_Same]) -> list[dict[str, Any]]:
    """Count cases by where they were passed on, those that ended with it told apart."""
    total = _sum(rows)
    return [
        {
            "route": str(route),
            "label": ROUTES[route],
            "ended": _sum(it for it in there if it.phase == Phase.REROUTED),
            **_share(_sum(there), total),
        }
        for route in Route
        for there in [[it for it in rows if route in it.routes]]
    ]


def _totals(rows: Sequence[_Same]) -> dict[str, int]:
    """Count what is ours, what of it is closed, and what is told apart."""
    return {
        "count": _sum(_kept(rows)),
        "closed": _sum(it for it in rows if it.phase == Phase.CLOSED),
        "rerouted": _sum(it for it in rows if it.phase == Phase.REROUTED),
        "merged": _sum(it for it in rows if it.phase == Phase.MERGED),
    }


def _by(
    name: str,
    rows: Iterable[_Same],
    code_of: Callable[[_Same], str],
    labels: Mapping[str, str],
) -> list[dict[str, Any]]:
    """Count by a code, the most first; those with none are listed too."""
    counts = Counter(dict.fromkeys(labels, 0))
    for it in _kept(rows):
        counts[code_of(it)] += it.n
    total = counts.total()
    return [
        {name: code, "label": labels.get(code, code), **_share(n, total)}
        for code, n in sorted(counts.items(), key=lambda it: (-it[1], it[0]))
    ]


def _kept(rows: Iterable[_Same]) -> list[_Same]:
    return [it for it in rows if it.phase not in _APART]


def _sum(rows: Iterable[_Same]) -> int:
    return sum(it.n for it in rows)


def _share(count: int, of: int) -> dict[str, Any]:
    return {"count": count, "of": of, "percent": round(100 * count / of, 1) if of else None}
