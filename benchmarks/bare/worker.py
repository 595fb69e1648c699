"""Process: the five consumers, each batch with its claims in one transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import nats
import orjson
from nats.js.api import AckPolicy, ConsumerConfig

from benchmarks.bare import facts, sql
from benchmarks.bare.common import KEY, NATS, PREFIX, STREAM, decrypt, main, pool, record
from infra import marks
from infra.vault.fingerprints import Fingerprints
from services.classifier.duplicates import Told, compared, known, marks_of
from services.classifier.shipped import shipped
from workflows.classify import Circumstances, Read, read_by, suggest
from workflows.classify.alike import WITHIN

Facts = list[dict[str, Any]]
_KEYS: Final = Fingerprints(KEY)
Handle = Callable[[Any, Facts], Awaitable[None]]
_WHY: Final = {
    "ticked_serious": "Rapportören har kryssat i Ja, allvarligt.",
    "danger_words": "Texten har ord som tyder på omedelbar fara.",
}
_TO: Final = ("unit_manager",)
_names: dict[str, str] = {}
_managers: dict[str, list[UUID]] = {}


async def classify(database: Any, told: Facts) -> None:
    """Read the stories, suggest, and write the suggestion into log and queue."""
    cases = [UUID(it["subject"]) for it in told]
    heads = await _heads(database, cases)
    asked = [UUID(it["data"]["story"]) for it in told]
    stories = {row[1]: _story(row) for row in await database.fetch(sql.READ, asked, cases)}
    model = shipped()
    texts = {case_id: read_by(model, story) for case_id, story in stories.items()}
    doubles = await _doubles(database, told, texts)
    rows, shown = [], []
    for it, case_id in zip(told, cases, strict=True):
        found = suggest(model, texts[case_id], Circumstances(it["data"]["hint"]))
        body = {
            "model": found.model,
            "category": found.category,
            "subtype": found.subtype.code if found.subtype else None,
            "route": found.route.code if found.route else None,
            "confidence": found.confidence,
            "evidence": [
                {"start": part.start, "end": part.end, "label": part.label}
                for part in found.evidence
            ],
            "immediate_danger": found.immediate_danger,
            "possible_lex_sarah": found.possible_lex_sarah,
            "kind": None,
            "alternatives": [
                {"label": it.code, "confidence": it.confidence} for it in found.ranked[:3]
            ],
            "subtype_confidence": found.subtype.confidence if found.subtype else 0.0,
            "route_confidence": found.route.confidence if found.route else 0.0,
            "kind_confidence": 0.0,
            "lex_sarah_confidence": found.lex_sarah,
            "possible_duplicates": doubles[case_id],
        }
        rows.append(_next(it, heads, "case.classification_suggested", "classify", body))
        shown.append(
            (case_id, found.category, found.immediate_danger, found.possible_lex_sarah)
        )
    await record(database, rows)
    await database.execute(sql.SUGGESTED, *map(list, zip(*shown, strict=True)))


async def _doubles(
    database: Any, told: Facts, stories: dict[UUID, Read]
) -> dict[UUID, list[dict[str, Any]]]:
    """Keep the reports' marks, and compare them with those of the reports around them."""
    made = [
        marks_of(
            _KEYS,
            shipped(),
            Told(
                case_id=UUID(it["subject"]),
                at=datetime.fromisoformat(it["data"]["received_at"]),
                unit=it["data"]["unit"],
                reported_by_unit=None,
                about="",
                story=stories[UUID(it["subject"])],
            ),
        )
        for it in told
    ]
    asked = marks.asked(made, WITHIN)
    cases, at, units, _, persons, _ = asked
    await database.execute(sql.MARKED, cases, at, units, persons, [it.traces for it in made])
    near = [(one, other) for one, other in await database.fetch(marks.NEAR, *asked)]
    others = [other for _, other in near]
    missing = known.missing(others)
    rows = await database.fetch(marks.OF_CASES, missing) if missing else []
    held = known.held(_KEYS, others, [*made, *(marks.Marks(*row) for row in rows)])
    return {
        case_id: [it.model_dump(mode="json") for it in found]
        for case_id, found in compared(made, near, held).items()
    }


async def escalate(database: Any, told: Facts) -> None:
    """Tell of ticked boxes and of words of danger."""
    calls = [(it, rule) for it in told if (rule := _rule(it["data"]))]
    if not calls:
        return
    cases = [UUID(it["subject"]) for it, _ in calls]
    heads = await _heads(database, cases)
    rows = []
    for it, rule in calls:
        body = {
            "rule": rule,
            "policy_version": 1,
            "why": _WHY[rule],
            "to": _TO,
            "at_once": True,
            "on_call": False,
        }
        rows.append(_next(it, heads, "case.escalated", "escalate", body))
        case_id = rows[-1][1]
        heads[case_id] = (rows[-1][2], rows[-1][8])
    await record(database, rows)
    await database.execute(sql.TOUCH, cases)


