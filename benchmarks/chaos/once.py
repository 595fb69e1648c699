"""Questions to the log: what should be there exactly once, and is not or is more often."""

# ruff: noqa: S608 - put together from names of our own

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.handlers import HANDLERS

_OURS: Final = "case_id <> ALL(CAST(:before AS uuid[]))"

_REPORTS: Final = f"""
    SELECT case_id, CAST(body->>'report_id' AS uuid) AS report_id
    FROM event WHERE type = 'case.report_received' AND {_OURS}
"""


def _without(kind: str, share: str = "true") -> str:
    """Ask for reported cases of ours that lack a fact of this kind."""
    return f"""
        SELECT count(*) FROM event AS r WHERE r.type = 'case.report_received' AND r.{_OURS}
        AND {share} AND NOT EXISTS (
            SELECT 1 FROM event AS f WHERE f.case_id = r.case_id AND f.type = '{kind}')
    """


def _doubled(kind: str, *about: str) -> str:
    """Ask how many facts of this kind about the same thing are too many."""
    keys = ", ".join(["case_id", *(f"body->>'{name}'" for name in about)])
    return f"""
        SELECT COALESCE(sum(n - 1), 0) FROM (
            SELECT count(*) AS n FROM event WHERE type = '{kind}' AND {_OURS}
            GROUP BY {keys} HAVING count(*) > 1) AS doubled
    """


_URGENT: Final = "(r.body->>'urgent')::boolean"

LOST: Final = {
    "suggestions": _without("case.classification_suggested"),
    "clocks": _without("case.deadline_set"),
    "alarms": _without("case.escalated", _URGENT),
    "misses": _without("case.deadline_missed", _URGENT),
    # The clocks of one kind of report are the same for all.
    "sets of clocks": f"""
        WITH sets AS (
            SELECT r.case_id, concat(r.body->>'urgent', r.body->>'reporter' IS NULL,
                                     r.body->>'answer_way') AS kind,
                   (SELECT array_agg(body->>'code' ORDER BY body->>'code') FROM event AS d
                    WHERE d.case_id = r.case_id AND d.type = 'case.deadline_set') AS codes
            FROM event AS r WHERE r.type = 'case.report_received' AND r.{_OURS})
        SELECT count(*) FROM sets JOIN (
            SELECT kind, mode() WITHIN GROUP (ORDER BY codes) AS usual FROM sets GROUP BY kind
        ) AS kinds USING (kind) WHERE codes IS DISTINCT FROM usual
    """,
    "rungs": f"""
        SELECT count(*) FROM event AS r, generate_series(0, :rungs - 1) AS rung
        WHERE r.type = 'case.report_received' AND r.{_OURS} AND {_URGENT} AND NOT EXISTS (
            SELECT 1 FROM event AS f WHERE f.case_id = r.case_id
            AND f.type = 'case.ladder_climbed' AND (f.body->>'rung')::int = rung)
    """,
    "notices": f"""
        SELECT count(*) FROM event AS e WHERE e.{_OURS}
        AND (e.type IN ('case.escalated', 'case.deadline_reminded', 'case.ladder_climbed')
             OR (e.type = 'case.report_received' AND NOT (e.body->>'urgent')::boolean))
        AND NOT EXISTS (SELECT 1 FROM notice AS n WHERE n.event_id = e.event_id)
        -- A rung of stand-ins where none is named gives way to the next one.
        AND NOT (e.body->>'step' IS NOT DISTINCT FROM 'substitute' AND EXISTS (
            SELECT 1 FROM event AS n WHERE n.case_id = e.case_id
            AND n.type = 'case.ladder_climbed' AND n.body->>'code' = e.body->>'code'
            AND (n.body->>'rung')::int = (e.body->>'rung')::int + 1))
        AND NOT EXISTS (SELECT 1 FROM event AS u WHERE u.case_id = e.case_id
                        AND u.type = 'case.notice_undeliverable')
    """,
}

TWICE: Final = {
    "reports": _doubled("case.report_received"),
    "suggestions": _doubled("case.classification_suggested"),
    "clocks": _doubled("case.deadline_set", "code", "about"),
    "reminders": _doubled("case.deadline_reminded", "code", "about"),
    "misses": _doubled("case.deadline_missed", "code", "about"),
    "rungs": _doubled("case.ladder_climbed", "code", "about", "rung"),
    "alarms": _doubled("case.escalated", "rule"),
    "undeliverable notices": _doubled("case.notice_undeliverable", "notice", "to"),
    "notices": """
        SELECT COALESCE(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM notice
            GROUP BY event_id, account_id, code HAVING count(*) > 1) AS doubled
    """,
    "inbox rows": """
        SELECT COALESCE(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM inbox
            GROUP BY consumer, event_id HAVING count(*) > 1) AS doubled
    """,
    "receipts": """
        SELECT COALESCE(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM report_receipt
            GROUP BY report_id HAVING count(*) > 1) AS doubled
    """,
    "numbers": """
        SELECT COALESCE(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM event
            WHERE type = 'case.report_received' GROUP BY body->>'number' HAVING count(*) > 1
        ) AS doubled
    """,
}

_UNHANDLED: Final = """
    SELECT count(*) FROM event AS e
    WHERE (CAST(:types AS text[]) IS NULL OR e.type = ANY(CAST(:types AS text[])))
    AND NOT EXISTS (SELECT 1 FROM inbox AS i
                    WHERE i.consumer = :consumer AND i.event_id = e.event_id)
"""


async def reports(session: AsyncSession, before: set[UUID]) -> Sequence[Any]:
    """Return case and report of everything that was received since the demo."""
    return (await session.execute(text(_REPORTS), {"before": list(before)})).all()


async def count(session: AsyncSession, query: str, before: set[UUID], rungs: int) -> int:
    """Ask one of the questions."""
    values = {"before": list(before), "rungs": rungs}
    asked = {name: value for name, value in values.items() if f":{name}" in query}
    return int(await session.scalar(text(query), asked) or 0)


async def unhandled(session: AsyncSession) -> Counter[str]:
    """Count, for each handler, the facts it follows and has never done."""
    found: Counter[str] = Counter()
    for handler in HANDLERS:
        types = list(handler.event_types) if handler.event_types is not None else None
        found[f"facts never handled by {handler.name}"] = int(
            await session.scalar(text(_UNHANDLED), {"consumer": handler.name, "types": types})
            or 0
        )
    return found
