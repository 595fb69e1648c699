"""Facts as rows, with their place in the chain; the bodies are those of the product."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final
from uuid import UUID, uuid4

import orjson

from workflows.rules.calendar import add_working_days, end_of, in_words, local_day

SERIOUS: Final = "serious"
_CANONICAL: Final = orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z
_OWN: Final = "Lokalt mål i policyn; ingen lagstadgad tid är funnen"
_SOURCE: Final = "SOSFS 2011:9 5 kap. (paragrafnummer ej bekräftat)"

Row = tuple[Any, ...]
"""event_id, case_id, sequence, type, at, by, trace, body, chain: as `sql.EVENTS` has them."""


def first_link(case_id: UUID) -> bytes:
    """Return what the first fact of a case hangs on."""
    return sha256(case_id.bytes).digest()


def fact(
    case_id: UUID,
    before: tuple[int, bytes],
    kind: str,
    at: datetime,
    by: str,
    trace: str,
    body: Mapping[str, Any],
) -> Row:
    """Write the fact that comes after the given place and hash."""
    event_id, sequence = uuid4(), before[0] + 1
    told = [str(event_id), str(case_id), "deviation", sequence, kind, 1, at, by, trace, body]
    chain = sha256(before[1] + orjson.dumps(told, option=_CANONICAL)).digest()
    text = orjson.dumps(body).decode()
    return (event_id, case_id, sequence, kind, at, by, trace, text, chain)


def received(
    report: Mapping[str, Any],
    ids: tuple[UUID, UUID],
    number: str,
    reporter: UUID,
    at: datetime,
) -> dict[str, Any]:
    """Write the body of a report's first fact; `ids` are its case and its story's."""
    return {
        "case_type": "deviation",
        "report_id": str(ids[0]),
        "number": number,
        "received_at": at.isoformat(),
        "unit": report["unit"],
        "reported_by_unit": None,
        "hint": None,
        "harm": report["harm"],
        "source": report["source"],
        "occurred_at": None,
        "written_at": None,
        "reporter": str(reporter),
        "story": str(ids[1]),
        "about": None,
        "complainant": None,
        "twin_of": None,
        "urgent": report["harm"] == SERIOUS,
        "law": "sol",
        "owner_type": "in_house",
        "came_from": None,
        "relation": None,
        "answer_way": None,
        "contact": None,
        "wish": None,
        "language": None,
        "reporter_role": None,
        "recused": [],
    }


def clocks(serious: bool, at: datetime) -> list[dict[str, Any]]:  # noqa: FBT001 - one path only
    """Write the bodies of the clocks that a report starts."""
    made = [_clock("triage", *_days(at, 2, 0), "läsa och bedöma rapporten: 2 arbetsdagar")]
    if serious:
        due = at + timedelta(hours=4)
        what = "läsa rapporten som är kryssad allvarlig: 4 timmar på klockan"
        made.append(_clock("read_at_once", due, None, what))
    what = "svara rapportören: 10 arbetsdagar"
    made.append(_clock("answer_reporter", *_days(at, 10, 2), what))
    return made


def _days(at: datetime, count: int, before: int) -> tuple[datetime, datetime]:
    day = add_working_days(local_day(at), count)
    early = add_working_days(day, -before) if before else day
    return end_of(day), end_of(early).replace(hour=8, minute=0)


def _clock(code: str, due: datetime, remind: datetime | None, what: str) -> dict[str, Any]:
    return {
        "code": code,
        "about": None,
        "due_at": due.isoformat(),
        "remind_at": remind.isoformat() if remind else None,
        "rule": "own",
        "legal_word": None,
        "statutory": False,
        "responsible": "unit_manager",
        "basis": _OWN,
        "source": _SOURCE,
        "confidence": "local",
        "policy_version": 1,
        "explains": f"Senast {in_words(due)} ska du {what} enligt policyn, version 1.",
    }