async def follow_up(database: Any, told: Facts) -> None:
    """Write the agenda of reminders."""
    rows = [
        (UUID(it["subject"]), it["data"]["code"], _time(it["data"]["remind_at"]))
        for it in told
        if it["data"]["remind_at"]
    ]
    if rows:
        await database.execute(sql.AGENDA, *map(list, zip(*rows, strict=True)))


async def notify(database: Any, told: Facts) -> None:
    """Write the notices."""
    told = [it for it in told if not it["data"].get("urgent")]
    found = await database.fetch(sql.CASES, [UUID(it["subject"]) for it in told])
    cases = {str(row[0]): row for row in found}
    rows = []
    for it in told:
        _, unit, _ = cases[it["subject"]]
        serious = "rule" in it["data"]
        name = _names[unit]
        words = (
            f"Viktigt: en avvikelse på {name} behöver läsas nu. Logga in."
            if serious
            else f"Ny avvikelse på {name}. Logga in för att läsa."
        )
        code = "received_serious" if serious else "received"
        trace = it["traceparent"][3:35]
        for account in _managers[unit]:
            event_id, case_id = UUID(it["id"]), UUID(it["subject"])
            rows.append((event_id, case_id, code, account, words, trace))
    if rows:
        await database.execute(sql.NOTICES, *map(list, zip(*rows, strict=True)))


async def project(database: Any, told: Facts) -> None:
    """Write the row that statistics count."""
    await database.execute(
        sql.COUNTS,
        [UUID(it["subject"]) for it in told],
        [it["data"]["unit"] for it in told],
        [_time(it["data"]["received_at"]) for it in told],
    )


_HANDLERS: Final[tuple[tuple[str, Handle, int, tuple[str, ...]], ...]] = (
    ("classify", classify, 100, ("report_received",)),
    ("escalate", escalate, 100, ("report_received", "classification_suggested")),
    ("follow-up", follow_up, 200, ("deadline_set",)),
    ("notify", notify, 100, ("report_received", "escalated")),
    ("project", project, 200, ("report_received",)),
)


async def _heads(database: Any, cases: Sequence[UUID]) -> dict[UUID, tuple[int, bytes]]:
    rows = await database.fetch(sql.LOCK, cases)
    return {row[0]: (row[1], bytes(row[2])) for row in rows}


def _next(
    cause: dict[str, Any],
    heads: dict[UUID, tuple[int, bytes]],
    kind: str,
    by: str,
    body: dict[str, Any],
) -> facts.Row:
    case_id, trace = UUID(cause["subject"]), cause["traceparent"][3:35]
    now = datetime.now(UTC)
    return facts.fact(case_id, heads[case_id], kind, now, f"system:{by}", trace, body)


def _story(row: Any) -> str:
    item, case_id, sealed, wrapped = row
    key = decrypt(KEY, wrapped, b"avvik:case:" + case_id.bytes)
    return decrypt(key, sealed, case_id.bytes + item.bytes + b"story").decode()


def _rule(body: dict[str, Any]) -> str | None:
    if body.get("urgent"):
        return "ticked_serious"
    return "danger_words" if body.get("immediate_danger") else None


def _time(said: str) -> datetime:
    return datetime.fromisoformat(said)


async def _follow(
    connection: Any, database: Any, name: str, handle: Handle, batch: int
) -> None:
    subscription = await connection.jetstream().pull_subscribe_bind(name, STREAM)
    while True:
        try:
            messages = await subscription.fetch(batch, timeout=5)
        except TimeoutError:
            continue
        told = [orjson.loads(message.data) for message in messages]
        async with database.acquire() as held, held.transaction():
            ids = [UUID(it["id"]) for it in told]
            claimed = {row[0] for row in await held.fetch(sql.CLAIM, name, ids)}
            fresh = [it for it, key in zip(told, ids, strict=True) if key in claimed]
            if fresh:
                await handle(held, fresh)
        for message in messages:
            await message.ack()


async def run(stop: asyncio.Event) -> None:
    """Follow until told to stop."""
    connection = await nats.connect(NATS)
    database = await pool(len(_HANDLERS))
    _names.update({r[0]: r[1] for r in await database.fetch("SELECT code, name FROM unit")})
    people = "SELECT unit, account_id FROM membership WHERE role = 'unit_manager'"
    for unit, account in await database.fetch(people):
        _managers.setdefault(unit, []).append(account)
    for name, _, _, kinds in _HANDLERS:
        subjects = [f"{PREFIX}.*.*.{kind}" for kind in kinds]
        await connection.jetstream().add_consumer(
            STREAM,
            ConsumerConfig(
                durable_name=name,
                ack_policy=AckPolicy.EXPLICIT,
                max_ack_pending=2000,
                filter_subjects=subjects,
            ),
        )
    tasks = [
        asyncio.create_task(_follow(connection, database, name, handle, batch))
        for name, handle, batch, _ in _HANDLERS
    ]
    tasks.append(asyncio.create_task(_until(stop)))
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()


async def _until(stop: asyncio.Event) -> None:
    await stop.wait()


if __name__ == "__main__":
    main(run)
